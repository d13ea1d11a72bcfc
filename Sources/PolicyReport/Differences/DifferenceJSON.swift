package import PolicyAnalysis
import PolicyEngine
import PolicyModel
import PolicySource

/// A difference as one JSON document; `Grammar/difference.schema.json` describes it.
package struct DifferenceJSON {
  package static let schema = 1

  private var words: DifferenceWords

  package init(_ difference: Difference) {
    words = DifferenceWords(difference)
  }

  package mutating func document(old: String, new: String) -> JSONValue {
    let difference = words.difference
    let all = difference.joined
    func added(_ side: Side) -> JSONValue { .strings(words.paths(all.own(side))) }
    return [
      "schema": .int(Self.schema),
      "old": .string(old),
      "new": .string(new),
      "equal": .bool(difference.isEmpty),
      "widened": .bool(difference.isWidened),
      "narrowed": .bool(difference.isNarrowed),
      "builtIns": .array(
        difference.alteredBuiltIns.map {
          ["policy": .string(words.name($0.old)), "reason": .string(words.builtIn($0))]
        }
      ),
      "changes": .array(difference.changes.map { change($0) }),
      "gained": .array(difference.gained.map { growth($0, .widening) }),
      "lost": .array(difference.lost.map { growth($0, .narrowing) }),
      "notShown": .array(
        difference.undecided.map {
          [
            "subject": subject($0.subject),
            "direction": $0.direction == .widening ? "widened" : "narrowed",
            "actions": .strings(words.paths($0.actions)),
          ]
        }
      ),
      "withoutEffect": .array(
        difference.withoutEffect.map {
          ["subject": subject(.policy($0.policy)), "actions": .strings(words.paths($0.actions))]
        }
      ),
      "renamed": .array(
        difference.renamed.map {
          ["old": .optional($0.old.map(words.name)), "new": .optional($0.new.map(words.name))]
        }
      ),
      "actions": ["added": added(.new), "removed": added(.old)],
    ]
  }

  private mutating func change(_ change: AccessChange) -> JSONValue {
    [
      "kind": .string(change.kind.rawValue),
      "subjects": .array(change.subjects.map { subject($0) }),
      "patterns": .strings(words.patterns(change.actions)),
      "actions": .strings(words.paths(change.actions)),
      "removedRules": rules(change.causes.old, .old),
      "addedRules": rules(change.causes.new, .new),
      "widening": change.widening.map { evidence($0, .widening) } ?? .null,
      "narrowing": change.narrowing.map { evidence($0, .narrowing) } ?? .null,
    ]
  }

  private mutating func growth(_ growth: Growth, _ direction: Direction) -> JSONValue {
    [
      "subjects": .array(growth.policies.map { subject(.policy($0)) }),
      "patterns": .strings(words.patterns(growth.actions)),
      "actions": .strings(words.paths(growth.actions)),
      "rules": rules(growth.rules, direction.allowing),
      "byPattern": .bool(growth.isByPattern),
      "evidence": evidence(growth.evidence, direction),
    ]
  }

  private func subject(_ subject: ChangeSubject) -> JSONValue {
    switch subject {
    case .principal(let words): ["principal": .string(words)]
    case .policy(let pair):
      [
        "old": .optional(pair.old.map { words.name($0) }),
        "new": .optional(pair.new.map { words.name($0) }),
      ]
    }
  }

  private func rules(_ rules: [RuleIndex], _ side: Side) -> JSONValue {
    let set = words.difference.joined.sets[side]
    return .array(
      rules.map { rule in
        let place = set.sources.place(set.rules[rule].span)
        return [
          "policy": .string(set.policies[set.rules[rule].policy].heading.name),
          "rule": .string(set.rules[rule].id),
          "text": .string(ruleText(rule, in: set)),
          "file": .string(set.sources[set.rules[rule].span.file].path),
          "line": .int(place.line),
          "column": .int(place.column),
        ]
      }
    )
  }

  private func evidence(_ evidence: Evidence, _ direction: Direction) -> JSONValue {
    let side = direction.allowing
    let joined = words.difference.joined
    let request = joined.request(evidence.request, side)
    func decision(_ side: Side) -> JSONValue {
      guard let decision = evidence.decisions[side] else { return .null }
      return [
        "decision": .bool(decision.effect == .allow),
        "by": decision.basis == .rule ? "rule" : "default",
        "rules": rules(decision.deciding.map(\.rule), side),
      ]
    }
    return [
      "text": .string(words.request(evidence, direction)),
      "request": request.map { RequestJSON.value($0, in: joined.sets[side]) } ?? .null,
      "before": decision(.old),
      "after": decision(.new),
    ]
  }
}
