import PolicyAnalysis
import PolicyEngine
import PolicyModel
import PolicySource

/// Finds policies whose holders may change their own access.
enum SelfEscalation {
  static let lint = Lint(page, needs: .checkedSet, find: findings)

  static let page = CodePage(
    .selfEscalation,
    finds: "a policy whose holder may use an action marked `@grants` on themselves",
    explanation: """
      `@grants` on an action says that it gives, takes or changes what somebody may do; its argument \
      is the attribute of the resource, of type Principal, that says who. (It may be left out where \
      the service has only one.) No policy should allow such an action where that is the principal \
      itself. This is proved, as `assert P cannot A when resource.R == principal` is: the rule that \
      is reported allows a request, which is shown.
      """,
    given: """
      catalogue portal {
        service access {
          resource { grantee: Principal }
          @grants(grantee) give "Give a policy to somebody"
        }
      }
      """,
    bad: "role Manager { allow access.give }",
    good: "role Manager { allow access.give when resource.grantee != principal }",
    severity: .warning
  )

  /// What is asked of the prover, besides the assertions of the set: that holders of each policy
  /// which allows a granting action cannot use it on themselves.
  static func probes(of set: PolicySet) -> [Assertion] {
    var byAttribute: [AttributeIndex: [Range<Int>]] = [:]
    for index in set.catalogue.actions.indices {
      let action = set.catalogue.actions[index]
      guard let mark = action.heading.annotation("grants") else { continue }
      for attribute in set.catalogue.grantees(of: action, by: mark) {
        byAttribute[attribute, default: []].append(index.position..<index.position + 1)
      }
    }
    return byAttribute.sorted { $0.key < $1.key }.flatMap { attribute, actions in
      set.policies.indices.compactMap { policy -> Assertion? in
        let own = set.policies[policy].rules.map { set.rules[$0] }.filter { $0.effect == .allow }
        let reached = ActionSet(own.flatMap(\.actions.ranges)).intersection(ActionSet(actions))
        guard !reached.isEmpty else { return nil }
        let span = set.policies[policy].heading.nameSpan
        return Assertion(
          claim: .cannot(.policy(policy), reached),
          places: [],
          condition: .check(.equalTerms(.attribute(attribute), .principal), span),
          annotations: [],
          span: span
        )
      }
    }
  }

  static func findings(_ context: LintContext) -> [Diagnostic] {
    let set = context.set
    var reported: Set<RuleIndex> = []
    guard !context.probePositions.isEmpty else { return [] }
    // Of a copy, once: a lazy property is not changed in place.
    var prover = context.prover
    return context.probePositions.compactMap { position in
      guard case .refuted(let found) = prover.judge(position),
        let rule = found.decision.deciding.first?.rule, reported.insert(rule).inserted
      else { return nil }
      return Diagnostic(
        .selfEscalation,
        "whoever holds `\(set.policies[set.rules[rule].policy].heading.name)` may use "
          + "`\(set.catalogue.actions[found.request.action].path)` on themselves",
        at: set.rules[rule].actionsSpan,
        notes: ["allowed: \(requestText(found.request, in: set))"],
        help: "allow it for others only, as in `when resource.… != principal`"
      )
    }
  }
}
