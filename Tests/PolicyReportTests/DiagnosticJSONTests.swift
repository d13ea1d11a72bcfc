import PolicyReport
import PolicySource
import Testing

/// The JSON document of a run.
@Suite struct DiagnosticJSONTests {
  @Test func `a diagnostic with everything`() throws {
    let page = Page(["a.pol": "é x\n", "b.pol": "y"])
    let diagnostic = Diagnostic(
      .unknownName,
      "no `x`",
      at: try page.span("a.pol", "x"),
      label: "here",
      severity: .warning,
      secondary: [Label(try page.span("b.pol", "y"))],
      notes: ["n"],
      help: "h",
      fixes: [Fix("write `y`", [Edit(try page.span("a.pol", "x"), "y")])]
    )
    let document = DiagnosticJSON.document([diagnostic], in: page.sources)
    #expect(
      String(decoding: JSONWriter.line(document), as: UTF8.self) == """
        {"schema": 1, "diagnostics": [{"code": "unknown-name", "severity": "warning", \
        "message": "no `x`", "primary": {"file": "a.pol", \
        "start": {"line": 1, "column": 3, "byte": 3}, "end": {"line": 1, "column": 4, "byte": 4}, \
        "label": "here"}, "secondary": [{"file": "b.pol", \
        "start": {"line": 1, "column": 1, "byte": 0}, "end": {"line": 1, "column": 2, "byte": 1}, \
        "label": ""}], "notes": ["n"], "help": "h", "fixes": [{"title": "write `y`", \
        "safe": true, "edits": [{"file": "a.pol", "start": {"line": 1, "column": 3, "byte": 3}, \
        "end": {"line": 1, "column": 4, "byte": 4}, "replacement": "y"}]}]}], \
        "summary": {"errors": 0, "warnings": 1, "notes": 0, "files": 2}}
        """
    )
  }
}
