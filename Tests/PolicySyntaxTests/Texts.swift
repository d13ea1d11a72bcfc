import Foundation
import PolicySource
import PolicySyntax
import PolicyTestSupport

/// The texts that the tests of the syntax share.
enum Texts {
  static let fixtures = Fixture.all(in: Fixture.folder())

  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let samples = Fixture.all(in: root.appending(path: "Samples"))

  static let valid = fixtures.filter { $0.name.hasPrefix("Valid/") }
  static let invalid = fixtures.filter { $0.name.hasPrefix("Invalid/") }

  static func fixture(_ name: String) -> Fixture? { fixtures.first { $0.name == name } }

  static func diagnostics(_ text: String) -> [Diagnostic] {
    parse(SourceFile(path: "test.pol", text: text), as: FileID(0)).diagnostics
  }
}
