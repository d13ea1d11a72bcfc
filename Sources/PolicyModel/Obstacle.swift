package import PolicyEngine
package import PolicySource

/// What a request says of something that a condition reads.
package struct Reading: Hashable, Sendable {
  package let term: Term
  /// Nil when the request says nothing of it.
  package let value: Value?
}

/// A smallest part of a condition that would have to be true and is not.
package struct Obstacle: Hashable, Sendable {
  /// The part as it would have to hold, negations included.
  package let condition: Condition
  /// `no`, or `unknown` when something that decides is missing.
  package let truth: Truth
  /// What it reads, each term once, from left to right.
  package let readings: [Reading]
  /// Where its checks stand; more than one for alternatives.
  package let spans: [SourceSpan]

  /// The terms that the request says nothing of.
  package var missing: [Term] { readings.filter { $0.value == nil }.map(\.term) }
}

/// The smallest parts of a condition that keep it from being true of a request; none when it is.
///
/// Conjunctions are taken apart. Of a disjunction that is not true no part is, and it stays whole.
package func obstacles(
  to condition: Condition,
  for request: RequestData,
  in set: PolicySet
) -> [Obstacle] {
  guard truth(of: condition, for: request, in: set) != .yes else { return [] }
  switch condition {
  case .all(let parts):
    return parts.flatMap { obstacles(to: $0, for: request, in: set) }
  case .any(let parts) where parts.count == 1:
    return obstacles(to: parts[0], for: request, in: set)
  case .not(.not(let inner)):
    return obstacles(to: inner, for: request, in: set)
  case .not(.any(let parts)):
    return parts.flatMap { obstacles(to: .not($0), for: request, in: set) }
  case .not(.all(let parts)) where parts.count == 1:
    return obstacles(to: .not(parts[0]), for: request, in: set)
  case .not(.all(let parts)):
    return [obstacle(.any(parts.map { .not($0) }), for: request, in: set)]
  case .check, .constant, .any, .not:
    return [obstacle(condition, for: request, in: set)]
  }
}

/// The smallest parts of a condition that are unknown and leave it unknown.
///
/// They are written as they stand there, so that `missing` says what to give.
package func unknowns(
  of condition: Condition,
  for request: RequestData,
  in set: PolicySet
) -> [Obstacle] {
  guard truth(of: condition, for: request, in: set) == .unknown else { return [] }
  switch condition {
  case .all(let parts), .any(let parts):
    return parts.flatMap { unknowns(of: $0, for: request, in: set) }
  case .check, .constant, .not(.check):
    return [obstacle(condition, for: request, in: set)]
  case .not(let inner):
    return unknowns(of: inner, for: request, in: set)
  }
}

private func obstacle(
  _ condition: Condition,
  for request: RequestData,
  in set: PolicySet
) -> Obstacle {
  var terms: [Term] = []
  for term in condition.checks.flatMap(\.check.terms) where !terms.contains(term) {
    terms.append(term)
  }
  return Obstacle(
    condition: condition,
    truth: truth(of: condition, for: request, in: set),
    readings: terms.map { Reading(term: $0, value: request.value(of: $0)) },
    spans: condition.checks.map(\.span)
  )
}
