import PolicyReport
import PolicySource
import Testing

/// `pol.json`, read strictly, with places.
@Suite struct ConfigurationTests {
  /// Pages of two lints and an error.
  private static let pages = [
    CodePage(.unknownAction, finds: "a", explanation: "", bad: "", good: ""),
    CodePage(.unusedLet, finds: "b", explanation: "", bad: "", good: "", severity: .warning),
    CodePage(.wildcardAllow, finds: "c", explanation: "", bad: "", good: "", severity: .warning),
  ]

  private func read(_ text: String) -> (value: Configuration, found: [String]) {
    let file = SourceFile(path: "pol.json", text: text)
    let read = Configuration.read(file, pages: Self.pages)
    let found = read.diagnostics.map { finding in
      let span = finding.primary.span
      let help = finding.help.map { " (\($0))" } ?? ""
      return "\(file.text(span.lower, span.upper)): \(finding.message)\(help)"
    }
    return (read.value, found)
  }

  @Test func `everything that can be said`() {
    let (value, found) = read(
      """
      {"$schema": "x", "lints": {"unused-let": "off", "wildcard-allow": "error"},
       "fail-on": "warning", "baseline": "known.json"}
      """
    )
    #expect(found == [])
    #expect(value.levels == [.unusedLet: .off, .wildcardAllow: .error])
    #expect(value.failOn == .warning)
    #expect(value.baseline == "known.json")
    #expect(read(" {} ").found == [])
  }

  @Test(arguments: [
    (
      #"{"lint": {}}"#,
      [#""lint": there is no setting `lint` (did you mean `lints`?)"#]
    ),
    (
      #"{ "x" : [ {"a": "]"} ] , "lints": {"unused-lot": "off"}}"#,
      [
        #""x": there is no setting `x` (the settings are `$schema`, `lints`, `fail-on`, `baseline`)"#,
        #""unused-lot": there is no code `unused-lot` (did you mean `unused-let`?)"#,
      ]
    ),
    (
      #"{"lints": {"unused-let": "of", "wildcard-allow": true, "zzz": "off"}}"#,
      [
        #""of": there is no level `of` (did you mean `off`?)"#,
        "true: a boolean stands where a string is expected",
        #""zzz": there is no code `zzz` (`pol rule --list` lists all codes)"#,
      ]
    ),
    (
      #"{"lints": {"unknown-action": "off"}}"#,
      [
        #""unknown-action": `unknown-action` is an error, which has no other level (a policy set with"#
          + " an error has no meaning; lints, warnings and notes have levels)"
      ]
    ),
    (
      #"{"lints": ["\"", {}]}"#,
      [#"["\"", {}]: an array stands where an object of codes is expected"#]
    ),
    (#"{"fail-on": 3}"#, ["3: an integer stands where a string is expected"]),
    ("[]", ["[]: an array stands where an object is expected"]),
    (#"{"a": 1,}"#, ["}: this is no JSON: `}` stands where a key is expected"]),
    ("", [": this is no JSON: the text ends where a value is expected"]),
    (#"{"lints": {}, "lints": {}}"#, ["\": this is no JSON: the key `lints` occurs twice"]),
  ])
  func `what is not understood is told at its place`(text: String, found: [String]) {
    #expect(read(text).found == found)
  }

  @Test func `the examples of the page do what it says`() throws {
    let page = try #require(configurationPages.first)
    #expect(!read(page.bad).found.isEmpty)
    #expect(read(page.good).found == [])
  }
}
