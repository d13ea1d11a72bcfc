extension Blame {
  /// One document; `Grammar/blame.schema.json` describes it.
  package var json: JSONValue {
    [
      "schema": .int(1),
      "subject": .string(subject),
      "action": .string(action),
      "answer": answer.json,
      "since": origin.map { $0.revision.json } ?? .null,
      "end": .string(endWord),
      "events": .array(
        events.map { event in
          [
            "revision": event.revision.json,
            "before": event.before.json,
            "after": event.after.json,
            "rules": .array(
              event.rules.map { rule in
                [
                  "rule": rule.reason.json, "does": .string(rule.verb),
                  "notes": .strings(rule.notes),
                ]
              }
            ),
          ]
        }
      ),
      "asked": .int(count),
      "passedOver": .array(
        passedOver.map { ["revision": $0.revision.json, "reason": .string($0.reason)] }
      ),
    ]
  }

  private var endWord: String {
    switch end {
    case .found: "found"
    case .beginning: "beginning"
    case .shallow: "shallow"
    }
  }
}

extension BlameRevision {
  fileprivate var json: JSONValue {
    switch self {
    case .workingCopy: ["commit": .null]
    case .commit(let id, _, let author, let date, let subject):
      [
        "commit": .string(id), "author": .string(author), "date": .string(date),
        "subject": .string(subject),
      ]
    }
  }
}

extension BlameState {
  fileprivate var json: JSONValue {
    switch self {
    case .grants(let grants):
      [
        "allowed": true, "grants": .strings(grants.map(\.words)),
        "example": grants.first?.example ?? .null,
      ]
    case .never(let reason): ["allowed": false, "reason": .optional(reason)]
    case .unsettled(let reason): ["allowed": .null, "reason": .string(reason)]
    }
  }
}
