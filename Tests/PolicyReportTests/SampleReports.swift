import PolicyReport
import PolicySource

/// Reports with everything that a format could stumble over.
enum SampleReports {
  static let names = ["findings", "clean", "cases"]

  static func report(_ name: String) throws -> FindingsReport {
    switch name {
    case "findings": try findings()
    case "clean":
      FindingsReport(
        command: "check",
        parts: [FindingsReport.Part([], in: Page(["a.pol": "", "b.pol": ""]).sources)]
      )
    default: try cases()
    }
  }

  /// A path with all that is escaped somewhere, a scalar of two UTF-16 units, a span over lines, a
  /// fix that inserts, two findings that are alike, and text that means something to every format.
  static func findings() throws -> FindingsReport {
    let odd = "some roles, 100%:é.pol"
    let text = """
      role "𝒳𝒳" Observer {
        allow device.delte
        allow device.delte
      }

      """
    let page = Page(["clean.pol": "", odd: text, "rules.pol": "role B {\r\n  x\r\n}\r\n"])
    let first = try page.span(odd, "Observer")
    let second = try page.span(odd, "delte")
    let third = SourceSpan(file: second.file, lower: second.lower + 21, upper: second.upper + 21)
    let whole = try page.span("rules.pol", "role B {\r\n  x\r\n}")
    let diagnostics = [
      Diagnostic(
        .unexpectedToken,
        "`Observer` | <b>&\"'</b> *bold* [x](y) ]]> \u{1B}[31m \u{202E}",
        at: first,
        label: "a title ends here",
        severity: .error,
        secondary: [Label(whole, "like this")],
        notes: ["one\ntwo", "100% :: sure"],
        fixes: [Fix("write `=`", [Edit(first.start, "= "), Edit(first, "\"𝒳\"\n")])]
      ),
      Diagnostic(
        .unknownAction,
        "service `device` has no action `delte`",
        at: second,
        help: "did you mean `delete`?"
      ),
      Diagnostic(.unknownAction, "service `device` has no action `delte`", at: third),
      Diagnostic(.needlessExcept, "odd ` quotes", at: whole, severity: .warning),
      Diagnostic(.deprecatedName, "```\nfence", at: whole.end, severity: .note),
    ]
    let page1 = CodePage(
      .unknownAction,
      finds: "an action that is not in the catalogue",
      explanation: "The catalogue is *closed*.",
      bad: "role R { allow device.delte }",
      good: "role R { allow device.delete }"
    )
    return FindingsReport(
      command: "check",
      parts: [FindingsReport.Part(diagnostics, in: page.sources)],
      hidden: 1200,
      remarks: ["2 findings of the baseline are gone"],
      failing: .warning,
      pages: [page1]
    )
  }

  static func cases() throws -> FindingsReport {
    let page = Page(["tests.pol": "test \"a\" { }\n"])
    let failure = Diagnostic(.testFailed, "decided `deny`", at: try page.span("tests.pol", "a"))
    return FindingsReport(
      command: "test",
      parts: [FindingsReport.Part([failure], in: page.sources)],
      cases: [
        ReportCase("looks | at", file: "tests.pol", line: 1, .passed),
        ReportCase(
          "a <b>",
          file: "tests.pol",
          line: 4,
          .failed,
          message: "decided `deny`",
          output: "line 1\nline & 2\u{0}\u{FFFE}"
        ),
        ReportCase("assert 1", file: "more.pol", line: 2, .skipped, message: "filtered"),
        ReportCase("assert 2", file: "tests.pol", line: 9, .passed, output: "proved"),
      ]
    )
  }
}
