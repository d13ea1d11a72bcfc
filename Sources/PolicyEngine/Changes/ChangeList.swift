/// Counts changes, and names the first of them.
struct ChangeList {
  /// Where a change is counted.
  enum Kind {
    case answers, conditions, assignments, groups, units
  }

  private(set) var changes = PolicyChanges()
  /// How many changes are named.
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  /// Adds a change; what it is called is asked only where it is told.
  mutating func add(_ kind: Kind, isWidening: Bool, _ subject: () -> PolicyChange.Subject) {
    switch kind {
    case .answers: changes.answers.add(isWidening)
    case .conditions: changes.conditions.add(isWidening)
    case .assignments: changes.assignments.add(isWidening)
    case .groups: changes.groups.add(isWidening)
    case .units: changes.units.add(isWidening)
    }
    let isFirst = isWidening && changes.firstWidening == nil
    guard isFirst || changes.named.count < limit else { return }
    let change = PolicyChange(subject: subject(), isWidening: isWidening)
    if isFirst { changes.firstWidening = change }
    if changes.named.count < limit { changes.named.append(change) }
  }
}

extension PolicyChanges.Count {
  fileprivate mutating func add(_ isWidening: Bool) {
    if isWidening { widened += 1 } else { narrowed += 1 }
  }
}
