import PolicySource
import PolicySyntax
import Testing

/// No text makes the parser crash or dawdle, however deep it goes.
@Suite struct DepthTests {
  private func codes(_ text: String) -> [DiagnosticCode] { Texts.diagnostics(text).map(\.code) }

  private func nested(_ open: String, _ count: Int, _ inner: String, _ close: String) -> String {
    String(repeating: open, count: count) + inner + String(repeating: close, count: count)
  }

  @Test func `256 levels are allowed, and the next is one message`() {
    for (prefix, open, inner, close) in [
      ("let x = ", "(", "y", ")"), ("let x = ", "not ", "y", ""),
      ("catalogue c { service s { ", "a{", "", "}"), ("ou r { ", "a{", "", "}"),
    ] {
      let suffix = prefix.hasPrefix("let") ? "" : prefix.hasPrefix("ou") ? "}" : "}}"
      // The root unit is a level of its own.
      let limit = prefix.hasPrefix("ou") ? 255 : 256
      #expect(codes(prefix + nested(open, limit, inner, close) + suffix) == [], "\(prefix)")
      #expect(
        codes(prefix + nested(open, limit + 1, inner, close) + suffix) == [.nestingTooDeep]
      )
      #expect(
        codes(prefix + nested(open, 50_000, inner, close) + suffix) == [.nestingTooDeep]
      )
    }
  }

  @Test(arguments: ["(", "not ", "{", "a{"])
  func `a quarter of a million of anything is one message`(_ piece: String) {
    let text = "let x = " + String(repeating: piece, count: 250_000)
    #expect(codes(text).count == 1)
  }

  @Test(arguments: ["(", "not ", "{", "a{", "[", "((not ", "@a(", "a.{", ")", "}", "]", "@", ","])
  func `thousands of anything anywhere are a few messages`(_ piece: String) {
    let count = 3_000
    for prefix in [
      "", "let x = ", "policy p { allow ", "policy p { allow a.b when ", "ou r { ",
      "catalogue c { service s { ", "catalogue c { principal { ", "test \"t\" { ",
      "assign a to ", "group g { ", "assert a can ",
    ] {
      let text = prefix + String(repeating: piece, count: count)
      let source = SourceFile(path: "deep.pol", text: text)
      let staged = parse(source, as: FileID(0))
      #expect(!staged.diagnostics.isEmpty, "\(prefix)\(piece)")
      #expect(staged.diagnostics.count < 10, "\(prefix)\(piece)")
    }
  }
}
