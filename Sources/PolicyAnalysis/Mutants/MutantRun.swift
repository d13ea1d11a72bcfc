package import PolicyModel
package import PolicySource

/// What judging the mutants of a policy set came to.
package struct MutantRun: Sendable {
  package struct Judged: Sendable {
    package let mutant: Mutant
    package let verdict: MutantVerdict
    /// What the mutation does, in words.
    package let text: String

    package init(mutant: Mutant, verdict: MutantVerdict, text: String) {
      self.mutant = mutant
      self.verdict = verdict
      self.text = text
    }
  }

  /// In source order.
  package let judged: [Judged]
  /// How many mutants there are in all, those that were not judged included.
  package let all: Int

  package init(_ judged: [Judged], of all: Int) {
    self.judged = judged
    self.all = all
  }

  package var caught: Int {
    judged.count { if case .caught = $0.verdict { true } else { false } }
  }

  package var equivalent: Int {
    judged.count { if case .equivalent = $0.verdict { true } else { false } }
  }

  package var survived: Int {
    judged.count { if case .survived = $0.verdict { true } else { false } }
  }

  package var undecided: Int {
    judged.count { if case .undecided = $0.verdict { true } else { false } }
  }

  /// How many are caught of all that decide some request otherwise, as far as is known.
  package var score: CoverageShare {
    CoverageShare(covered: caught, of: judged.count - equivalent)
  }

  /// A note for each mutant that survived, or that nothing is known of.
  package func diagnostics(in set: PolicySet) -> [Diagnostic] {
    judged.compactMap { item in
      switch item.verdict {
      case .caught, .equivalent: nil
      case .survived(let witness): MutantSurvived.at(item.mutant.span, item.text, witness, in: set)
      case .undecided: MutantSurvived.undecided(item.mutant.span, item.text)
      }
    }
  }
}
