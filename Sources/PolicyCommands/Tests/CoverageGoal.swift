import PolicyAnalysis
import PolicyReport

/// How much of a measure has to be covered.
struct CoverageGoal: Hashable {
  let measure: CoverageMeasure
  /// In hundredths of a percent.
  let basisPoints: Int

  /// Whether so much is covered, to the last rule.
  func isReached(by share: CoverageShare) -> Bool {
    share.covered * 10_000 >= basisPoints * share.all
  }

  /// Such as `87.5%`.
  var percent: String { CoverageShare.percent(basisPoints) }

  /// Reads what `--min-coverage` was given: a percentage for every measure, `MEASURE=PERCENT` for
  /// one, or several with commas between them, of which those with a name win.
  static func goals(_ values: [String]) throws(Failure) -> [CoverageGoal] {
    var all: Int?
    var named: [CoverageMeasure: Int] = [:]
    for part in values.flatMap({ $0.split(separator: ",", omittingEmptySubsequences: false) }) {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map(String.init)
      let points = try Percentage.basisPoints(
        of: sides[sides.count - 1],
        help: "write a number from 0 to 100, such as `--min-coverage 80` or "
          + "`--min-coverage rules=100,cells=87.5`"
      )
      guard sides.count == 2 else {
        guard all == nil else { throw twice("every measure") }
        all = points
        continue
      }
      guard let measure = CoverageMeasure(rawValue: sides[0]) else {
        throw .unknown("measure", sides[0], among: CoverageMeasure.allCases.map(\.rawValue))
      }
      guard named.updateValue(points, forKey: measure) == nil else { throw twice(sides[0]) }
    }
    return CoverageMeasure.allCases.compactMap { measure in
      (named[measure] ?? all).map { CoverageGoal(measure: measure, basisPoints: $0) }
    }
  }

  private static func twice(_ what: String) -> Failure {
    Failure("`--min-coverage` is given twice for \(what)")
  }
}
