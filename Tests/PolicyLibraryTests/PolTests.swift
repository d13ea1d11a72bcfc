import Foundation
import PolicyEngine
import PolicyLibrary
import Testing

/// Sources are compiled as a program runs, or refused with what `pol check` says.
@Suite struct PolTests {
  private let catalogue = "catalogue door { service door { open  shut } }\n"
  private let policies = "policy Keeper { allow door.* }\nassign Keeper to user \"ada\"\n"

  /// A directory with some files in it, gone after the body.
  private func withDirectory(
    _ files: [String: String],
    _ body: (String) throws -> Void
  ) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "pol-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      let file = folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(text.utf8).write(to: file)
    }
    try body(folder.path)
  }

  @Test func `a directory becomes an engine`() throws {
    try withDirectory(["a/catalogue.pol": catalogue, "b.pol": policies]) { folder in
      let compiled = try Pol.compile(directory: folder)
      #expect(try compiled.engine.decide(user: "ada", "door.open", groups: []).isAllowed)
      #expect(try !compiled.engine.decide(user: "bob", "door.open", groups: []).isAllowed)
      let files = try Pol.compile(files: ["\(folder)/b.pol", "\(folder)/a/catalogue.pol"])
      #expect(files.bytes == compiled.bytes)
      #expect(try PolicyEngine(bytes: compiled.bytes).sourceDigest == compiled.engine.sourceDigest)
    }
  }

  @Test func `texts become an engine, and warnings are told`() throws {
    let texts = [
      "c.pol": "@deprecatd catalogue door { service door { open  shut } }", "p.pol": policies,
    ]
    let compiled = try Pol.compile(texts: texts)
    #expect(try compiled.engine.decide(user: "ada", "door.shut", groups: []).isAllowed)
    #expect(compiled.warnings.map(\.severity) == [.warning])
    #expect(compiled.warnings.map(\.file) == ["c.pol"])
  }

  @Test func `what does not check is told with its place, as people read it`() throws {
    let wrong = policies.replacing("door.*", with: "door.opn")
    let failure = #expect(throws: CompileFailure.self) {
      try Pol.compile(texts: ["c.pol": catalogue, "p.pol": wrong])
    }
    guard case .rejected(let diagnostics)? = failure, let first = diagnostics.first else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(diagnostics.count == 1)
    #expect(first.code == "unknown-action")
    #expect((first.file, first.line) == ("p.pol", 1))
    #expect(first.severity == .error)
    #expect(first.description.hasPrefix("p.pol:1:"))
    #expect(first.rendered.contains("door.opn") && first.rendered.contains("┌─ p.pol:1:"))
    #expect(failure?.description == first.rendered)
  }

  @Test func `a broken assertion fails`() {
    let broken = policies + "assert user \"ada\" cannot door.open\n"
    let failure = #expect(throws: CompileFailure.self) {
      try Pol.compile(texts: ["c.pol": catalogue, "p.pol": broken])
    }
    #expect(failure?.description.contains("assert") == true)
  }

  @Test func `files that are not there are named`() throws {
    let failure = #expect(throws: CompileFailure.self) {
      try Pol.compile(directory: "no-such-folder")
    }
    #expect(failure == .unreadable("there is no file or directory `no-such-folder`"))
    try withDirectory(["notes.txt": ""]) { folder in
      #expect(throws: CompileFailure.unreadable("there are no .pol files below `\(folder)`")) {
        try Pol.compile(directory: folder)
      }
    }
  }
}
