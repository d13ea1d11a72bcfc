package import PolicyAnalysis

/// What came of the mutants of a policy set, for people.
package enum MutantText {
  /// One line, such as `40 mutants: 2 equivalent, 30 caught, 8 survived; score 78.94%`.
  package static func summary(_ run: MutantRun) -> String {
    var parts: [String] = []
    if run.equivalent > 0 { parts.append("\(Tally.grouped(run.equivalent)) equivalent") }
    parts.append("\(Tally.grouped(run.caught)) caught")
    if run.survived > 0 { parts.append("\(Tally.grouped(run.survived)) survived") }
    if run.undecided > 0 { parts.append("\(Tally.grouped(run.undecided)) undecided") }
    let chosen = run.judged.count < run.all ? " of \(Tally.grouped(run.all))" : ""
    return "\(Tally.grouped(run.judged.count))\(chosen) "
      + (run.all == 1 ? "mutant" : "mutants")
      + ": \(parts.joined(separator: ", ")); score \(run.score.percent)"
  }
}
