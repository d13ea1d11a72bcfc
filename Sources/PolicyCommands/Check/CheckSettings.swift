import PolicyLint
import PolicyReport
import PolicySource
import PolicyWorkspace

/// The settings of one run of `pol check`: what `pol.json` says, and the command line over it.
struct CheckSettings {
  let selection: CodeSelection
  let lints: LintConfiguration
  let failing: Severity
  /// The path of the baseline that is read, and of the one that is written.
  let baseline: String?
  let writtenBaseline: String?
  /// The revision that findings have to be newer than.
  let revision: String?

  /// Codes that fail whatever is selected: a policy set with an error has no meaning.
  private static let errors = Set(allPages.filter { $0.severity == .error }.map(\.code))

  /// What `pol.json` says, and what is wrong with it.
  static func configuration(
    beside paths: [String]
  ) throws(Failure) -> (path: String, sources: SourceMap, read: Staged<Configuration>)? {
    let found = ConfigurationFile.find(Configuration.fileName, beside: paths)
    guard let path = found.first else { return nil }
    guard found.count == 1 else {
      throw Failure(
        "two files of settings apply: `\(path)` and `\(found[1])`",
        help: "check the paths one by one, or a directory above them"
      )
    }
    let bytes = try files { () throws(FileError) in try FileContents.readText(path, limit: 1 << 20)
    }
    let file = SourceFile(path: path, bytes: bytes)
    return (path, SourceMap([file]), Configuration.read(file, pages: allPages))
  }

  init(
    _ arguments: Arguments,
    _ configuration: Configuration,
    at path: String?
  ) throws(Failure) {
    selection = try CodeSelection(
      only: arguments.all(.only),
      skip: arguments.all(.skip)
    )
    lints = LintConfiguration(
      levels: configuration.levels.compactMapValues { LintLevel(rawValue: $0.rawValue) },
      only: selection.only,
      skip: selection.skip
    )
    let said = arguments.has(.failOn) ? arguments.value(.failOn) : nil
    failing = said.flatMap { Severity(rawValue: $0) } ?? configuration.failOn ?? .error
    let directory = path.map { ConfigurationFile.directory(of: $0) } ?? ""
    writtenBaseline = arguments.value(.writeBaseline)
    let given = arguments.value(.baseline)
    guard given == nil || writtenBaseline == nil else {
      throw Failure("`--baseline` and `--write-baseline` contradict each other")
    }
    guard writtenBaseline == nil || selection.isWhole else {
      throw Failure(
        "a baseline holds every finding",
        help: "leave `--only` and `--skip` out; `pol.json` says which lints are off"
      )
    }
    baseline =
      given ?? configuration.baseline.map { ConfigurationFile.joined(directory, $0) }
    revision = arguments.value(.changedSince)
  }

  /// Whether a finding fails the run even where it is not shown.
  func alwaysFails(_ finding: Diagnostic) -> Bool {
    finding.severity == .error && Self.errors.contains(finding.code)
  }
}

extension Option {
  static let failOn = Option(
    "fail-on",
    .choice(["error", "warning", "note"]),
    "the least severity that fails"
  )
  static let only = Option(
    "only",
    .text("CODE"),
    mayRepeat: true,
    "show findings of these codes alone"
  )
  static let skip = Option(
    "skip",
    .text("CODE"),
    mayRepeat: true,
    "show no findings of these codes"
  )
  static let baseline = Option(
    "baseline",
    .text("FILE"),
    "show no findings that this file has"
  )
  static let writeBaseline = Option(
    "write-baseline",
    .text("FILE"),
    "write the findings there are into a baseline"
  )
  static let changedSince = Option(
    "changed-since",
    .text("REV"),
    "show what changed lines say, and what they cause elsewhere"
  )
  static let fix = Option("fix", "apply the safe fixes of what is shown")
  static let dryRun = Option(
    "dry-run",
    "with `--fix`, show the changes as a diff, and write nothing"
  )
}
