import Foundation
import Testing

@testable import PolicyLanguageServer

/// A real editor that talks to `pol lsp` with its own client.
@Suite struct NeovimTests {
  private static let editor: URL? = {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return path.split(separator: ":").map { URL(filePath: "\($0)/nvim") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }()

  @Test(
    .enabled("Neovim is not installed: the test with a real editor is skipped") {
      editor != nil
    }
  )
  func `Neovim shows findings, completes, renames and formats`() throws {
    let scratch = try Scratch([
      "catalogue.pol": Desk.portal["catalogue.pol"] ?? "",
      "roles.pol": "role Observer \"Looks\" {\n  allow device.lst\n}\n",
      "people.pol": "assign   Observer to everyone\n",
    ])
    let output = scratch.folder.appending(path: "output.txt")
    let process = Process()
    process.executableURL = Self.editor
    let script = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/neovim.lua")
    process.arguments = ["--headless", "--clean", "-n", "-S", script.path]
    var environment = ProcessInfo.processInfo.environment
    environment["POL"] = LanguageClient.products.appending(path: "pol").path
    environment["POL_ROOT"] = scratch.folder.path
    environment["POL_FILE"] = scratch.folder.appending(path: "roles.pol").path
    environment["POL_OUTPUT"] = output.path
    // Nothing of whoever runs the test is read, and nothing is written there.
    environment["HOME"] = scratch.folder.path
    environment["XDG_STATE_HOME"] = scratch.folder.path
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let number = process.processIdentifier
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: 200)
      _ = kill(number, SIGKILL)
    }
    process.waitUntilExit()
    let said = try String(contentsOf: output, encoding: .utf8)
    #expect(
      said == """
        diagnostics: true
        2:16 unknown-action service `device` has no action `lst`: not in catalogue `portal`
        help: did you mean `list`?
        completes: read write list get create delete *
        mended: true
        renames: true
        1|role Watcher "Looks" {
        2|  allow device.list
        3|}

        """
    )
  }
}
