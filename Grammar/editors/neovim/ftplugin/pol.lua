-- Starts `pol lsp` for policy files; one server serves a whole policy set.
vim.bo.commentstring = "// %s"
vim.bo.expandtab = true
vim.bo.shiftwidth = 2
vim.bo.softtabstop = 2
vim.bo.textwidth = 100

-- The set is the outermost folder that holds a pol.json, a lock or a repository; else the file's own.
local function root()
  local file = vim.api.nvim_buf_get_name(0)
  local folder = vim.fn.fnamemodify(file, ":p:h")
  for _, mark in ipairs({ "pol.json", "access.lock", ".git" }) do
    local found = vim.fn.finddir(mark, folder .. ";")
    if found == "" then found = vim.fn.findfile(mark, folder .. ";") end
    if found ~= "" then return vim.fn.fnamemodify(found, ":p:h" .. (mark == ".git" and ":h" or "")) end
  end
  return folder
end

local command = vim.g.pol_path or "pol"
if vim.fn.executable(command) == 1 then
  local config = { name = "pol", cmd = { command, "lsp" }, root_dir = root() }
  if vim.lsp.start then
    vim.lsp.start(config)
  else -- before Neovim 0.8
    local clients = vim.g.pol_clients or {}
    local id = clients[config.root_dir]
    if not id or not vim.lsp.get_client_by_id(id) then id = vim.lsp.start_client(config) end
    clients[config.root_dir] = id
    vim.g.pol_clients = clients
    vim.lsp.buf_attach_client(0, id)
  end
end
