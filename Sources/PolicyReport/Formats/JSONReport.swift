import PolicySource

extension FindingsReport {
  /// One document, in the form of `Grammar/check.schema.json`.
  var json: JSONValue {
    let tally = tally
    var members: [JSONMember] = [
      JSONMember("schema", .int(DiagnosticJSON.schema)),
      JSONMember("command", .string(command)),
      JSONMember("diagnostics", .array(findings.map(Self.value))),
    ]
    if !cases.isEmpty { members.append(JSONMember("cases", .array(cases.map(Self.value)))) }
    members.append(
      JSONMember(
        "summary",
        [
          "errors": .int(tally.errors),
          "warnings": .int(tally.warnings),
          "notes": .int(tally.notes),
          "files": .int(tally.files),
          "hidden": .int(hidden),
        ]
      )
    )
    members.append(JSONMember("remarks", .strings(remarks)))
    return .object(members + self.members)
  }

  private static func value(_ finding: Finding) -> JSONValue {
    guard
      case .object(let members) = DiagnosticJSON.value(finding.diagnostic, in: finding.sources)
    else { return .null }
    return .object(members + [JSONMember("fingerprint", .string(finding.identity))])
  }

  private static func value(_ item: ReportCase) -> JSONValue {
    [
      "name": .string(item.name),
      "file": .string(item.file),
      "line": .int(item.line),
      "outcome": .string(item.outcome.rawValue),
      "message": .optional(item.message),
      "output": .string(item.output),
    ]
  }
}
