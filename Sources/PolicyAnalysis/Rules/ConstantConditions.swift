package import PolicyModel
import PolicySource

/// A part of a condition that says the same of all requests.
package struct ConstantCondition: Hashable, Sendable {
  package let constancy: Constancy
  /// The fewest parts that are never true together, or one of which is always true.
  package let core: [Condition]

  /// What is constant: the parts of the core joined.
  package var condition: Condition {
    guard core.count > 1 else { return core.first ?? .constant(false) }
    return constancy.isNegative ? .all(core) : .any(core)
  }
}

extension ConditionProver {
  /// What is constant in the conditions of a rule: in the two together, or else in each.
  ///
  /// - Complexity: O(size) combinations, and O(parts³) for a condition that is constant.
  package mutating func constants(in rule: Rule) -> [ConstantCondition] {
    if let condition = rule.condition, let exception = rule.exception,
      constancy(of: condition) == nil, constancy(of: exception) == nil
    {
      let both = Condition.all([condition, .not(exception)])
      if constancy(of: both) != nil { return constants(in: both) }
    }
    return [rule.condition, rule.exception].flatMap { condition in
      condition.map { constants(in: $0) } ?? []
    }
  }

  /// What is constant in a condition, as the smallest parts that are so by themselves.
  package mutating func constants(in condition: Condition) -> [ConstantCondition] {
    if case .not(let inner) = condition, !inner.isCheck { return constants(in: inner) }
    guard let constancy = constancy(of: condition) else {
      return condition.parts.flatMap { constants(in: $0) }
    }
    // A condition that is never false is one whose negation is never true.
    let isNegated = !constancy.isNegative
    let least = smallestConflict(condition.conjuncts(isNegated: isNegated))
    if least.count == 1, let only = least.first {
      let alternatives = only.alternatives
      // None of the alternatives is possible, each for a reason of its own.
      if alternatives.count > 1 {
        return alternatives.flatMap { constants(in: isNegated ? $0.negated : $0) }
      }
    }
    let core = isNegated ? least.map(\.negated) : least
    let joined = core.count == 1 ? core[0] : isNegated ? Condition.any(core) : .all(core)
    return [ConstantCondition(constancy: self.constancy(of: joined) ?? constancy, core: core)]
  }

  /// The fewest of some conditions, never true together, that are never true together.
  ///
  /// Exactly the fewest up to three; of more, such that none can be spared.
  private mutating func smallestConflict(_ parts: [Condition]) -> [Condition] {
    for part in parts where conflict([part]) { return [part] }
    guard parts.count <= 60 else { return irreducible(parts) }
    for (index, first) in parts.enumerated() {
      for second in parts[(index + 1)...] where conflict([first, second]) {
        return [first, second]
      }
    }
    guard parts.count > 3, parts.count <= 20 else { return irreducible(parts) }
    for (index, first) in parts.enumerated() {
      for (next, second) in parts.enumerated().dropFirst(index + 1) {
        for third in parts[(next + 1)...] where conflict([first, second, third]) {
          return [first, second, third]
        }
      }
    }
    return irreducible(parts)
  }

  private mutating func irreducible(_ parts: [Condition]) -> [Condition] {
    var needed = parts
    for index in parts.indices.reversed() {
      var rest = needed
      rest.remove(at: index)
      if conflict(rest) { needed = rest }
    }
    return needed
  }
}

extension Condition {
  fileprivate var isCheck: Bool {
    if case .check = self { true } else { false }
  }

  /// The conditions that it joins; the elements of a list are none that a reader sees.
  fileprivate var parts: [Condition] {
    switch self {
    case .all(let parts): parts
    case .any(let parts): isList ? [] : parts
    case .constant, .check, .not: []
    }
  }

  /// Whether it is what a check with a list stands for: all checks are one text.
  var isList: Bool {
    guard case .any(let parts) = self, parts.count > 1 else { return false }
    var spans: Set<SourceSpan> = []
    for part in parts {
      guard case .check(_, let span) = part else { return false }
      spans.insert(span)
    }
    return spans.count == 1
  }

  var negated: Condition {
    if case .not(let inner) = self { return inner }
    return .not(self)
  }

  /// What it, or its negation, says is true all at once.
  fileprivate func conjuncts(isNegated: Bool) -> [Condition] {
    switch (self, isNegated) {
    case (.not(let inner), _): inner.conjuncts(isNegated: !isNegated)
    case (.all(let parts), false): parts.flatMap { $0.conjuncts(isNegated: false) }
    case (.any(let parts), true) where !isList:
      parts.flatMap { $0.conjuncts(isNegated: true) }
    default: [isNegated ? negated : self]
    }
  }

  /// What it says is true at least once of.
  fileprivate var alternatives: [Condition] {
    switch self {
    case .any(let parts) where !isList: parts
    case .not(.all(let parts)): parts.map(\.negated)
    default: [self]
    }
  }
}
