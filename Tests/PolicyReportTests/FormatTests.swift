import Foundation
import PolicyReport
import PolicySource
import PolicyTestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Every format of findings, byte for byte and by what its readers rely on.
@Suite struct FormatTests {
  @Test(arguments: SampleReports.names, ReportFormat.allCases)
  func `a report is written as it is kept`(name: String, format: ReportFormat) throws {
    let bytes = try SampleReports.report(name).bytes(as: format)
    let file = Fixture.folder().appending(path: "Formats/\(name).\(format.rawValue)")
    let text = String(decoding: bytes, as: UTF8.self)
    if let problem = Golden.mismatch(text, with: file) { Issue.record("\(problem)") }
  }

  @Test(arguments: SampleReports.names)
  func `JSON documents have the form of their schema`(name: String) throws {
    let schema = try SchemaValidator(grammar: "check.schema.json")
    let bytes = try SampleReports.report(name).bytes(as: .json)
    #expect(schema.problems(with: try JSONParser.parse(bytes)) == [])
  }

  @Test func `the document of pol test has it too`() throws {
    let schema = try SchemaValidator(grammar: "check.schema.json")
    let file = Fixture.folder().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "PolicyCommandsTests/Fixtures/Test/outcome.json")
    #expect(schema.problems(with: try JSONParser.parse(Array(try Data(contentsOf: file)))) == [])
  }

  @Test(arguments: SampleReports.names)
  func `JUnit is XML that adds up`(name: String) throws {
    let bytes = try SampleReports.report(name).bytes(as: .junit)
    let counter = ElementCounter()
    let parser = XMLParser(data: Data(bytes))
    parser.delegate = counter
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    #expect(counter.counts["testcase", default: 0] > 0, "an empty report looks like an empty run")
    for (element, attribute) in [
      ("testcase", "tests"), ("failure", "failures"), ("skipped", "skipped"),
    ] {
      let found = counter.counts[element, default: 0]
      #expect(counter.totals[attribute] == String(found))
      #expect(counter.sums[attribute] == found)
    }
  }

  @Test func `GitHub reads back what was escaped`() throws {
    let report = try SampleReports.findings()
    let lines = String(decoding: report.bytes(as: .github), as: UTF8.self).split(separator: "\n")
    let commands = lines.compactMap { WorkflowCommand(String($0)) }
    #expect(commands.map(\.name) == ["error", "error", "error", "warning", "notice"])
    #expect(lines.count == commands.count + 2)
    let odd = commands.prefix(3)
    #expect(odd.allSatisfy { $0.properties["file"] == "some roles, 100%:é.pol" })
    #expect(commands[0].message.contains("\nnote: 100% :: sure\n"))
    #expect(commands[0].properties["col"] == "11" && commands[0].properties["endColumn"] == "18")
    #expect(commands[3].properties["endLine"] == "3" && commands[3].properties["col"] == nil)
  }

  @Test func `SARIF counts columns in UTF-16 and names files by relative URIs`() throws {
    let bytes = try SampleReports.findings().bytes(as: .sarif)
    let log = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    #expect(run["columnKind"] as? String == "utf16CodeUnits")
    let result = try #require((run["results"] as? [[String: Any]])?.first)
    let location = try #require((result["locations"] as? [[String: Any]])?.first)
    let place = try #require(location["physicalLocation"] as? [String: Any])
    let region = try #require(place["region"] as? [String: Int])
    // Two scalars of two units each stand before the name.
    #expect(region == ["startLine": 1, "startColumn": 13, "endLine": 1, "endColumn": 21])
    let artifact = try #require(place["artifactLocation"] as? [String: String])
    #expect(artifact["uri"] == "some%20roles%2C%20100%25%3A%C3%A9.pol")
    #expect(artifact["uriBaseId"] == "%SRCROOT%")
  }

  @Test func `fingerprints are unique, and stay when lines move`() throws {
    func identities(of text: String) throws -> [String] {
      let page = Page(["a.pol": text])
      let first = try page.span("a.pol", "delte")
      let last = UInt32(text.utf8.count - 8)
      let diagnostics = [first, SourceSpan(file: first.file, lower: last, upper: last + 5)]
        .map { Diagnostic(.unknownAction, "x", at: $0) }
      let report = FindingsReport(
        command: "check",
        parts: [FindingsReport.Part(diagnostics, in: page.sources)]
      )
      let value = try JSONSerialization.jsonObject(with: Data(report.bytes(as: .gitlab)))
      return try #require(value as? [[String: Any]]).compactMap { $0["fingerprint"] as? String }
    }
    let kept = try identities(of: "role R {\n  allow device.delte\n  allow device.delte\n}\n")
    #expect(Set(kept).count == 2)
    let moved =
      "// more\nlet a = b\n\nrole  R {\n\n  allow x.y\n  allow device.delte allow device.delte\n}\n"
    #expect(try identities(of: moved) == kept)
    let renamed = try identities(of: "role S {\n  allow device.delte\n  allow device.delte\n}\n")
    #expect(Set(renamed).isDisjoint(with: kept))
  }
}

/// Counts elements, and the numbers that suites give.
private final class ElementCounter: NSObject, XMLParserDelegate {
  var counts: [String: Int] = [:]
  /// The attributes of the root.
  var totals: [String: String] = [:]
  /// The numbers of the suites, added up.
  var sums: [String: Int] = [:]

  func parser(
    _ parser: XMLParser,
    didStartElement element: String,
    namespaceURI: String?,
    qualifiedName: String?,
    attributes: [String: String] = [:]
  ) {
    counts[element, default: 0] += 1
    if element == "testsuites" { totals = attributes }
    guard element == "testsuite" else { return }
    for (name, value) in attributes { sums[name, default: 0] += Int(value) ?? 0 }
  }
}

/// A workflow command read as the runner of GitHub Actions reads it.
private struct WorkflowCommand {
  let name: String
  let properties: [String: String]
  let message: String

  init?(_ line: String) {
    guard line.hasPrefix("::"), let end = line.dropFirst(2).range(of: "::") else { return nil }
    let head = line.dropFirst(2)[..<end.lowerBound]
    let parts = head.split(separator: " ", maxSplits: 1)
    name = String(parts[0])
    var properties: [String: String] = [:]
    for pair in (parts.count > 1 ? parts[1] : "").split(separator: ",") {
      let sides = pair.split(separator: "=", maxSplits: 1)
      properties[String(sides[0])] = Self.unescaped(
        String(sides[1]).replacing("%3A", with: ":").replacing("%2C", with: ",")
      )
    }
    self.properties = properties
    message = Self.unescaped(String(line[end.upperBound...]))
  }

  private static func unescaped(_ text: String) -> String {
    text.replacing("%0A", with: "\n").replacing("%0D", with: "\r").replacing("%25", with: "%")
  }
}
