package import PolicyEngine

/// What put a rule in force: an assignment of the policy set, or a policy that the request holds.
package enum Grant: Hashable, Sendable {
  case assignment(AssignmentIndex)
  case holding(Holding)
}

/// A rule that decided, and how the principal came by it.
package struct DecidingRule: Hashable, Sendable {
  package let rule: RuleIndex
  /// The policy that was assigned or held: the rule's own, or one that includes it.
  package let policy: PolicyIndex
  package let grant: Grant

  package init(rule: RuleIndex, via policy: PolicyIndex, grant: Grant) {
    self.rule = rule
    self.policy = policy
    self.grant = grant
  }
}

/// Why a decision is what it is.
package enum Basis: Hashable, Sendable {
  /// Rules applied.
  case rule
  /// None did, and what is not allowed is denied.
  case byDefault
}

/// The answer to a request, with its reason.
package struct Decision: Hashable, Sendable {
  package let effect: Effect
  package let basis: Basis
  /// The applying denies, or else the applying allows, in the order of the rules.
  package let deciding: [DecidingRule]

  package init(effect: Effect, basis: Basis, deciding: [DecidingRule]) {
    self.effect = effect
    self.basis = basis
    self.deciding = deciding
  }

  /// The answer when no rule applies.
  package static let denyByDefault = Decision(effect: .deny, basis: .byDefault, deciding: [])
}
