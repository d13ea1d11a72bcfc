import PolicyReport
import PolicySource
import Testing

/// The text of diagnostics, frame by frame.
@Suite struct DiagnosticTextTests {
  @Test func `a name that is not known`() throws {
    let page = Page(["roles.pol": String(repeating: "\n", count: 13) + Page.deltaLine])
    let diagnostic = Diagnostic(
      .unknownAction,
      "service `device` has no action `delte`",
      at: try page.span("roles.pol", "delte"),
      label: "not in catalogue `portal`",
      help: "did you mean `delete`?"
    )
    #expect(
      page.text(diagnostic) == """
        error[unknown-action]: service `device` has no action `delte`
          ┌─ roles.pol:14:16
        14│   allow device.delte when context.mfa
          │                ^^^^^ not in catalogue `portal`
          = help: did you mean `delete`?

        """
    )
  }

  @Test func `places in other files follow, by the order of files`() throws {
    let page = Page([
      "a.pol": "role Observer {\n}\n", "b.pol": "let x = 1\nrole Observer {}\n",
      "c.pol": "assign Observer to everyone\n",
    ])
    let diagnostic = Diagnostic(
      .duplicateDeclaration,
      "policy `Observer` is declared twice",
      at: try page.span("b.pol", "Observer"),
      label: "declared again",
      secondary: [
        Label(try page.span("c.pol", "Observer"), "used here"),
        Label(try page.span("a.pol", "Observer"), "first declared here"),
      ],
      notes: ["a directory is one policy set,\nin any order of files"]
    )
    #expect(
      page.text(diagnostic) == """
        error[duplicate-declaration]: policy `Observer` is declared twice
         ┌─ b.pol:2:6
        2│ role Observer {}
         │      ^^^^^^^^ declared again
         ├─ a.pol:1:6
        1│ role Observer {
         │      -------- first declared here
         ├─ c.pol:1:8
        1│ assign Observer to everyone
         │        -------- used here
         = note: a directory is one policy set,
                 in any order of files

        """
    )
  }

  @Test func `labels of one line stand below it from left to right, far lines apart`() throws {
    let page = Page(["a.pol": "one two three\n\nfour\n\n\nfive\n"])
    let diagnostic = Diagnostic(
      .typeMismatch,
      "they differ",
      at: try page.span("a.pol", "two"),
      label: "here",
      severity: .warning,
      secondary: [
        Label(try page.span("a.pol", "three"), "there"), Label(try page.span("a.pol", "one")),
        Label(try page.span("a.pol", "four"), "and below"), Label(try page.span("a.pol", "five")),
      ]
    )
    #expect(
      page.text(diagnostic) == """
        warning[type-mismatch]: they differ
         ┌─ a.pol:1:5
        1│ one two three
         │ ---
         │     ^^^ here
         │         ----- there
        2│
        3│ four
         │ ---- and below
         ·
        6│ five
         │ ----

        """
    )
  }

  @Test func `a span of several lines is underlined at both ends`() throws {
    let page = Page(["a.pol": "role A {\n  allow *\n  deny *\n  }\n"])
    let diagnostic = Diagnostic(
      .unclosedBlock,
      "all of it",
      at: try page.span("a.pol", "{\n  allow *\n  deny *\n  }\n"),
      label: "this block"
    )
    #expect(
      page.text(diagnostic) == """
        error[unclosed-block]: all of it
         ┌─ a.pol:1:8
        1│ role A {
         │        ^
         ·
        4│   }
         │   ^ this block

        """
    )
  }

  @Test(arguments: [
    // Tabs stop at every fourth column; wide characters take two, marks and joiners none.
    ("\tallow x", "    allow x", 10),
    ("ab\tx", "ab  x", 4),
    ("\"日本\" x", "\"日本\" x", 7),
    ("e\u{301}e\u{301} x", "e\u{301}e\u{301} x", 3),
    ("👩‍🚀 x", "👩‍🚀 x", 3),
    ("⚠\u{FE0F} x", "⚠\u{FE0F} x", 3),
    ("각 x", "각 x", 3),
    // What would move the cursor or turn the text is spelled out.
    ("\u{1B}[31m x", "<U+001B>[31m x", 13),
    ("\u{202E}ab x", "<U+202E>ab x", 11),
  ])
  func `carets stand below what they mean`(line: String, shown: String, column: Int) throws {
    let page = Page(["a.pol": line])
    let diagnostic = Diagnostic(.unknownName, "x", at: try page.span("a.pol", "x"))
    let lines = page.text(diagnostic).split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines[2].utf8.elementsEqual("1│ \(shown)".utf8))
    #expect(lines[3] == " │ " + String(repeating: " ", count: column) + "^")
  }

  @Test func `bytes that are not UTF-8 are shown as bytes`() throws {
    let file = SourceFile(path: "a.pol", bytes: Array("a".utf8) + [0xFF, 0xC3] + Array(" x".utf8))
    let span = SourceSpan(file: FileID(0), lower: 1, upper: 2)
    let text = DiagnosticText(SourceMap([file])).text(Diagnostic(.invalidUTF8, "m", at: span))
    #expect(text.contains("1│ a<FF><C3> x\n │  ^^^^\n"))
  }

  @Test func `a line without end is shown around its mark`() throws {
    let long = String(repeating: "(", count: 1_000_000) + "x" + String(repeating: ")", count: 500)
    let page = Page(["a.pol": long])
    let text = page.text(Diagnostic(.nestingTooDeep, "deep", at: try page.span("a.pol", "x")))
    #expect(text.utf8.count < 600)
    let lines = text.split(separator: "\n")
    #expect(lines[2].hasPrefix("1│ …(((") && lines[2].hasSuffix(")))…"))
    let column = lines[3].prefix { $0 != "^" }.count
    #expect(lines[2].dropFirst(column).first == "x")
  }

  @Test func `points, ends of files and places outside of them`() {
    let page = Page(["a.pol": "allow\n"])
    for (lower, place) in [(UInt32(5), "1:6"), (6, "2:1"), (99, "2:1")] {
      let span = SourceSpan(file: FileID(0), lower: lower, upper: lower)
      let text = page.text(Diagnostic(.unexpectedToken, "m", at: span))
      #expect(text.contains("a.pol:\(place)\n"))
      #expect(text.hasSuffix("^\n"))
    }
  }

  @Test func `colours only where they are wanted`() throws {
    let page = Page(["a.pol": "x"])
    let diagnostic = Diagnostic(.unknownName, "m", at: try page.span("a.pol", "x"), help: "h")
    #expect(!page.text(diagnostic).contains("\u{1B}"))
    let colored = DiagnosticText(page.sources, on: Terminal(hasColor: true)).text(diagnostic)
    #expect(colored.hasPrefix("\u{1B}[1;31merror[unknown-name]\u{1B}[0m"))
    #expect(page.withoutColor(colored) == page.text(diagnostic))
  }

  @Test func `one line a finding`() throws {
    let page = Page(["a.pol": "\n x"])
    let diagnostic = Diagnostic(.unknownName, "no `x`", at: try page.span("a.pol", "x"))
    #expect(
      DiagnosticShort.text(diagnostic, in: page.sources)
        == "a.pol:2:2: error[unknown-name] no `x`\n"
    )
  }

  @Test func `summaries`() throws {
    let page = Page(["a.pol": "x"])
    let error = Diagnostic(.unknownName, "m", at: try page.span("a.pol", "x"))
    var warning = error
    warning.severity = .warning
    #expect(Tally([], files: 1).summary == "no errors, no warnings in 1 file")
    #expect(Tally([error, warning, error], files: 3).summary == "2 errors, 1 warning in 3 files")
    #expect(Tally.grouped(1_234_567) == "1,234,567")
    #expect(Tally.grouped(-999) == "-999")
  }
}

/// Some files, and the places of words in them.
struct Page {
  static let deltaLine = "  allow device.delte when context.mfa\n"

  let sources: SourceMap

  init(_ files: [String: String]) {
    sources = SourceMap(files.map { SourceFile(path: $0, text: $1) })
  }

  /// Where a text first stands in a file.
  func span(_ path: String, _ text: String) throws -> SourceSpan {
    let index = try #require(sources.files.firstIndex { $0.path == path })
    let bytes = sources.files[index].bytes
    let wanted = Array(text.utf8)
    let start = try #require(bytes.indices.first { bytes[$0...].starts(with: wanted) })
    return SourceSpan(
      file: FileID(index),
      lower: UInt32(start),
      upper: UInt32(start + wanted.count)
    )
  }

  func text(_ diagnostic: Diagnostic) -> String { DiagnosticText(sources).text(diagnostic) }

  /// The text without its ANSI sequences.
  func withoutColor(_ text: String) -> String {
    var result = ""
    var isInside = false
    for character in text.unicodeScalars {
      if character == "\u{1B}" { isInside = true }
      if !isInside { result.unicodeScalars.append(character) }
      if character == "m" { isInside = false }
    }
    return result
  }
}
