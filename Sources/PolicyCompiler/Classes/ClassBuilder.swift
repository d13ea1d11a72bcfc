import PolicyEngine
import PolicyModel

/// Collects the classes of one variable: values with the same answers to every check share one.
///
/// Ancestor: equivalence classes of packet classification (P. Gupta and N. McKeown, "Packet
/// Classification on Multiple Fields", 1999).
struct ClassBuilder {
  /// The checks on the term whose answers tell values apart, in a fixed order.
  let checks: [Check]
  /// Class 0 is *missing* and has no answers.
  private(set) var witnesses: [ClassWitness] = [.missing]
  private(set) var answers: [[Bool]] = [[]]
  private var known: [[Bool]: Int] = [:]

  init(checks: [Check]) {
    self.checks = checks
  }

  /// The class of values with the given answers; the first witness that is there is kept.
  mutating func add(_ answer: [Bool], witness: Value?) -> Int {
    if let index = known[answer] {
      if case .none = witnesses[index], let witness { witnesses[index] = .value(witness) }
      return index
    }
    known[answer] = witnesses.count
    witnesses.append(witness.map { .value($0) } ?? .none)
    answers.append(answer)
    return witnesses.count - 1
  }

  /// The class of a value, its answers found by asking.
  mutating func add(_ value: Value) -> Int {
    add(checks.map { ask($0, value) }, witness: value)
  }
}

/// The answer of a check on one term for a value that is not a set.
func ask(_ check: Check, _ value: Value) -> Bool {
  switch (check, value) {
  case (.has, _): true
  case (.isTrue, .bool(let value)): value
  case (.equals(_, let constant), _): constant == value
  case (.compare(_, let order, .int(let constant)), .int(let value)):
    order == .less ? value < constant : value <= constant
  case (.compare(_, let order, .time(let constant)), .time(let value)):
    order == .less ? value < constant : value <= constant
  case (.inBlock(_, let block), .ip(let value)): block.contains(value)
  case (.like(_, let pattern), .string(let value)): pattern.matches(value)
  case (.under(_, let ancestor), .path(let value)): PathText.isUnder(value, ancestor)
  default: false
  }
}
