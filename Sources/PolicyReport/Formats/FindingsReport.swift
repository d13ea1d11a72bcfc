package import PolicySource

/// What a command found, as every format writes it: findings with the sources that they are in,
/// and the cases that were run, where the command runs any.
package struct FindingsReport: Sendable {
  /// Findings in one source map; commands that read several sets have several.
  package struct Part: Sendable {
    package let sources: SourceMap
    /// In the order in which they are shown.
    package let diagnostics: [Diagnostic]

    package init(_ diagnostics: [Diagnostic], in sources: SourceMap) {
      self.sources = sources
      self.diagnostics = diagnostics
    }
  }

  /// Lines under a heading.
  package struct Details: Sendable {
    package let title: String
    package let text: String

    package init(_ title: String, _ text: String) {
      self.title = title
      self.text = text
    }
  }

  /// The name of the command, such as `check`.
  package let command: String
  package let parts: [Part]
  /// What was run, in order; empty for commands that run nothing.
  package let cases: [ReportCase]
  /// Findings that were not asked for, or were known before.
  package let hidden: Int
  /// What came of it in one line, for commands that do more than find.
  package let verdict: String?
  /// What people are told at the end, a line each, without line breaks.
  package let remarks: [String]
  /// What is shown behind the remarks to those who read the report as text.
  package let details: Details?
  /// What only the JSON document tells.
  package let members: [JSONMember]
  /// The least severity that fails; formats that know only passed and failed tell them by it.
  package let failing: Severity
  /// The pages of the codes, for formats that explain them.
  package let pages: [CodePage]

  package init(
    command: String,
    parts: [Part],
    cases: [ReportCase] = [],
    hidden: Int = 0,
    verdict: String? = nil,
    remarks: [String] = [],
    details: Details? = nil,
    members: [JSONMember] = [],
    failing: Severity = .error,
    pages: [CodePage] = []
  ) {
    self.command = command
    self.parts = parts
    self.cases = cases
    self.hidden = hidden
    self.verdict = verdict
    self.remarks = remarks
    self.details = details
    self.members = members
    self.failing = failing
    self.pages = pages
  }

  /// How many findings of each severity there are, over how many files.
  package var tally: Tally {
    Tally(parts.flatMap(\.diagnostics), files: parts.reduce(0) { $0 + $1.sources.files.count })
  }

  /// The verdict, or what was found in one line, such as `1 error in 3 files (and 2 not shown)`.
  package var summary: String {
    verdict ?? tally.summary + (hidden > 0 ? " (and \(Tally.grouped(hidden)) not shown)" : "")
  }

  /// The summary, the remarks and the details, as text.
  var ending: String {
    summary + "\n" + remarks.map { VisibleText.of($0) + "\n" }.joined() + (details?.text ?? "")
  }

  /// Every finding with its sources and its fingerprint, in order.
  ///
  /// - Complexity: O(findings + bytes of the files that have some).
  var findings: [Finding] {
    var counts: [Fingerprint: Int] = [:]
    return parts.flatMap { part in
      var prints = Fingerprints(part.sources, below: ".")
      return part.diagnostics.map { diagnostic in
        let fingerprint = prints.fingerprint(of: diagnostic)
        let number = counts[fingerprint, default: 0]
        counts[fingerprint] = number + 1
        return Finding(
          diagnostic: diagnostic,
          sources: part.sources,
          fingerprint: fingerprint,
          number: number
        )
      }
    }
  }

  /// A finding of a report.
  struct Finding {
    let diagnostic: Diagnostic
    let sources: SourceMap
    let fingerprint: Fingerprint
    /// How many findings before it have the same fingerprint.
    let number: Int

    var file: SourceFile { sources[diagnostic.primary.span.file] }

    /// A word that no other finding of the report has, and that stays when lines move.
    var identity: String { number == 0 ? fingerprint.text : "\(fingerprint.text)-\(number + 1)" }
  }
}

/// Something that was run and has an outcome: a test, an assertion.
package struct ReportCase: Sendable {
  package enum Outcome: String, Sendable {
    case passed, failed, skipped
  }

  package let name: String
  /// The file that it is written in.
  package let file: String
  /// From 1.
  package let line: Int
  package let outcome: Outcome
  /// Why it failed or was skipped, in one phrase.
  package let message: String?
  /// What is shown of it, over as many lines as it takes.
  package let output: String

  package init(
    _ name: String,
    file: String,
    line: Int,
    _ outcome: Outcome,
    message: String? = nil,
    output: String = ""
  ) {
    self.name = name
    self.file = file
    self.line = line
    self.outcome = outcome
    self.message = message
    self.output = output
  }
}
