/// A replay for programs; `Grammar/replay.schema.json` describes it.
package enum ReplayJSON {
  /// The version of the form.
  package static let schema: Int64 = 1

  package static func document(_ report: ReplayReport) -> JSONValue {
    func count(_ direction: ReplayReport.Direction) -> JSONValue {
      .int(report.counts[direction] ?? 0)
    }
    return [
      "schema": .integer(schema),
      "before": report.isCompared ? .string(report.before) : .null,
      "after": .string(report.after),
      "logs": .strings(report.logs),
      "requests": .int(report.requests),
      "widened": count(.widened),
      "narrowed": count(.narrowed),
      "unknown": count(.unknown),
      "refused": count(.refused),
      "withoutAnswer": .int(report.withoutAnswer),
      "causes": .array(report.causes.map(cause)),
      "otherRequests": .int(report.otherRequests),
      "unused": report.unused.map(unused) ?? .null,
      "notes": .strings(report.notes),
    ]
  }

  private static func cause(_ cause: ReplayReport.Cause) -> JSONValue {
    [
      "direction": .string(cause.direction.rawValue),
      "requests": .int(cause.count),
      "before": outcome(cause.before),
      "after": outcome(cause.after),
      "example": [
        "log": .string(cause.example.log),
        "line": .int(cause.example.line),
        "id": .optional(cause.example.id),
        "request": .optional(cause.example.request),
      ],
    ]
  }

  private static func outcome(_ outcome: ReplayReport.Outcome) -> JSONValue {
    [
      "effect": .string(outcome.effect.rawValue),
      "rules": .array(
        outcome.rules.map { ["rule": .string($0.id), "place": .optional($0.place)] }
      ),
      "missing": .strings(outcome.missing),
      "problem": .optional(outcome.problem),
    ]
  }

  private static func unused(_ unused: ReplayReport.Unused) -> JSONValue {
    [
      "of": .string(unused.name),
      "allowRules": .int(unused.ruleCount),
      "rules": .array(
        unused.rules.map {
          ["rule": .string($0.id), "text": .string($0.text), "place": .string($0.place)]
        }
      ),
      "assignedPolicies": .int(unused.grantCount),
      "grants": .array(
        unused.grants.map {
          [
            "policy": .string($0.policy), "subject": .string($0.subject),
            "place": .string($0.place),
          ]
        }
      ),
    ]
  }
}
