package import PolicyEngine
package import PolicyModel

/// Why a rule has no effect for some of its actions.
package enum Deadness: Hashable, Sendable {
  /// An allow whose every case is denied.
  case overruled([RuleIndex])
  /// Others do the same already; empty where they are too many to tell.
  case covered([RuleIndex])
  /// A deny of what no rule allows.
  case withoutEffect

  /// The rules that make it so.
  package var rules: [RuleIndex] {
    switch self {
    case .overruled(let rules), .covered(let rules): rules
    case .withoutEffect: []
    }
  }
}

extension RuleProver {
  /// Why taking some actions out of a rule changes no decision; nil if it may change one.
  ///
  /// - Parameters:
  ///   - index: The rule.
  ///   - actions: Some of its actions.
  ///   - gone: What is said already to have no effect, and covers nothing any more.
  /// - Returns: One reason for all the actions.
  package mutating func deadness(
    of index: RuleIndex,
    for actions: ActionSet,
    without gone: [RuleIndex: ActionSet]
  ) -> Deadness? {
    switch set.rules[index].effect {
    case .allow where isOverruled(index, for: actions):
      return .overruled(overruling(index, for: actions))
    case .deny where !hasEffect(index, for: actions):
      return .withoutEffect
    case .allow, .deny:
      guard isCovered(index, for: actions) else { return nil }
      let rest = rivals(of: index, for: actions).compactMap { rival -> Contribution? in
        guard let dead = gone[rival.rule] else { return rival }
        let left = rival.actions.subtracting(dead)
        return left.isEmpty
          ? nil : Contribution(rule: rival.rule, actions: left, diagram: rival.diagram)
      }
      guard isCovered(index, for: actions, by: rest) else { return nil }
      return .covered(covering(index, for: actions, among: rest))
    }
  }
}
