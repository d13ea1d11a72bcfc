import PolicyFormatter
import PolicySource
import PolicySyntax
import PolicyTestSupport
import Testing

/// Formatting some lines of a file.
@Suite struct RangeTests {
  private static func formatted(_ text: String, _ range: Range<UInt32>?) -> String? {
    let source = SourceFile(path: "test.pol", text: text)
    let edits = format(parse(source, as: FileID(0)), range: range)
    return FormattingProblem.applying(edits, to: source)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func `only the lines of the range change`() {
    let text = "role A {\n    allow   a.b\n    deny   a.c\n}\nlet  x=y\n"
    #expect(
      Self.formatted(text, 13..<14) == "role A {\n  allow a.b\n  deny   a.c\n}\nlet  x=y\n"
    )
    #expect(Self.formatted(text, 0..<0) == "role A {\n  allow   a.b\n    deny   a.c\n}\nlet  x=y\n")
    #expect(
      Self.formatted(text, 44..<45) == "role A {\n    allow   a.b\n    deny   a.c\n}\n\nlet x = y\n"
    )
    #expect(Self.formatted(text, nil) == "role A {\n  allow a.b\n  deny a.c\n}\n\nlet x = y\n")
    #expect(Self.formatted(text, 0..<UInt32.max) == Self.formatted(text, nil))
    #expect(Self.formatted("", 5..<9) == "")
  }

  /// Whatever lines are chosen, no token is lost and no comment runs into a token.
  @Test func `any range keeps what the file says`() {
    let failure = RandomCases(300).firstFailure { random in
      let fixture = random.element(of: FormatterTexts.all)
      let source = fixture.source
      let lower = random.below(source.bytes.count + 1)
      let upper = lower + random.below(200)
      let edits = format(parse(source, as: FileID(0)), range: UInt32(lower)..<UInt32(upper))
      guard let bytes = FormattingProblem.applying(edits, to: source) else { return "overlap" }
      let after = SourceFile(path: source.path, bytes: bytes)
      return FormattingProblem.tokenProblem(source, after).map { "\(fixture.name): \($0)" }
    }
    #expect(failure == nil)
  }
}
