import PolicySource

extension FindingsReport {
  /// A SARIF log with one run (OASIS, Static Analysis Results Interchange Format 2.1.0).
  ///
  /// Columns count UTF-16 code units from 1, which is what `columnKind` says. Paths that are not
  /// absolute are relative to `%SRCROOT%`, the directory in which `pol` was run.
  var sarif: JSONValue {
    let findings = findings
    let rules = rules(of: findings)
    var positions: [DiagnosticCode: Int] = [:]
    for (position, rule) in rules.enumerated() { positions[rule] = position }
    return [
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
      "version": "2.1.0",
      "runs": [
        [
          "tool": [
            "driver": [
              "name": "pol",
              "semanticVersion": .string(ToolVersion.text),
              "rules": .array(rules.map(sarifRule)),
            ]
          ],
          "automationDetails": ["id": .string("pol/\(command)/")],
          "columnKind": "utf16CodeUnits",
          "originalUriBaseIds": [
            "%SRCROOT%": ["description": ["text": "the directory in which pol was run"]]
          ],
          "results": .array(findings.map { Self.result($0, rule: positions[$0.diagnostic.code]) }),
        ]
      ],
    ]
  }

  /// The codes of the findings, in the order of all codes.
  private func rules(of findings: [Finding]) -> [DiagnosticCode] {
    let codes = Set(findings.map(\.diagnostic.code))
    return DiagnosticCode.allCases.filter { codes.contains($0) }
  }

  private func sarifRule(_ code: DiagnosticCode) -> JSONValue {
    guard let page = pages.first(where: { $0.code == code }) else {
      return ["id": .string(code.rawValue)]
    }
    return [
      "id": .string(code.rawValue),
      "shortDescription": ["text": .string(page.finds)],
      "fullDescription": ["text": .string(page.explanation)],
      "help": [
        "text": .string(PageText.text(page, on: .plain)),
        "markdown": .string(page.markdown),
      ],
      "defaultConfiguration": ["level": .string(page.severity.sarifLevel)],
    ]
  }

  private static func result(_ finding: Finding, rule: Int?) -> JSONValue {
    let diagnostic = finding.diagnostic
    var members: [JSONMember] = [
      JSONMember("ruleId", .string(diagnostic.code.rawValue)),
      JSONMember("ruleIndex", .int(rule ?? -1)),
      JSONMember("level", .string(diagnostic.severity.sarifLevel)),
      JSONMember(
        "message",
        ["text": .string(PlainMessage.text(of: diagnostic))]
      ),
      JSONMember(
        "locations",
        [SARIFPlace.location(diagnostic.primary.span, in: finding.sources)]
      ),
    ]
    if !diagnostic.secondary.isEmpty {
      let related = diagnostic.secondary.enumerated().map { index, label in
        SARIFPlace.location(label.span, in: finding.sources, id: index + 1, label.text)
      }
      members.append(JSONMember("relatedLocations", .array(related)))
    }
    members.append(
      JSONMember("partialFingerprints", ["polFinding/v1": .string(finding.identity)])
    )
    if !diagnostic.fixes.isEmpty {
      let fixes = diagnostic.fixes.map { SARIFPlace.fix($0, in: finding.sources) }
      members.append(JSONMember("fixes", .array(fixes)))
    }
    return .object(members)
  }
}

extension Severity {
  fileprivate var sarifLevel: String { rawValue }
}

extension CodePage {
  /// The page as Markdown.
  fileprivate var markdown: String {
    func block(_ text: String) -> String {
      let fence = MarkdownText.fence(around: text)
      return "\n\(fence)pol\n\(text)\(text.hasSuffix("\n") ? "" : "\n")\(fence)\n"
    }
    var text = MarkdownText.escaped(explanation.replacing("\n", with: " ")) + "\n"
    text += "\nReported:\n" + block(bad) + "\nGood:\n" + block(good)
    if !given.isEmpty { text += "\nBoth beside:\n" + block(given) }
    return text
  }
}
