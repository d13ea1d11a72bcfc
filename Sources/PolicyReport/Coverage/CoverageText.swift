package import PolicyAnalysis
package import PolicyModel
import PolicySource

/// Coverage for people.
package enum CoverageText {
  /// One line, such as `covered: 92.3% of 26 rules, 78% of 140 cells`; nothing where the set has
  /// nothing to cover.
  package static func summary(_ coverage: Coverage) -> String? {
    let parts = CoverageMeasure.allCases.compactMap { measure -> String? in
      let share = coverage.share(of: measure)
      guard share.all > 0 else { return nil }
      return "\(share.percent) of \(measure.count(share.all))"
    }
    return parts.isEmpty ? nil : "covered: " + parts.joined(separator: ", ")
  }

  /// What lacks, with its places: for each measure a heading, and a line for each gap.
  ///
  /// Beyond `most` gaps of a measure the rest is counted; nil shows all.
  package static func table(
    _ coverage: Coverage,
    of set: PolicySet,
    measures: [CoverageMeasure] = CoverageMeasure.allCases,
    atMost most: Int? = nil
  ) -> String {
    measures.map { measure in
      let share = coverage.share(of: measure)
      guard !share.isWhole else { return "" }
      let gaps = coverage.gaps(in: measure, of: set)
      let lacking = Tally.grouped(share.all - share.covered)
      var text = "\(lacking) of \(measure.count(share.all)) not covered:\n"
      let shown = gaps.prefix(most ?? gaps.count)
      for gap in shown {
        text += VisibleText.of("  \(set.sources.description(gap.span)): \(gap.text)") + "\n"
      }
      if shown.count < gaps.count {
        text += "  and \(Tally.grouped(gaps.count - shown.count)) more\n"
      }
      return text
    }.joined()
  }
}
