package import PolicyEngine
package import PolicyModel
package import PolicySource

/// What the tests of a policy set exercise, and what they leave.
package struct Coverage: Sendable {
  package let rules: Table<RuleIndex, RuleCoverage>
  package let cells: Table<PolicyIndex, CellCoverage>
  /// The checks of all rules by the place where they are written, which for those of a `let` is the
  /// `let`; in source order.
  package let checks: [CheckCoverage]

  package init(
    rules: Table<RuleIndex, RuleCoverage>,
    cells: Table<PolicyIndex, CellCoverage>,
    checks: [CheckCoverage]
  ) {
    self.rules = rules
    self.cells = cells
    self.checks = checks
  }

  /// How much of a measure is covered.
  ///
  /// - Complexity: O(what is measured).
  package func share(of measure: CoverageMeasure) -> CoverageShare {
    switch measure {
    case .rules:
      CoverageShare(
        covered: rules.elements.count { $0.decided > 0 },
        of: rules.count
      )
    case .cells:
      CoverageShare(
        covered: cells.elements.reduce(0) { $0 + $1.covered.count },
        of: cells.elements.reduce(0) { $0 + $1.all.count }
      )
    case .outcomes: share(of: rules.elements.compactMap(\.outcomes))
    case .checks: share(of: checks.map(\.outcomes))
    }
  }

  private func share(of outcomes: [ConditionOutcomes]) -> CoverageShare {
    CoverageShare(
      covered: outcomes.reduce(0) { $0 + $1.possible.count - $1.lacking.count },
      of: outcomes.reduce(0) { $0 + $1.possible.count }
    )
  }
}

/// What is counted.
package enum CoverageMeasure: String, CaseIterable, Sendable {
  /// A rule is covered when it decides a request of some expectation. An allow that a deny overrules
  /// decides nothing: the expectation would hold without it.
  case rules
  /// A cell is a policy and an action of which its rules, or those of what it includes, say something.
  /// It is covered when one of these decides a request about the action, and would by that policy
  /// alone: the policy is in force, which for an allow means known to be.
  case cells
  /// The condition of a rule, `when` and not `unless`, seen true is one outcome, and seen false
  /// another, in requests about the rule's actions while its policy is in force. Unknown is neither.
  /// An outcome that no request can have is not asked for.
  case outcomes
  /// The same for each single comparison or question in the conditions of rules.
  case checks
}

/// How much of something is covered.
package struct CoverageShare: Hashable, Sendable {
  package let covered: Int
  package let all: Int

  package init(covered: Int, of all: Int) {
    self.covered = covered
    self.all = all
  }

  package var isWhole: Bool { covered == all }

  /// In hundredths of a percent, rounded down, so that only the whole has 10,000; what has no parts
  /// is whole.
  package var basisPoints: Int {
    all == 0 ? 10_000 : Int(UInt64(covered) * 10_000 / UInt64(all))
  }
}

/// How a rule fared.
package struct RuleCoverage: Sendable {
  /// In how many requests it was among the rules that decided.
  package var decided = 0
  /// In how many it applied, allows that were overruled included.
  package var applied = 0
  /// Nil for a rule without a condition.
  package var outcomes: ConditionOutcomes?
}

/// Which cells of a policy were decided.
package struct CellCoverage: Sendable {
  /// The actions of which the policy says something.
  package let all: ActionSet
  package let covered: ActionSet

  package init(all: ActionSet, covered: ActionSet) {
    self.all = all
    self.covered = covered
  }
}

/// How a check fared in all rules that have it.
package struct CheckCoverage: Sendable {
  /// Without `not` around it.
  package let condition: Condition
  package let span: SourceSpan
  package var outcomes: ConditionOutcomes
}

/// How often a condition was found to be what.
package struct ConditionOutcomes: Hashable, Sendable {
  /// True and false, as far as a request can have them.
  package let possible: [Bool]
  package private(set) var yes = 0
  package private(set) var no = 0
  package private(set) var unknown = 0

  package init(possible: [Bool] = [true, false]) {
    self.possible = possible
  }

  package mutating func count(_ truth: Truth) {
    switch truth {
    case .yes: yes += 1
    case .no: no += 1
    case .unknown: unknown += 1
    }
  }

  /// How often it was true, or false.
  package func times(_ outcome: Bool) -> Int { outcome ? yes : no }

  /// The outcomes that were not seen.
  package var lacking: [Bool] { possible.filter { times($0) == 0 } }

  /// Whether it was asked at all.
  package var isReached: Bool { yes + no + unknown > 0 }
}
