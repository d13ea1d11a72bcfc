import Foundation
import PolicySource
import PolicySyntax
import Testing

/// What stands in the folders for editors is sound.
@Suite struct EditorTests {
  static let folder = DiagramTests.folder.appending(path: "editors")

  private struct Snippet: Decodable {
    let prefix: String
    let scope: String?
    let body: [String]
  }

  @Test func `every snippet is formatted policy text as soon as it is inserted`() throws {
    let data = try Data(contentsOf: Self.folder.appending(path: "vscode/snippets/pol.json"))
    let snippets = try JSONDecoder().decode([String: Snippet].self, from: data)
    #expect(snippets.count > 10)
    for (name, snippet) in snippets.sorted(by: { $0.key < $1.key }) {
      let body = snippet.body.joined(separator: "\n")
        .replacing(/\$\{[0-9]+:([^}]*)\}/) { String($0.1) }.replacing("$0", with: "")
      let text =
        switch snippet.scope {
        case "catalogue": "catalogue c {\n\(body)\n}\n"
        case "policy": "policy p {\n\(body)\n}\n"
        default: body
        }
      let found = parse(SourceFile(path: "snippet.pol", text: text), as: FileID(0)).diagnostics
      #expect(found.isEmpty, "\(name): \(found.map(\.message))")
    }
  }

  @Test func `the extension names only files that are there, and one package`() throws {
    let vscode = Self.folder.appending(path: "vscode")
    let text = try String(contentsOf: vscode.appending(path: "package.json"), encoding: .utf8)
    for match in text.matches(of: /"\.\/([^"]+)"/) where match.1 != "pol.tmLanguage.json" {
      let path = vscode.appending(path: String(match.1)).path
      #expect(FileManager.default.fileExists(atPath: path), "\(match.1)")
    }
    for name in ["package.json", "language-configuration.json"] {
      let data = try Data(contentsOf: vscode.appending(path: name))
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: data) }
    }
    let manifest = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let packages = manifest?["dependencies"] as? [String: String]
    #expect(packages.map { $0.keys.sorted() } == ["vscode-languageclient"])
  }

  @Test func `the colours of editors know every keyword`() throws {
    let grammar = try String(
      contentsOf: DiagramTests.folder.appending(path: "pol.tmLanguage.json"),
      encoding: .utf8
    )
    let syntax = try String(
      contentsOf: Self.folder.appending(path: "neovim/syntax/pol.vim"),
      encoding: .utf8
    )
    for keyword in Keyword.allCases.map(\.rawValue) {
      #expect(syntax.contains(try Regex("[ <]\(keyword)[ \n\\\\]")), "`\(keyword)` in pol.vim")
      #expect(
        grammar.contains(try Regex("[^a-z-]\(keyword)[^a-z-]")),
        "`\(keyword)` in pol.tmLanguage.json"
      )
    }
  }

  @Test(.enabled(if: Self.neovim != nil, "Neovim is not installed"))
  func `Neovim recognises and colours policy files`() throws {
    let neovim = try #require(Self.neovim)
    let sample = DiagramTests.folder.deletingLastPathComponent()
      .appending(path: "Samples/payments/guardrails.pol").path
    let process = Process()
    process.executableURL = URL(filePath: neovim)
    let runtime = Self.folder.appending(path: "neovim").path
    process.arguments = [
      "--headless", "--clean", "--cmd", "set runtimepath+=\(runtime)",
      "--cmd", "let g:pol_path='none-such'",
      "+filetype plugin on", "+syntax on", "+edit \(sample)",
      "+call search('^ *\\zsdeny')",
      "+lua io.write(vim.bo.filetype, ' ', vim.bo.shiftwidth, ' ', "
        + "vim.fn.synIDattr(vim.fn.synID(vim.fn.line('.'), vim.fn.col('.'), 1), 'name'))",
      "+quitall!",
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(String(decoding: data, as: UTF8.self).hasSuffix("pol 2 polEffect"))
  }

  static let neovim = ["/usr/bin/nvim", "/usr/local/bin/nvim", "/opt/homebrew/bin/nvim"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }
}
