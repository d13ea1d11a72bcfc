import Foundation
import PolicyCompiler
import PolicySource
import PolicyTestSupport
import PolicyWorkspace
import Testing

@testable import PolicyGenerator

/// The Swift that is made of policies.
///
/// That it compiles is tested by `SnippetTests`, and that it decides, by the sample that uses it.
@Suite struct GeneratorTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures")

  private func generated(_ sources: [SourceFile]) throws -> String {
    let checked = load(SourceMap(sources))
    try #require(checked.diagnostics.isEmpty, "\(checked.diagnostics.map(\.message))")
    return generateSwift(checked.value, tables: compile(checked.value).bytes)
  }

  @Test func `awkward names become Swift names`() throws {
    let path = Self.folder.appending(path: "awkward.pol")
    let source = SourceFile(path: "awkward.pol", bytes: Array(try Data(contentsOf: path)))
    // The tables change with their format; what is named does not.
    let text = try generated([source]).replacing(/polTables: StaticString = ".*"/) { _ in
      "polTables: StaticString = \"…\""
    }
    let problem = Golden.mismatch(text, with: Self.folder.appending(path: "awkward.swift.txt"))
    #expect(problem == nil)
  }

  @Test func `the order of the files changes nothing`() throws {
    let first = SourceFile(path: "a.pol", text: "catalogue c { service s { a b } }")
    let second = SourceFile(path: "b.pol", text: "role R { allow s.a }")
    #expect(try generated([first, second]) == generated([second, first]))
  }

  @Test(arguments: [
    ("esme_type_list", "esmeTypeList"), ("HTTPStatus", "httpStatus"), ("ID", "id"), ("a", "a"),
    ("service-account", "serviceAccount"), ("already", "already"), ("x2 y", "x2Y"),
  ])
  func `values are named as Swift names them`(_ name: String, _ swift: String) {
    #expect(SwiftNames.value(name) == swift)
  }

  @Test func `names are told apart, whatever they are`() {
    let names = [
      "a_b", "aB", "a-b", "", "+", "`", "\u{202E}", "1", "init", "self", "A", "é", "e\u{301}",
    ]
    let swift = SwiftNames.unique(names, taken: ["init"], SwiftNames.value)
    #expect(Set(swift.map { Array($0.utf8) }).count == names.count)
    #expect(swift.allSatisfy { !$0.isEmpty && !$0.dropFirst().dropLast().contains("`") })
    #expect(swift[3...].prefix(2) == ["`name `", "`name +`"])
  }

  @Test func `base64 is that of the toolchain`() {
    var random = RandomSource(seed: 7)
    for length in 0..<200 {
      let bytes = (0..<length).map { _ in UInt8(random.below(256)) }
      #expect(Base64.text(bytes) == Data(bytes).base64EncodedString())
    }
  }
}
