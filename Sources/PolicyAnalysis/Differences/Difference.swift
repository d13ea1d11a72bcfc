package import PolicyEngine
package import PolicyModel

/// Which way access changed.
package enum ChangeKind: String, CaseIterable, Hashable, Sendable {
  /// Some requests are allowed that were not, and none is denied that was allowed.
  case widened
  /// The other way round.
  case narrowed
  /// Both: some requests are allowed that were not, and others no longer are.
  case reconditioned = "re-conditioned"
}

/// Whose access changed.
package enum ChangeSubject: Hashable, Sendable {
  /// Someone who holds a policy, and what everyone holds.
  case policy(PolicyPair)
  /// Someone to whom the set gives policies, in words, by an assignment, a group or a place.
  case principal(String)
}

/// The rules that one side has for an action, or has otherwise, and the other lacks; each set knows
/// its own.
package typealias Causes = SidePair<[RuleIndex]>

/// A change of access, alike for some actions.
package struct AccessChange: Sendable {
  /// Several if the same rules change the access of several policies, which include each other.
  package var subjects: [ChangeSubject]
  package let kind: ChangeKind
  /// As the joined set knows them.
  package let actions: ActionSet
  package let causes: Causes
  /// A request that is allowed and was not.
  package let widening: Evidence?
  /// A request that was allowed and is not.
  package let narrowing: Evidence?
}

/// Actions that only one side has, and what allows them there.
package struct Growth: Sendable {
  package var policies: [PolicyPair]
  package let actions: ActionSet
  /// The rules that allow them, as their set knows them.
  package let rules: [RuleIndex]
  /// Whether the other side has all of these rules word for word: that they reach the actions is
  /// due to the catalogue alone.
  package let isByPattern: Bool
  package let evidence: Evidence
}

/// Something that differs, of which no request was found that shows it, and no proof that none does.
package struct Undecided: Hashable, Sendable {
  package let subject: ChangeSubject
  package let direction: Direction
  package let actions: ActionSet
}

/// A built-in policy of the old set that is not what it was.
package struct AlteredBuiltIn: Sendable {
  package enum Reason: Sendable {
    /// There is none of its name.
    case removed
    /// There is one, which is not built-in.
    case unmarked
    /// It decides otherwise about these actions, by itself.
    case changed(ActionSet)
  }

  /// As the joined set knows it.
  package let old: PolicyIndex
  /// What took its place, if anything did.
  package let new: PolicyIndex?
  package let reason: Reason
}

/// What is different between two policy sets.
package struct Difference: Sendable {
  package let joined: JoinedSets
  /// Policies with another name and equal cells; no change of access.
  package var renamed: [PolicyPair] = []
  package var alteredBuiltIns: [AlteredBuiltIn] = []
  package var changes: [AccessChange] = []
  /// Actions that the catalogue gained, and what allows them.
  package var gained: [Growth] = []
  /// Actions that the catalogue lost, and what allowed them.
  package var lost: [Growth] = []
  package var undecided: [Undecided] = []
  /// Policies whose rules differ where no request is decided otherwise.
  package var withoutEffect: [(policy: PolicyPair, actions: ActionSet)] = []

  /// Whether every request is decided alike, as far as is known.
  package var isEmpty: Bool {
    changes.isEmpty && gained.isEmpty && lost.isEmpty && undecided.isEmpty
  }

  /// Whether policies and actions also have the same names, and nothing differs without effect.
  package var isUnremarkable: Bool {
    func names(_ side: Side) -> Set<String> {
      Set(joined.sets[side].policies.elements.map(\.heading.name))
    }
    return isEmpty && alteredBuiltIns.isEmpty && renamed.isEmpty && withoutEffect.isEmpty
      && joined.own(.old).isEmpty && joined.own(.new).isEmpty && names(.old) == names(.new)
  }

  /// Whether some request is allowed that was not.
  package var isWidened: Bool { !gained.isEmpty || changes.contains { $0.kind != .narrowed } }

  /// Whether some request is no longer allowed that was.
  package var isNarrowed: Bool { !lost.isEmpty || changes.contains { $0.kind != .widened } }
}
