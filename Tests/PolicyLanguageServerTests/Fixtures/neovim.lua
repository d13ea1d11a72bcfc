-- What a person does in Neovim with `pol lsp`; every line that is written is checked by a test.
local out = assert(io.open(vim.env.POL_OUTPUT, "w"))
local function say(...) out:write(table.concat({ ... }, " "), "\n") end

local function lines() return vim.api.nvim_buf_get_lines(0, 0, -1, false) end

local function run()
  vim.cmd("edit " .. vim.env.POL_FILE)
  local config = {
    name = "pol",
    cmd = { vim.env.POL, "lsp" },
    root_dir = vim.env.POL_ROOT,
    workspace_folders = { { uri = vim.uri_from_fname(vim.env.POL_ROOT), name = "set" } },
  }
  local id = vim.lsp.start_client(config)
  vim.lsp.buf_attach_client(0, id)
  vim.bo.filetype = "pol"

  local function found() return #vim.diagnostic.get(0) > 0 end
  say("diagnostics:", tostring(vim.wait(60000, found, 20)))
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    say(diagnostic.lnum + 1 .. ":" .. diagnostic.col + 1, diagnostic.code, diagnostic.message)
  end

  -- Complete the action of the second line.
  vim.api.nvim_win_set_cursor(0, { 2, 15 })
  local params = vim.lsp.util.make_position_params(0, "utf-16")
  local answers = vim.lsp.buf_request_sync(0, "textDocument/completion", params, 60000)
  local labels = {}
  for _, answer in pairs(answers or {}) do
    for _, item in ipairs(answer.result) do table.insert(labels, item.label) end
  end
  say("completes:", table.concat(labels, " "))

  -- Mend the mistake as one types.
  vim.api.nvim_buf_set_text(0, 1, 15, 1, 18, { "list" })
  say("mended:", tostring(vim.wait(60000, function() return not found() end, 20)))

  vim.api.nvim_win_set_cursor(0, { 1, 6 })
  vim.lsp.buf.rename("Watcher")
  local function renamed() return lines()[1]:find("Watcher") ~= nil end
  say("renames:", tostring(vim.wait(60000, renamed, 20)))

  if vim.lsp.buf.format then
    vim.lsp.buf.format({ timeout_ms = 60000 })
  else
    vim.lsp.buf.formatting_sync(nil, 60000)
  end
  for number, line in ipairs(lines()) do say(number .. "|" .. line) end

  vim.lsp.stop_client(id)
end

local ok, problem = pcall(run)
if not ok then say("error:", tostring(problem)) end
out:close()
vim.cmd("qa!")
