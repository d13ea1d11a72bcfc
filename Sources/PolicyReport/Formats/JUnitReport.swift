import PolicySource

extension FindingsReport {
  /// JUnit's XML as continuous integration reads it: a suite for each file.
  ///
  /// Where nothing was run, each finding is a case, which fails if its severity is to fail, and a
  /// file without findings has one case that passed: an empty report would look like an empty run.
  /// Source: the schema of Apache Ant's JUnit report, in the dialect that Jenkins and GitLab read.
  var junit: String {
    let cases = cases.isEmpty ? casesOfFindings : cases
    var suites: [(file: String, cases: [ReportCase])] = []
    var positions: [[UInt8]: Int] = [:]
    for item in cases {
      let key = Array(item.file.utf8)
      if let position = positions[key] {
        suites[position].cases.append(item)
      } else {
        positions[key] = suites.count
        suites.append((item.file, [item]))
      }
    }
    let totals = Self.totals(of: cases)
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<testsuites name=\"\(XMLText.of("pol \(command)"))\" \(totals)>\n"
    for suite in suites {
      text += "  <testsuite name=\"\(XMLText.of(suite.file))\" \(Self.totals(of: suite.cases))>\n"
      for item in suite.cases { text += Self.element(item) }
      text += "  </testsuite>\n"
    }
    return text + "</testsuites>\n"
  }

  private static func totals(of cases: [ReportCase]) -> String {
    let failures = cases.count { $0.outcome == .failed }
    let skipped = cases.count { $0.outcome == .skipped }
    return "tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"0\" skipped=\"\(skipped)\""
  }

  private static func element(_ item: ReportCase) -> String {
    let file = XMLText.of(item.file)
    var text = "    <testcase name=\"\(XMLText.of(item.name))\" classname=\"\(file)\""
    text += " file=\"\(file)\" line=\"\(item.line)\" time=\"0\""
    let message = XMLText.of(item.message ?? "")
    let output = XMLText.of(item.output, keepingLines: true)
    switch item.outcome {
    case .passed:
      guard !item.output.isEmpty else { return text + "/>\n" }
      text += ">\n      <system-out>\(output)</system-out>\n"
    case .failed:
      text += ">\n      <failure message=\"\(message)\" type=\"failed\">\(output)</failure>\n"
    case .skipped:
      text += ">\n      <skipped message=\"\(message)\"/>\n"
    }
    return text + "    </testcase>\n"
  }

  private var casesOfFindings: [ReportCase] {
    parts.flatMap { part in
      let renderer = DiagnosticText(part.sources)
      let findings = Dictionary(grouping: part.diagnostics, by: \.primary.span.file)
      return part.sources.ids.flatMap { id in
        guard let findings = findings[id] else {
          return [ReportCase("no findings", file: part.sources[id].path, line: 1, .passed)]
        }
        return findings.map { diagnostic in
          let place = part.sources.place(diagnostic.primary.span)
          return ReportCase(
            "\(diagnostic.code.rawValue) at \(place.line):\(place.column)",
            file: part.sources[id].path,
            line: place.line,
            diagnostic.severity >= failing ? .failed : .passed,
            message: diagnostic.message,
            output: renderer.text(diagnostic)
          )
        }
      }
    }
  }
}

/// Text inside XML.
enum XMLText {
  /// The text with markup escaped and with characters spelled out that XML 1.0 (section 2.2) has not.
  static func of(_ text: String, keepingLines: Bool = false) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let shown =
      keepingLines
      ? lines.map { VisibleText.of(String($0)) }.joined(separator: "\n") : VisibleText.of(text)
    var result = ""
    for scalar in shown.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\u{FFFE}", "\u{FFFF}": result += of(VisibleText.spelled(scalar))
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
