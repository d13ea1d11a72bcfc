package import PolicyAnalysis
import PolicyEngine
package import PolicyModel
import PolicySource

/// Coverage as a tracefile of LCOV, which editors and services of continuous integration show beside
/// the source.
///
/// The lines of a rule, annotations apart, count how often it decided; where rules share a line, the
/// one that decided least often. A condition is block 0 of its rule's first line, with branch 0 for
/// true and branch 1 for false; where rules share a line, the blocks go on. The checks of a condition
/// that has several are blocks of the lines where they are written. A check outside every rule, which
/// is in a `let`, makes a line of its own, which counts how often it was asked.
///
/// Source: the manual page of geninfo, "FILES".
package enum LCOVReport {
  /// The tracefile: a record for each file with rules, in the order of their paths.
  ///
  /// - Complexity: O(lines of rules + checks, times log).
  package static func text(_ coverage: Coverage, of set: PolicySet) -> String {
    var records: [FileID: Record] = [:]
    for index in set.rules.indices {
      let rule = set.rules[index]
      let file = set.sources[rule.span.file]
      let first = file.lineIndex(of: rule.actionsSpan.lower)
      let last = max(first, file.lineIndex(of: max(rule.span.upper, 1) - 1))
      for line in first...last where !isBlank(file.lineBytes(line)) {
        records[rule.span.file, default: Record()].count(
          line: line,
          coverage.rules[index].decided
        )
      }
      if let outcomes = coverage.rules[index].outcomes {
        records[rule.span.file, default: Record()].add(outcomes, line: first)
      }
    }
    let wholes = wholes(of: set)
    for check in coverage.checks where !wholes.contains(check.span) {
      let line = set.sources[check.span.file].lineIndex(of: check.span.lower)
      records[check.span.file, default: Record()].add(check.outcomes, line: line)
    }
    return records.sorted { $0.key < $1.key }.map { file, record in
      "TN:pol\nSF:\(VisibleText.of(set.sources[file].path))\n\(record.text)end_of_record\n"
    }.joined()
  }

  /// What was counted in one file.
  private struct Record {
    /// By line from 0.
    var lines: [Int: Int] = [:]
    var blocks: [Int: [ConditionOutcomes]] = [:]

    mutating func count(line: Int, _ times: Int) {
      lines[line] = min(lines[line] ?? times, times)
    }

    mutating func add(_ outcomes: ConditionOutcomes, line: Int) {
      blocks[line, default: []].append(outcomes)
      if lines[line] == nil { lines[line] = outcomes.yes + outcomes.no + outcomes.unknown }
    }

    /// The lines of the record between its name and its end.
    var text: String {
      var text = ""
      var found = 0
      var hit = 0
      for (line, blocks) in blocks.sorted(by: { $0.key < $1.key }) {
        for (block, outcomes) in blocks.enumerated() {
          for outcome in outcomes.possible {
            let times = outcomes.times(outcome)
            // A dash tells that the condition was never asked.
            let taken = outcomes.isReached ? String(times) : "-"
            text += "BRDA:\(line + 1),\(block),\(outcome ? 0 : 1),\(taken)\n"
            found += 1
            if times > 0 { hit += 1 }
          }
        }
      }
      text += "BRF:\(found)\nBRH:\(hit)\n"
      for (line, times) in lines.sorted(by: { $0.key < $1.key }) {
        text += "DA:\(line + 1),\(times)\n"
      }
      return text + "LF:\(lines.count)\nLH:\(lines.values.count { $0 > 0 })\n"
    }
  }

  /// The places of checks that are the whole condition of the rule that they are written in: they
  /// have the same outcomes.
  private static func wholes(of set: PolicySet) -> Set<SourceSpan> {
    var wholes: Set<SourceSpan> = []
    for rule in set.rules.elements {
      let checks = rule.guardCondition?.checks ?? []
      guard let span = checks.first?.span, checks.allSatisfy({ $0.span == span }) else { continue }
      let isInside =
        rule.span.file == span.file && rule.span.lower <= span.lower
        && span.upper <= rule.span.upper
      if isInside { wholes.insert(span) }
    }
    return wholes
  }

  private static func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
    line.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
  }
}
