import PolicySource
import PolicySyntax
import PolicyTestSupport
import Testing

/// A fix makes its message go away, and brings no other.
@Suite struct FixTests {
  private func apply(_ edits: [Edit], to bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    for edit in edits.sorted(by: { $0.span > $1.span }) {
      result.replaceSubrange(
        Int(edit.span.lower)..<Int(edit.span.upper),
        with: Array(edit.replacement.utf8)
      )
    }
    return result
  }

  /// The message of every fix that does not help, by its place.
  private func useless(in source: SourceFile) -> [String] {
    let before = parse(source, as: FileID(0)).diagnostics
    return before.flatMap { diagnostic in
      diagnostic.fixes.compactMap { fix in
        let bytes = apply(fix.edits, to: source.bytes)
        let after = parse(SourceFile(path: source.path, bytes: bytes), as: FileID(0)).diagnostics
        // What the mistake kept quiet on its line may be said now, but no more than one thing.
        let remains = after.contains {
          $0.message == diagnostic.message && $0.primary.span == diagnostic.primary.span
        }
        guard remains || after.count > before.count else { return nil }
        let place = source.place(of: diagnostic.primary.span.lower)
        return "\(source.path):\(place.line):\(place.column) \(diagnostic.message): \(fix.title)"
      }
    }
  }

  @Test(arguments: Texts.invalid)
  func `every fix of a fixture mends something`(_ fixture: Fixture) {
    // Expectations would move with the text, and say nothing here.
    let lines = fixture.text.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { Expectation(comment: String($0), about: 0) == nil }
    let source = SourceFile(path: fixture.name, text: lines.joined(separator: "\n"))
    for problem in useless(in: source) { Issue.record("\(problem)") }
  }

  @Test func `what is fixed means what it was taken for`() throws {
    let cases = [
      ("let a = context.mfa&&!context.mfa||x", "let a = context.mfa and not context.mfa or x"),
      ("let a = x = 'it\\'s \"so\"'", "let a = x == \"it's \\\"so\\\"\""),
      ("# one", "// one"),
      ("/* one\n  two */", "// one\n  // two "),
      ("policy p { allow a.b unless x when y }", "policy p { allow a.b when y unless x }"),
      ("policy p { allow a.b, }", "policy p { allow a.b }"),
      ("let a = 1 < b < 3", "let a = 1 < b and b < 3"),
      ("policy user {}", "policy `user` {}"),
      ("let a = \"C:\\Users\"", "let a = \"C:\\\\Users\""),
      ("assign A to usr \"x\"", "assign A to user \"x\""),
      ("assign A user \"x\"", "assign A to user \"x\""),
      ("test \"t\" { allow a.b context.c = 1 }", "test \"t\" { allow a.b with context.c = 1 }"),
      ("policy p {\n  permit a.b\n}", "policy p {\n  allow a.b\n}"),
      ("policy \"Two Words\" {}", "policy `Two Words` {}"),
      ("policy p {\n  allow a.b\n\nlet x = y", "policy p {\n  allow a.b\n}\n\nlet x = y"),
    ]
    for (before, expected) in cases {
      var bytes = Array(before.utf8)
      for _ in 0..<8 {
        let source = SourceFile(path: "test.pol", bytes: bytes)
        let fixes = parse(source, as: FileID(0)).diagnostics.flatMap(\.fixes)
        guard let fix = fixes.first else { break }
        bytes = apply(fix.edits, to: bytes)
      }
      #expect(String(decoding: bytes, as: UTF8.self) == expected)
    }
  }
}
