import PolicyEngine
import PolicySource
package import PolicyModel

/// Every mistake that is looked for in a policy set, in source order.
///
/// Mistakes that the language would refuse are not among them: a `has` where absence would widen, an
/// allow that reaches nothing. A mistake in a `let` is one, however many rules use it.
/// The patterns are those of its rules, by position. Where boundaries are asked for, checks are also
/// taken for true, for false, and for what suits where something is missing, which nobody would write.
/// - Complexity: O(rules, parts of patterns, size of conditions, assignments).
package func findMutants(
  in set: PolicySet,
  _ patterns: [RulePatterns],
  atBoundaries: Bool = false
) -> [Mutant] {
  var search = MutantSearch(set: set, looksAtBoundaries: atBoundaries)
  for index in set.rules.indices { search.look(at: index, patterns[index.position]) }
  for index in set.assignments.indices { search.look(at: index) }
  for index in set.policies.indices { search.look(at: index) }
  return search.found.enumerated()
    .sorted { ($0.element.span, $0.offset) < ($1.element.span, $1.offset) }
    .map(\.element)
}

/// Some of many mutants: the same ones for the same numbers, and none more likely than another.
///
/// - Complexity: O(mutants).
package func sampled(_ mutants: [Mutant], atMost most: Int) -> [Mutant] {
  guard mutants.count > most else { return mutants }
  // Selection sampling (Knuth, The Art of Computer Programming 2, algorithm S), which keeps the order.
  var random = SplitMix(seed: 7)
  var chosen: [Mutant] = []
  for (position, mutant) in mutants.enumerated() where chosen.count < most {
    if random.below(mutants.count - position) < most - chosen.count { chosen.append(mutant) }
  }
  return chosen
}

private struct MutantSearch {
  let set: PolicySet
  var found: [Mutant] = []
  private let looksAtBoundaries: Bool
  private var seen: Set<ConditionChange> = []

  init(set: PolicySet, looksAtBoundaries: Bool) {
    self.set = set
    self.looksAtBoundaries = looksAtBoundaries
  }

  private mutating func add(_ mutation: Mutation, at span: SourceSpan, of rule: RuleIndex? = nil) {
    found.append(Mutant(mutation: mutation, span: span, rule: rule))
  }

  mutating func look(at index: RuleIndex, _ patterns: RulePatterns) {
    let rule = set.rules[index]
    let isPresenceRead = rule.guardCondition?.hasPresence ?? false
    let flipped: Effect = rule.effect == .allow ? .deny : .allow
    if !isPresenceRead, !patterns.all.of(flipped).isEmpty {
      add(.ruleFlipped(index), at: rule.span)
    }
    add(.ruleRemoved(index), at: rule.span)
    for (position, part) in patterns.parts.enumerated() {
      let left = part.without.of(rule.effect)
      guard !left.isEmpty, left != rule.actions else { continue }
      let mutation = Mutation.patternDropped(
        index,
        part: position,
        isException: part.isException
      )
      add(mutation, at: part.span)
    }
    if let condition = rule.condition {
      add(
        .clauseDropped(index, .when),
        at: condition.extent ?? rule.span,
        of: user(index, condition)
      )
      look(at: condition, in: rule.span, of: index, forgiven: rule.effect == .allow)
    }
    if let exception = rule.exception {
      add(
        .clauseDropped(index, .unless),
        at: exception.extent ?? rule.span,
        of: user(index, exception)
      )
      look(at: exception, in: rule.span, of: index, forgiven: rule.effect == .deny)
    }
  }

  mutating func look(at index: AssignmentIndex) {
    let assignment = set.assignments[index]
    add(.assignmentRemoved(index), at: assignment.span)
    if assignment.policies.count > 1 {
      for policy in assignment.policies {
        add(.policyUnassigned(index, policy), at: assignment.span)
      }
    }
    if assignment.subjects.count > 1 {
      for subject in assignment.subjects {
        add(.subjectDropped(index, subject), at: assignment.span)
      }
    }
    for place in assignment.places {
      if let other = neighbour(of: place), !assignment.places.contains(other) {
        add(.placeMoved(index, from: place, to: other), at: assignment.span)
      }
    }
    if !assignment.places.isEmpty { add(.placesDropped(index), at: assignment.span) }
    if let condition = assignment.condition {
      add(.premiseDropped(index), at: condition.extent ?? assignment.span)
      look(at: condition, in: assignment.span)
    }
  }

  mutating func look(at index: PolicyIndex) {
    let policy = set.policies[index]
    for included in policy.includes {
      add(.includeRemoved(index, included), at: policy.heading.nameSpan)
    }
  }

  /// What could be wrong in a condition, each once: those of a `let` were seen at its first use.
  private mutating func look(
    at condition: Condition,
    in span: SourceSpan,
    of rule: RuleIndex? = nil,
    forgiven: Bool? = nil
  ) {
    let changes = ConditionChanges(condition, forgiven: looksAtBoundaries ? forgiven : nil)
    for (change, place) in changes.found where seen.insert(change).inserted {
      let isOwn = change.target.checks.contains { span.covers($0.span) }
      add(
        .conditionChanged(change),
        at: place ?? span,
        of: isOwn && place.map { !span.covers($0) } ?? false ? rule : nil
      )
    }
  }

  /// The rule, if a clause of it has no check that stands in it.
  private func user(_ index: RuleIndex, _ condition: Condition) -> RuleIndex? {
    let span = set.rules[index].span
    return condition.extent.map { span.covers($0) } ?? true ? nil : index
  }

  /// The next unit beside a unit; without one, the unit above or the first below.
  private func neighbour(of unit: UnitIndex) -> UnitIndex? {
    let parent = set.units[unit].parent
    let siblings = set.units.indices.filter { $0 != unit && set.units[$0].parent == parent }
    if let next = siblings.first(where: { $0 > unit }) ?? siblings.first { return next }
    if let parent { return parent }
    let below = set.units[unit].subtree
    return below.count > 1 ? UnitIndex(below.lowerBound + 1) : nil
  }
}

extension SourceSpan {
  /// Whether another is a part of it.
  fileprivate func covers(_ other: SourceSpan) -> Bool {
    file == other.file && lower <= other.lower && other.upper <= upper
  }
}
