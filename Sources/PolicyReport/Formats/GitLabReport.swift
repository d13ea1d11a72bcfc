import PolicySource

extension FindingsReport {
  /// A Code Quality report of GitLab: one array.
  ///
  /// Source: GitLab documentation, "Code Quality", code quality report format. Fingerprints are
  /// unique and stay when lines move, so that GitLab tells new findings from old ones.
  var gitlab: JSONValue {
    .array(
      findings.map { finding in
        let span = finding.diagnostic.primary.span
        let file = finding.file
        return [
          "type": "issue",
          "description": .string(PlainMessage.text(of: finding.diagnostic)),
          "check_name": .string(finding.diagnostic.code.rawValue),
          "categories": ["Security"],
          "fingerprint": .string(finding.identity),
          "severity": .string(Self.gitlabName(of: finding.diagnostic.severity)),
          "location": [
            "path": .string(Self.withoutDot(file.path)),
            "lines": [
              "begin": .int(file.place(of: span.lower).line),
              "end": .int(file.place(of: span.upper).line),
            ],
          ],
        ]
      }
    )
  }

  private static func gitlabName(of severity: Severity) -> String {
    switch severity {
    case .error: "critical"
    case .warning: "minor"
    case .note: "info"
    }
  }

  /// GitLab takes no paths that begin with `./`.
  static func withoutDot(_ path: String) -> String {
    var path = path[...]
    while path.hasPrefix("./") { path = path.dropFirst(2) }
    return String(path)
  }
}
