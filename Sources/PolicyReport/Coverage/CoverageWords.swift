package import PolicyAnalysis
import PolicyEngine
package import PolicyModel
package import PolicySource

/// Something that the tests of a policy set leave out.
package struct CoverageGap: Sendable {
  package let span: SourceSpan
  /// The id of a rule, the name of a policy, or a check as it would be written.
  package let subject: String
  /// What lacks, in one phrase, such as "`context.mfa` is never true".
  package let text: String
}

extension Coverage {
  /// What lacks in a measure, in source order.
  ///
  /// - Complexity: O(what is measured × log).
  package func gaps(in measure: CoverageMeasure, of set: PolicySet) -> [CoverageGap] {
    let gaps =
      switch measure {
      case .rules: ruleGaps(of: set)
      case .cells: cellGaps(of: set)
      case .outcomes: outcomeGaps(of: set)
      case .checks: checkGaps(of: set)
      }
    return gaps.enumerated().sorted { ($0.element.span, $0.offset) < ($1.element.span, $1.offset) }
      .map(\.element)
  }

  private func ruleGaps(of set: PolicySet) -> [CoverageGap] {
    set.rules.indices.filter { rules[$0].decided == 0 }.map { index in
      let rule = set.rules[index]
      let actions = Fingerprint.words(set.sources.text(rule.actionsSpan))
      let applied = rules[index].applied
      let reason =
        applied > 0 ? ", which \(Tally.count(applied, "time")) applied, and was overruled" : ""
      return CoverageGap(
        span: rule.actionsSpan,
        subject: rule.id,
        text: "`\(rule.id)`: \(rule.effect.word) \(actions)\(reason)"
      )
    }
  }

  private func cellGaps(of set: PolicySet) -> [CoverageGap] {
    var patterns = ActionPatterns(set.catalogue)
    return set.policies.indices.compactMap { index in
      let lacking = cells[index].all.subtracting(cells[index].covered)
      guard !lacking.isEmpty else { return nil }
      let heading = set.policies[index].heading
      let actions = patterns.patterns(lacking).joined(separator: ", ")
      return CoverageGap(
        span: heading.nameSpan,
        subject: heading.name,
        text: "`\(heading.name)` on \(actions)"
      )
    }
  }

  private func outcomeGaps(of set: PolicySet) -> [CoverageGap] {
    set.rules.indices.flatMap { index -> [CoverageGap] in
      let rule = set.rules[index]
      guard let outcomes = rules[index].outcomes else { return [] }
      let when = rule.condition.map { "when \(describe($0, in: set))" }
      let unless = rule.exception.map { "unless \(describe($0, in: set))" }
      let condition = [when, unless].compactMap { $0 }.joined(separator: " ")
      return texts(outcomes).map { text in
        CoverageGap(
          span: rule.actionsSpan,
          subject: rule.id,
          text: "the condition of `\(rule.id)`, `\(condition)`, is never \(text)"
        )
      }
    }
  }

  private func checkGaps(of set: PolicySet) -> [CoverageGap] {
    checks.flatMap { check in
      let subject = describe(check.condition, in: set)
      return texts(check.outcomes).map { text in
        CoverageGap(span: check.span, subject: subject, text: "`\(subject)` is never \(text)")
      }
    }
  }

  /// What is never seen of a condition, such as `true (unknown 3 times)`.
  private func texts(_ outcomes: ConditionOutcomes) -> [String] {
    let lacking = outcomes.lacking
    guard outcomes.isReached || lacking.isEmpty else { return ["asked"] }
    let unknown = outcomes.unknown
    let remark = unknown > 0 ? " (unknown \(Tally.count(unknown, "time")))" : ""
    return lacking.map { "\($0)\(remark)" }
  }
}

extension CoverageMeasure {
  /// What it counts, such as `3 condition outcomes`.
  package func count(_ number: Int) -> String {
    switch self {
    case .rules: Tally.count(number, "rule")
    case .cells: Tally.count(number, "cell")
    case .outcomes: Tally.count(number, "condition outcome")
    case .checks: Tally.count(number, "check outcome")
    }
  }
}

extension CoverageShare {
  /// Such as `87.5%`, rounded down.
  package var percent: String { Self.percent(basisPoints) }

  /// Hundredths of a percent, without zeros at the end.
  package static func percent(_ basisPoints: Int) -> String {
    let rest = basisPoints % 100
    guard rest > 0 else { return "\(basisPoints / 100)%" }
    let digits = rest % 10 == 0 ? "\(rest / 10)" : (rest < 10 ? "0\(rest)" : "\(rest)")
    return "\(basisPoints / 100).\(digits)%"
  }
}
