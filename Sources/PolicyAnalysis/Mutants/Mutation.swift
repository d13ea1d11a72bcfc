package import PolicyEngine
package import PolicyModel
package import PolicySource

/// One small mistake that somebody could make in a policy set.
package enum Mutation: Hashable, Sendable {
  case ruleFlipped(RuleIndex)
  case ruleRemoved(RuleIndex)
  /// A part of the rule's patterns is gone; after `except`, so that the rule has more actions.
  case patternDropped(RuleIndex, part: Int, isException: Bool)
  case clauseDropped(RuleIndex, RuleClause)
  /// A condition, wherever it is written: one of a `let` in all rules, assignments and assertions
  /// that use it.
  case conditionChanged(ConditionChange)
  case assignmentRemoved(AssignmentIndex)
  case policyUnassigned(AssignmentIndex, PolicyIndex)
  case subjectDropped(AssignmentIndex, Subject)
  case placeMoved(AssignmentIndex, from: UnitIndex, to: UnitIndex)
  case placesDropped(AssignmentIndex)
  case premiseDropped(AssignmentIndex)
  case includeRemoved(PolicyIndex, PolicyIndex)

  /// The word for what was done, in the JSON document.
  package var word: String {
    switch self {
    case .ruleFlipped: "rule-flipped"
    case .ruleRemoved: "rule-removed"
    case .patternDropped(_, _, let isException):
      isException ? "exception-dropped" : "pattern-dropped"
    case .clauseDropped: "clause-dropped"
    case .conditionChanged(let change):
      switch change.kind {
      case .negated: "condition-negated"
      case .partDropped: "part-dropped"
      case .moved: "boundary-moved"
      case .sideIgnored: "side-ignored"
      case .missingForgiven: "missing-forgiven"
      }
    case .assignmentRemoved: "assignment-removed"
    case .policyUnassigned: "policy-unassigned"
    case .subjectDropped: "subject-dropped"
    case .placeMoved: "place-moved"
    case .placesDropped: "places-dropped"
    case .premiseDropped: "premise-dropped"
    case .includeRemoved: "include-removed"
    }
  }
}

/// A clause of a rule.
package enum RuleClause: String, Hashable, Sendable {
  case when, unless
}

/// A condition and what stands in its place; both with the places of their checks.
package struct ConditionChange: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case negated
    /// Without one of what it joins, or of the elements of its list.
    case partDropped(Condition)
    /// A comparison with another sign, or with the next constant.
    case moved
    /// The same whatever is said of what it reads; as nobody would write it.
    case sideIgnored
    /// As if what is missing were as one would like it. The language has no words for it.
    case missingForgiven
  }

  package let target: Condition
  package let replacement: Condition
  package let kind: Kind
}

/// A mistake and where it would be made.
package struct Mutant: Sendable {
  package let mutation: Mutation
  /// The narrowest place that is written otherwise.
  package let span: SourceSpan
  /// The rule whose condition it is, where that does not stand at the place, but uses a `let` there.
  package let rule: RuleIndex?
}
