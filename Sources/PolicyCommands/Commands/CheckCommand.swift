import PolicyAnalysis
import PolicyLint
import PolicyModel
import PolicyReport
import PolicySource
import PolicyWorkspace

extension Command {
  private static let format = Option(
    "format",
    .choice(ReportFormat.allCases.map(\.rawValue)),
    "how findings are written"
  )
  private static let failOn = Option(
    "fail-on",
    .choice(["error", "warning", "note"]),
    "the least severity that fails"
  )
  private static let only = Option(
    "only",
    .text("CODE"),
    mayRepeat: true,
    "show findings of these codes alone"
  )
  private static let skip = Option(
    "skip",
    .text("CODE"),
    mayRepeat: true,
    "show no findings of these codes"
  )

  static let checkCommand = Command(
    "check",
    summary: "find what is wrong with a policy set",
    synopsis: "[PATH…]",
    details: """
      Reads every .pol file at and below the paths (the current directory where none is given) as \
      one policy set, checks its grammar, names and types, proves its assertions, and lints it.

      `--only` and `--skip` take one code or several with commas between them. An error fails \
      whether it is shown or not.
      """,
    options: [format, failOn, only, skip],
    statuses: [
      (.success, "nothing was found at or above `--fail-on`"),
      (.negative, "something was"),
      (.unable, "bad usage, an unreadable file, or no .pol files at all"),
    ],
    examples: [
      Example("pol check", "check the policy set in and below the current directory"),
      Example("pol check --format short policies", "one line a finding, for editors"),
    ]
  ) { (arguments, console) throws(Failure) in
    let selection = try CodeSelection(only: arguments.all(only), skip: arguments.all(skip))
    let sources = try sources(at: arguments.positionals)
    let diagnostics = try findings(in: sources, configuration: LintConfiguration(), console)

    let least = arguments.value(failOn).flatMap { Severity(rawValue: $0) } ?? .error
    let shown = diagnostics.filter(selection.includes)
    let report = FindingsReport(
      command: "check",
      parts: [FindingsReport.Part(shown, in: sources)],
      hidden: diagnostics.count - shown.count,
      failing: least,
      pages: allPages
    )
    let form = arguments.value(format).flatMap { ReportFormat(rawValue: $0) } ?? .text
    console.write(report.bytes(as: form, on: console.terminal(arguments.color)))
    let fails = diagnostics.hasErrors || shown.contains { $0.severity >= least }
    return fails ? .negative : .success
  }
}

/// Which codes `--only` and `--skip` leave.
private struct CodeSelection {
  private let only: Set<DiagnosticCode>
  private let skip: Set<DiagnosticCode>

  init(only: [String], skip: [String]) throws(Failure) {
    self.only = try Self.codes(only)
    self.skip = try Self.codes(skip)
  }

  func includes(_ diagnostic: Diagnostic) -> Bool {
    (only.isEmpty || only.contains(diagnostic.code)) && !skip.contains(diagnostic.code)
  }

  private static func codes(_ lists: [String]) throws(Failure) -> Set<DiagnosticCode> {
    var codes: Set<DiagnosticCode> = []
    for list in lists {
      for word in list.split(separator: ",") {
        guard let code = DiagnosticCode(rawValue: String(word)) else {
          let known = DiagnosticCode.allCases.map(\.rawValue)
          throw Failure(
            "there is no code `\(word)`",
            help: Suggestion.question(Suggestion.nearest(to: String(word), among: known))
              ?? "`pol rule --list` lists all codes"
          )
        }
        codes.insert(code)
      }
    }
    return codes
  }
}
