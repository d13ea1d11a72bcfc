import PolicyReport
import PolicySource
import PolicyWorkspace

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

      `--fix` applies the safe fixes of what is shown, until there are none, and reports what is \
      left. It proves that no request is decided otherwise; a fix that would change a decision is \
      left alone, and what it would change is told.
      """,
    options: [
      format, .failOn, .only, .skip, .baseline, .writeBaseline, .changedSince, .fix, .dryRun,
    ],
    statuses: [
      (.success, "nothing was found at or above `--fail-on`; `--dry-run`: nothing would change"),
      (.negative, "something was; with `--dry-run`, something would change"),
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
    if arguments.has(.fix) { return try fix(sources, run, arguments, form, console) }
    guard !arguments.has(.dryRun) else { throw Failure("`--dry-run` goes with `--fix`") }
    let outcome = try run.outcome(of: sources)
    console.write(run.report(outcome, in: sources).bytes(as: form, on: terminal))
    return outcome.fails ? .negative : .success
  }

  /// Applies safe fixes, or shows what they would change.
  private static func fix(
    _ sources: SourceMap,
    _ run: CheckRun,
    _ arguments: Arguments,
    _ form: ReportFormat,
    _ console: Console
  ) throws(Failure) -> ExitStatus {
    guard !arguments.has(.writeBaseline) else {
      throw Failure("`--fix` and `--write-baseline` are two steps: fix first")
    }
    var fixes = try FixRun(sources, console) { (sources) throws(Failure) in
      try run.outcome(of: sources)
    }
    try fixes.run()
    let changes = fixes.changes(from: sources)
    fixes.tellRefusals(console, color: arguments.color)
    if arguments.has(.dryRun) {
      for (id, (old, new)) in zip(sources.ids, zip(sources.files, fixes.fixed.sources.files)) {
        console.showDiff(old.edits(to: new, file: id), of: old, color: arguments.color)
      }
      console.write(fixes.summary("would fix", files: changes.count) + "\n", to: .error)
      return changes.isEmpty ? .success : .negative
    }
    try files { () throws(FileError) in try FileContents.replaceAll(changes) }
    let report = run.report(
      fixes.outcome,
      in: fixes.fixed.sources,
      remarks: [fixes.summary("fixed", files: changes.count)]
    )
    console.write(report.bytes(as: form, on: console.terminal(arguments.color)))
    return fixes.outcome.fails ? .negative : .success
  }
}
