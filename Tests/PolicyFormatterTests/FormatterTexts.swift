import Foundation
import PolicySource
import PolicySyntax
import PolicyTestSupport

/// The texts that the tests of the formatter share.
enum FormatterTexts {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let samples = Fixture.all(in: root.appending(path: "Samples"))

  /// The fixtures of all test targets.
  static let fixtures = Fixture.all(in: root.appending(path: "Tests"))

  static let all = samples + fixtures

  /// The texts of the tokens, space and comments included.
  static func pieces(_ bytes: [UInt8]) -> [[UInt8]] {
    let source = SourceFile(path: "test.pol", bytes: bytes)
    let tokens = parse(source, as: FileID(0)).value.tokens
    return (0..<tokens.count).map { position in
      let token = TokenID(position)
      return Array(bytes[Int(tokens.lower(token))..<Int(tokens.upper(token))])
    }
  }
}
