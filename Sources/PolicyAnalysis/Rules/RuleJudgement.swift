import PolicyCompiler
package import PolicyEngine
package import PolicyModel

/// What is proved of the rules of a policy set: of each rule one thing at most.
package struct RuleJudgement: Sendable {
  /// Rules whose conditions no request makes true.
  package private(set) var neverTrue: Set<RuleIndex> = []
  package private(set) var overruled: [OverruledAllow] = []
  /// Those with a `because` are not among them: the reason that they give is part of a decision.
  package private(set) var withoutEffect: [RuleIndex] = []
  package private(set) var redundant: [RedundantRule] = []
  /// All rules of which something is said.
  package private(set) var spokenOf: Set<RuleIndex> = []

  /// - Complexity: That of each question.
  package init(
    _ set: PolicySet,
    _ rules: inout RuleProver,
    _ conditions: inout ConditionProver
  ) {
    for index in set.rules.indices {
      if let condition = set.rules[index].guardCondition,
        conditions.constancy(of: condition)?.isNegative == true
      {
        neverTrue.insert(index)
      }
    }
    spokenOf = neverTrue
    overruled = rules.overruledAllows().filter { spokenOf.insert($0.rule).inserted }
    withoutEffect = rules.deniesWithoutEffect().filter { index in
      set.rules[index].because == nil && spokenOf.insert(index).inserted
    }
    redundant = rules.redundantRules().filter { spokenOf.insert($0.rule).inserted }
  }
}
