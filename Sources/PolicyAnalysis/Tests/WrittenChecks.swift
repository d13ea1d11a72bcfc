import PolicyEngine
import PolicyModel
import PolicySource

/// The checks in the conditions of rules, as they are written: `x in [a, b]` is one, though the
/// policy set has it as two questions, since both have its place.
struct WrittenChecks {
  /// In source order; a check of a `let` stands once, however many rules use it.
  let checks: [CheckCoverage]
  /// For each rule, the positions of its checks, from left to right.
  let ofRule: [[Int]]

  /// - Complexity: O(size of all conditions × their depth).
  init(_ set: PolicySet) {
    var found: [[SourceSpan]] = []
    var written: [SourceSpan: Condition] = [:]
    for rule in set.rules.elements {
      var spans: [SourceSpan] = []
      var seen: Set<SourceSpan> = []
      if let condition = rule.guardCondition {
        Self.collect(condition) { part, span in
          guard seen.insert(span).inserted else { return }
          spans.append(span)
          if written[span] == nil { written[span] = part }
        }
      }
      found.append(spans)
    }
    var positions: [SourceSpan: Int] = [:]
    var checks: [CheckCoverage] = []
    for (span, condition) in written.sorted(by: { $0.key < $1.key }) {
      positions[span] = checks.count
      checks.append(
        CheckCoverage(condition: condition, span: span, outcomes: ConditionOutcomes())
      )
    }
    self.checks = checks
    ofRule = found.map { spans in spans.compactMap { positions[$0] } }
  }

  /// The largest parts of a condition that have one place, without `not` around them.
  private static func collect(
    _ condition: Condition,
    _ found: (Condition, SourceSpan) -> Void
  ) {
    switch condition {
    case .constant: break
    case .check(_, let span): found(condition, span)
    case .not(let inner): collect(inner, found)
    case .all(let parts), .any(let parts):
      if let span = place(of: condition) {
        found(condition, span)
      } else {
        for part in parts { collect(part, found) }
      }
    }
  }

  /// The one place of all checks in a condition; nil if they have several, or there are none.
  private static func place(of condition: Condition) -> SourceSpan? {
    switch condition {
    case .constant: return nil
    case .check(_, let span): return span
    case .not(let inner): return place(of: inner)
    case .all(let parts), .any(let parts):
      guard let first = parts.first.flatMap({ place(of: $0) }) else { return nil }
      return parts.allSatisfy { place(of: $0) == first } ? first : nil
    }
  }
}
