import PolicyCompiler
import PolicyEngine
package import PolicyModel
import PolicySource

/// Proves that conditions, or parts of them, are never true or never false.
///
/// Every check of the set has a diagram of its own here, so that the parts of a condition can be
/// asked about, and not only the condition as a whole. What is claimed is true of every request.
package struct ConditionProver {
  var store: DiagramStore
  let variables: [Variable]
  private var feasibility: Feasibility
  private var diagramOfCheck: [Check: Diagram] = [:]
  private var verdicts: [Diagram: Constancy?] = [:]

  /// - Parameter set: A policy set that checks.
  /// - Complexity: That of the diagrams of all distinct checks in its conditions.
  package init(_ set: PolicySet) {
    var checks: [Check] = []
    var seen: Set<Check> = []
    for condition in set.allConditions {
      condition.forEachCheck { check, _ in
        if seen.insert(check).inserted { checks.append(check) }
      }
    }
    var bare = PolicySet(sources: set.sources)
    bare.catalogue = set.catalogue
    let place = SourceSpan(file: FileID(0), lower: 0, upper: 0)
    let diagrams = PolicyDiagrams(
      bare,
      extras: DiagramExtras(conditions: checks.map { .check($0, place) })
    )
    store = diagrams.store
    variables = diagrams.variables
    feasibility = Feasibility(diagrams.variables, in: set)
    for (check, diagram) in zip(checks, diagrams.extraConditions) {
      diagramOfCheck[check] = diagram
    }
  }

  /// When the condition holds; its checks are those of the set.
  ///
  /// - Complexity: O(size of the condition) combinations.
  mutating func diagram(of condition: Condition) -> Diagram {
    switch condition {
    case .constant(let value): return value ? .yes : .no
    case .check(let check, _): return diagramOfCheck[check] ?? .unknown
    case .not(let inner): return store.map(.not, diagram(of: inner))
    case .all(let parts):
      let diagrams = parts.map { diagram(of: $0) }
      return store.reduce(.and, [.yes] + diagrams)
    case .any(let parts):
      let diagrams = parts.map { diagram(of: $0) }
      return store.reduce(.or, [.no] + diagrams)
    }
  }

  /// Whether a condition of the set says the same of all requests; nil if it does not.
  package mutating func constancy(of condition: Condition) -> Constancy? {
    constancy(of: diagram(of: condition))
  }

  private mutating func constancy(of diagram: Diagram) -> Constancy? {
    if let known = verdicts[diagram] { return known }
    let isNeverTrue = !isPossible(Mapping(no: 0, unknown: 0, yes: 2), diagram)
    let isNeverFalse = !isPossible(Mapping(no: 2, unknown: 0, yes: 0), diagram)
    let isKnown = !isPossible(Mapping(no: 0, unknown: 2, yes: 0), diagram)
    let result: Constancy? =
      isNeverTrue
      ? (isKnown ? .alwaysFalse : .neverTrue)
      : isNeverFalse ? (isKnown ? .alwaysTrue : .neverFalse) : nil
    verdicts[diagram] = .some(result)
    return result
  }

  private mutating func isPossible(_ mapping: Mapping, _ diagram: Diagram) -> Bool {
    let mapped = store.map(mapping, diagram)
    return feasibility.isPossible(mapped, &store)
  }

  /// Whether some conditions are never true together.
  mutating func conflict(_ conditions: [Condition]) -> Bool {
    let diagrams = conditions.map { diagram(of: $0) }
    let both = store.reduce(.and, [.yes] + diagrams)
    return !isPossible(Mapping(no: 0, unknown: 0, yes: 2), both)
  }
}

/// What a condition says of all requests alike.
package enum Constancy: Hashable, Sendable {
  /// It is false of every request.
  case alwaysFalse
  /// It is true of none: false, or unknown where something that it compares is missing.
  case neverTrue
  /// It is true of every request.
  case alwaysTrue
  /// It is false of none: true, or unknown where something that it compares is missing.
  case neverFalse

  /// Whether no request makes it true.
  package var isNegative: Bool { self == .alwaysFalse || self == .neverTrue }
}

extension PolicySet {
  /// The conditions of rules, assignments and assertions.
  fileprivate var allConditions: [Condition] {
    rules.elements.compactMap(\.condition) + rules.elements.compactMap(\.exception)
      + assignments.elements.compactMap(\.condition) + assertions.compactMap(\.condition)
  }
}

extension Condition {
  /// Visits every check in it, from left to right.
  func forEachCheck(_ body: (Check, SourceSpan) -> Void) {
    switch self {
    case .constant: break
    case .not(let inner): inner.forEachCheck(body)
    case .all(let parts), .any(let parts): for part in parts { part.forEachCheck(body) }
    case .check(let check, let span): body(check, span)
    }
  }
}
