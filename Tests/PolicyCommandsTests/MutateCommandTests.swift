import Foundation
import PolicyAnalysis
import PolicyCommands
import PolicyReport
import PolicySource
import PolicyTestSupport
import Testing

/// `pol test --mutate`.
@Suite struct MutateCommandTests {
  private static let catalogue = """
    catalogue portal { context { mfa: Bool }  service device { list delete } }

    """
  private static let weak =
    catalogue + """
      role Observer { allow device.list }
      role Operator { allow device.delete when context.mfa }
      test "observers look" { as Observer  allow device.list }

      """
  private static let strong =
    weak + """
      test "operators delete" {
        as Operator
        deny device.delete
        deny device.delete with context.mfa = false
        allow device.delete with context.mfa = true
      }

      """

  @Test func `what nothing notices is a note, and passes without a goal`() throws {
    let session = try Session(["a.pol": Self.weak])
    let outcome = session.pol("test DIR --mutate --format short")
    #expect(outcome.status == .success)
    #expect(
      outcome.output.split(separator: "\n").allSatisfy { $0.contains("note[mutant-survived]") }
    )
    #expect(outcome.output.contains("DIR/a.pol:3:42: "))
    let text = session.pol("test DIR --mutate").output
    #expect(text.hasSuffix("6 mutants: 2 caught, 4 survived; score 33.33%\n"), "\(text)")
  }

  @Test func `a score is asked for`() throws {
    let session = try Session(["a.pol": Self.weak])
    let outcome = session.pol("test DIR --min-score 33.34")
    #expect(outcome.status == .negative)
    #expect(
      outcome.output.hasSuffix("too little: the score is 33.33%, and 33.34% is asked for\n")
    )
    #expect(session.pol("test DIR --min-score 33.33").status == .success)
    #expect(try Session(["a.pol": Self.strong]).pol("test DIR --min-score 100").status == .success)
    #expect(session.pol("test DIR --min-score many").status == .unable)
    #expect(session.pol("test DIR --mutate --max-mutants 0").status == .unable)
  }

  @Test func `a test that a mutant asks for catches it`() throws {
    let session = try Session(["a.pol": Self.weak])
    let document = try JSONParser.parse(
      Array(session.pol("test DIR --mutate --format json").output.utf8)
    )
    let notes = try Self.tests(document)
    #expect(notes.count == 4)
    let all = Set(notes).sorted().enumerated().map { number, test in
      test.replacing("test \"", with: "test \"\(number) ")
    }
    try session.write(all.joined(separator: "\n"), to: "more.pol")
    #expect(session.pol("test DIR --min-score 100").status == .success)
  }

  private static func tests(_ document: JSONValue) throws -> [String] {
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(JSONWriter.document(document))) as? [String: Any]
    )
    let diagnostics = try #require(object["diagnostics"] as? [[String: Any]])
    return diagnostics.flatMap { $0["notes"] as? [String] ?? [] }
      .compactMap { note in
        note.firstRange(of: "a test of it: ").map { String(note[$0.upperBound...]) }
      }
  }

  @Test func `what does not hold is mended first`() throws {
    let text = Self.weak + "test \"no\" { as Observer  allow device.delete }\n"
    let outcome = try Session(["a.pol": text]).pol("test DIR --mutate")
    #expect(outcome.status == .negative)
    #expect(
      outcome.output.hasSuffix(
        "no mutants were judged: tests and assertions have to hold before\n"
      )
    )
  }

  @Test func `a filter leaves the tests that count`() throws {
    let session = try Session(["a.pol": Self.strong])
    let outcome = session.pol("test DIR --mutate --filter looks")
    #expect(outcome.status == .unable)
    #expect(session.pol("test DIR --mutate --filter look").output.contains("4 survived"))
  }

  @Test func `some of the mutants are said to be some`() throws {
    let session = try Session(["a.pol": Self.strong])
    let outcome = session.pol("test DIR --mutate --max-mutants 4")
    #expect(outcome.output.contains("4 of 6 mutants: 4 caught; score 100%"))
    #expect(outcome.output == session.pol("test DIR --mutate --max-mutants 4").output)
  }

  @Test(arguments: ReportFormat.allCases)
  func `every format tells of mutants, and JSON as its schema says`(_ format: ReportFormat) throws {
    let session = try Session(["a.pol": Self.weak])
    let output = session.pol("test DIR --mutate --min-score 50 --format \(format.rawValue)").output
    #expect(output.contains("no test and no assertion notices") || format == .junit)
    guard format == .json else { return }
    let schema = try SchemaValidator(grammar: "check.schema.json")
    #expect(schema.problems(with: try JSONParser.parse(Array(output.utf8))) == [])
  }

  @Test func `the fixture is reported on as its comments say`() throws {
    let file = Fixture.folder().appending(path: "Findings/mutant-survived/set.pol")
    let text = try String(contentsOf: file, encoding: .utf8)
    let session = try Session(["set.pol": text])
    let source = SourceFile(path: "set.pol", text: text)
    let outcome = session.pol("test DIR --mutate --format json").output
    let found = try Diagnostics.read(outcome)
    for problem in Expectation.mismatches(source: source, diagnostics: found) {
      Issue.record("\(problem)")
    }
    if Golden.isUpdating {
      try Expectation.recorded(source: source, diagnostics: found)
        .write(to: file, atomically: true, encoding: .utf8)
    }
  }

  @Test func `the examples of the page are true`() throws {
    let page = MutantSurvived.page
    func output(_ example: String) throws -> String {
      try Session(["a.pol": page.given + "\n" + example]).pol("test DIR --mutate --format short")
        .output
    }
    #expect(try output(page.bad).contains("[mutant-survived]"))
    #expect(try output(page.good) == "")
  }
}

/// Diagnostics as the JSON document has them, with codes, messages and places alone.
private enum Diagnostics {
  static func read(_ document: String) throws -> [Diagnostic] {
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(document.utf8)) as? [String: Any]
    )
    let all = try #require(object["diagnostics"] as? [[String: Any]])
    return try all.map { item in
      let primary = try #require(item["primary"] as? [String: Any])
      func byte(_ name: String) throws -> UInt32 {
        UInt32(try #require((primary[name] as? [String: Any])?["byte"] as? Int))
      }
      return Diagnostic(
        try #require((item["code"] as? String).flatMap { DiagnosticCode(rawValue: $0) }),
        try #require(item["message"] as? String),
        at: SourceSpan(file: FileID(0), lower: try byte("start"), upper: try byte("end")),
        severity: .note
      )
    }
  }
}
