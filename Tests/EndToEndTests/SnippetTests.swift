import Foundation
import PolicyTestSupport
import Testing

/// Swift that people see, or that is written for them, compiles with the modules of this build.
@Suite struct SnippetTests {
  /// The documents, and what each supposes that its reader has: imports first.
  static let documents = [
    (
      "README.md",
      """
      let bytesOfPortalPolc: [UInt8] = []
      var lines: [UInt8] = []
      """
    ),
    (guide + "LoadingAndDeciding.md", "let bytes: [UInt8] = []"),
    (guide + "Reloading.md", ""),
    (
      guide + "DecisionLogs.md",
      """
      import PolicyEngine
      let engine = try PolicyEngine(bytes: [])
      let subject = try engine.subject(.user("ada"), groups: [])
      let action = try engine.action("device.update")
      let now: Instant? = nil
      """
    ),
    (
      guide + "TestingYourIntegration.md",
      """
      import PolicyEngine
      import Testing
      let catalogue = ""
      struct Refused: Error {}
      struct Service {
        let policies: PolicyEngine
        func delete(_ device: String, by user: String) throws {}
      }
      """
    ),
  ]
  static let guide = "Sources/PolicyEngine/PolicyEngine.docc/"

  /// What the constants of the README's last block come from.
  static let policies = """
    catalogue portal {
      context { mfa: Bool }
      service device { delete }
    }
    policy Observer { allow device.delete when context.mfa }
    """

  @Test(.enabled(if: Executable.swiftc != nil, "there is no swiftc"))
  func `the Swift of the documents compiles`() throws {
    let scratch = try TemporaryFolder()
    let source = try scratch.file("portal.pol", Array(Self.policies.utf8))
    let constants = scratch.place("Portal.swift")
    let made = try Executable.polc([source], to: constants)
    try #require(made.status == 0, "\(made.error)")

    let files = try Self.documents.enumerated().map { number, document in
      let markdown = try Data(contentsOf: Executable.root.appending(path: document.0))
      let snippets = Snippets(String(decoding: markdown, as: UTF8.self))
      try #require(!snippets.blocks.isEmpty, "\(document.0) has no Swift")
      let text = snippets.source("document\(number)", given: document.1)
      return try scratch.file("Document\(number).swift", Array(text.utf8))
    }
    let outcome = try Executable.typecheck(files + [constants], ["-suppress-warnings"])
    #expect(outcome.status == 0, "\(outcome.error)")
  }

  /// What a careful package compiles its own code with, and so what is compiled into it.
  static let strictest =
    ["-strict-memory-safety", "-warnings-as-errors"]
    + ["ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility"]
    .flatMap { ["-enable-upcoming-feature", $0] }

  @Test(
    .enabled(if: Executable.swiftc != nil, "there is no swiftc"),
    arguments: [
      "Tests/PolicyGeneratorTests/Fixtures", "Samples/emnify", "Samples/enos", "Samples/payments",
    ]
  )
  func `the constants of policies compile, whatever the names`(_ folder: String) throws {
    let folder = Executable.root.appending(path: folder)
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".pol") }.sorted().map { folder.appending(path: $0) }
    let scratch = try TemporaryFolder()
    let constants = scratch.place("Policies.swift")
    let made = try Executable.polc(files, to: constants)
    try #require(made.status == 0, "\(made.error)")
    let outcome = try Executable.typecheck([constants], Self.strictest)
    #expect(outcome.status == 0, "\(outcome.error)")
  }

  @Test(.enabled(if: Executable.swiftc != nil, "there is no swiftc"))
  func `a catalogue may be called as a type is`() throws {
    let scratch = try TemporaryFolder()
    let names = [
      "string", "value", "policy-engine", "bool", "sendable", "instant", "error", "type",
    ]
    let files = try names.map { name in
      let text = """
        catalogue \(name) {
          context { now: Time, who: Principal, text: String, mfa: Bool, level: Int, `type`: "a" | "b" }
          service s { resource { at: Path, paths: Set<Path> } a }
        }
        """
      let constants = scratch.place("\(name).swift")
      let made = try Executable.polc([scratch.file("\(name).pol", Array(text.utf8))], to: constants)
      try #require(made.status == 0, "\(made.error)")
      return constants
    }
    let outcome = try Executable.typecheck(files, Self.strictest)
    #expect(outcome.status == 0, "\(outcome.error)")
  }

  @Test(.enabled(if: Executable.swiftc != nil, "there is no swiftc"))
  func `Swift that does not compile is noticed`() throws {
    let snippets = Snippets(
      "```swift\nimport PolicyEngine\nlet e = try PolicyEngine(byte: [])\n```"
    )
    let scratch = try TemporaryFolder()
    let text = snippets.source("f", given: "")
    let files = [try scratch.file("Snippets.swift", Array(text.utf8))]
    let outcome = try Executable.typecheck(files, ["-suppress-warnings"])
    #expect(outcome.status == 1)
    #expect(outcome.error.contains("(have 'byte:', expected 'bytes:')"), "\(outcome.error)")
  }
}
