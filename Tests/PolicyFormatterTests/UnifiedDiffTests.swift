import Foundation
import PolicyFormatter
import PolicySource
import PolicyTestSupport
import Testing

/// Changes as `diff -u` writes them.
@Suite struct UnifiedDiffTests {
  private static func diff(_ text: String) -> String {
    let source = SourceFile(path: "a.pol", text: text)
    return UnifiedDiff.lines(of: format(source).edits, to: source)
      .map { String(decoding: $0.bytes, as: UTF8.self) + "\n" }.joined()
  }

  @Test func `one line`() {
    #expect(
      Self.diff("let a = b\nlet c = d\nlet e = f\nlet g = h\nlet  i = j\nlet k = l\n") == """
        --- a.pol
        +++ a.pol
        @@ -2,5 +2,5 @@
         let c = d
         let e = f
         let g = h
        -let  i = j
        +let i = j
         let k = l

        """
    )
  }

  @Test func `lines that come, go and end the file`() {
    #expect(
      Self.diff("\n\nlet a = b\n\n\nrole R {\n  allow a.b }\nlet c = d") == """
        --- a.pol
        +++ a.pol
        @@ -1,8 +1,7 @@
        -
        -
         let a = b
         
        -
         role R {
        -  allow a.b }
        -let c = d
        \\ No newline at end of file
        +  allow a.b
        +}
        +
        +let c = d

        """
    )
    #expect(Self.diff("") == "")
    #expect(Self.diff("let a = b\n") == "")
    #expect(Self.diff(" \n\n") == "--- a.pol\n+++ a.pol\n@@ -1,2 +0,0 @@\n- \n-\n")
  }

  @Test func `changes far apart have hunks of their own`() {
    let middle = (0..<9).map { "let x\($0) = y\n" }.joined()
    let lines = Self.diff("let  a = b\n\(middle)let  c = d\n").split(separator: "\n")
    #expect(
      lines.filter { $0.hasPrefix("@@") } == ["@@ -1,4 +1,4 @@", "@@ -8,4 +8,4 @@"]
    )
  }

  /// What a reader of the format makes of it is the formatted text.
  @Test(arguments: FormatterTexts.all)
  func `the difference leads from the text to the formatted text`(_ fixture: Fixture) {
    let result = format(fixture.source)
    let lines = UnifiedDiff.lines(of: result.edits, to: fixture.source)
    #expect(Self.applying(lines, to: fixture.source) == result.bytes)
  }

  /// Reads a difference as `patch` does.
  private static func applying(_ lines: [UnifiedDiff.Line], to source: SourceFile) -> [UInt8]? {
    var result: [UInt8] = []
    var position = 0
    for line in lines.dropFirst(2) {
      let text = line.bytes.dropFirst() + [0x0A]
      switch line.kind {
      case .heading where line.bytes.starts(with: "\\".utf8):
        continue
      case .heading:
        let words = String(decoding: line.bytes, as: UTF8.self).split { " ,-+@".contains($0) }
        guard let start = words.first.flatMap({ Int($0) }), words.count == 4 else { return nil }
        let end = words[1] == "0" ? start : start - 1
        while position < end { result += source.wholeLine(position); position += 1 }
      case .added: result += text
      case .context:
        guard source.wholeLine(position).starts(with: text.dropLast()) else { return nil }
        result += source.wholeLine(position)
        position += 1
      case .removed:
        guard source.wholeLine(position).starts(with: text.dropLast()) else { return nil }
        position += 1
      }
    }
    while position < source.lineCount { result += source.wholeLine(position); position += 1 }
    return result
  }
}
