// Starts `pol lsp` for policy files; VS Code's standard language client does the rest.
const { workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

function activate() {
  const command = workspace.getConfiguration("pol").get("path", "pol");
  client = new LanguageClient(
    "pol",
    "Pol",
    { command, args: ["lsp"] },
    {
      documentSelector: [{ language: "pol" }],
      synchronize: { fileEvents: workspace.createFileSystemWatcher("**/{*.pol,pol.json}") },
    }
  );
  return client.start();
}

function deactivate() {
  return client?.stop();
}

module.exports = { activate, deactivate };
