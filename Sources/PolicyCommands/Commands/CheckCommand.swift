import PolicyReport
import PolicySource

extension Command {
  private static let format = Option(
    "format",
    .choice(ReportFormat.allCases.map(\.rawValue)),
    "how findings are written"
  )

  static let checkCommand = Command(
    "check",
    summary: "find what is wrong with a policy set",
    synopsis: "[PATH…]",
    details: """
      Reads every .pol file at and below the paths (the current directory where none is given) as \
      one policy set, checks its grammar, names and types, proves its assertions, and lints it. \
      How seriously findings are taken is said by `pol.json` beside the files, such as \
      `{"lints": {"wildcard-allow": "error"}, "fail-on": "warning"}`.

      `--only` and `--skip` take one code or several with commas between them. An error fails \
      whether it is shown or not. `--write-baseline` keeps what is found in a file, and \
      `--baseline` then shows only what is new. `--changed-since` shows findings in lines that \
      differ from the revision at which HEAD left REV, and findings elsewhere that were not there.
      """,
    options: [format, .failOn, .only, .skip, .baseline, .writeBaseline, .changedSince],
    statuses: [
      (.success, "nothing was found at or above `--fail-on`"),
      (.negative, "something was"),
      (.unable, "bad usage, an unreadable file, or no .pol files at all"),
    ],
    examples: [
      Example("pol check", "check the policy set in and below the current directory"),
      Example(
        "pol check policies --format github --changed-since origin/main",
        "annotate a pull request"
      ),
    ]
  ) { (arguments, console) throws(Failure) in
    let paths = arguments.positionals.isEmpty ? ["."] : arguments.positionals
    let form = arguments.value(format).flatMap { ReportFormat(rawValue: $0) } ?? .text
    let terminal = console.terminal(arguments.color)
    let configured = try CheckSettings.configuration(beside: paths)
    if let configured, configured.read.diagnostics.hasErrors {
      let report = FindingsReport(
        command: "check",
        parts: [FindingsReport.Part(configured.read.diagnostics, in: configured.sources)],
        pages: allPages
      )
      console.write(report.bytes(as: form, on: terminal))
      return .negative
    }
    let settings = try CheckSettings(
      arguments,
      configured?.read.value ?? Configuration(),
      at: configured?.path
    )
    let sources = try sources(at: paths)
    let run = try CheckRun(settings, at: paths, console)
    let outcome = try run.outcome(of: sources)
    console.write(run.report(outcome, in: sources).bytes(as: form, on: terminal))
    return outcome.fails ? .negative : .success
  }
}
