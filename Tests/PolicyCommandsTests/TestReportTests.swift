import Foundation
import PolicyCommands
import PolicyReport
import PolicyTestSupport
import Testing

/// `pol test` in every format, byte for byte; `.ci/check-reports` gives the same files to their
/// readers.
@Suite struct TestReportTests {
  /// Tests that pass and fail, an assertion that is proved, one that is refuted, and one that neither
  /// is, in two files.
  private static let files = [
    "policies.pol": """
    catalogue portal {
      context { mfa: Bool }
      service device { resource { level: Int  limit: Int } list update }
    }
    role Observer "𝒳 | <b>" { allow device.list }
    role Operator {
      allow device.update when resource.level < resource.limit
        and resource.limit < 3 and resource.level > 4
    }
    policy guard { deny device.* when not context.mfa because "no & no" }
    assert Operator cannot device.update
    assert Observer cannot device.update
    assert anyone cannot device.list

    """,
    "tests.pol": """
    test "looks | 100% <b>" { as Observer  allow device.list }
    test "holds" {
      as Observer, guard
      allow device.list with context.mfa = true
      deny device.list because "yes"
      allow device.update with context.mfa = true
    }

    """,
  ]

  @Test(arguments: ReportFormat.allCases)
  func `an outcome is written as it is kept`(_ format: ReportFormat) throws {
    let line = "test DIR --min-coverage rules=75,cells=60 --format \(format.rawValue)"
    let outcome = try Session(Self.files).pol(line)
    #expect(outcome.status == .negative)
    let file = Fixture.folder().appending(path: "Test/outcome.\(format.rawValue)")
    let text = Self.withoutFingerprints(outcome.output)
    if let problem = Golden.mismatch(text, with: file) { Issue.record("\(problem)") }
    // The order in which arguments name files changes nothing.
    let other = try Session(Self.files)
      .pol(line.replacing("DIR", with: "DIR/tests.pol DIR/policies.pol"))
    #expect(Self.withoutFingerprints(other.output) == text)
  }

  @Test func `a run that passes is written in every format too`() throws {
    let files = ["a.pol": "catalogue c { service s { a } }\ntest \"t\" { deny s.a }\n"]
    for format in ReportFormat.allCases {
      let outcome = try Session(files).pol("test DIR --format \(format.rawValue)")
      #expect(outcome.status == .success)
      #expect(outcome.output.isEmpty == (format == .short))
    }
    let junit = try Session(files).pol("test DIR --format junit").output
    #expect(junit.contains(#"<testcase name="t" classname="DIR/a.pol" file="DIR/a.pol" line="2""#))
  }

  @Test func `exit codes are those of the page`() throws {
    let good = "catalogue c { service s { a } }\n"
    for (text, status) in [
      (good + "test \"t\" { deny s.a }", ExitStatus.success),
      (good + "test \"t\" { allow s.a }", .negative),
      (good, .unable),
      (good + "test \"t\" { allow s.b }", .unchecked),
    ] {
      #expect(try Session(["a.pol": text]).pol("test DIR").status == status)
    }
    #expect(try Session().pol("test DIR").status == .unable)
    #expect(try Session(["a.pol": good]).pol("test DIR --format yaml").status == .unable)
  }

  /// Fingerprints are of paths too, and the folder has another name each time.
  private static func withoutFingerprints(_ text: String) -> String {
    var known: [Substring] = []
    return text.replacing(/\b[0-9a-f]{32}\b/) { match in
      if !known.contains(match.output) { known.append(match.output) }
      let number = String((known.firstIndex(of: match.output) ?? 0) + 1)
      return String(repeating: "0", count: 32 - number.count) + number
    }
  }
}
