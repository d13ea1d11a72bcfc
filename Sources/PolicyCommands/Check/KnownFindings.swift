import PolicyLint
import PolicyReport
import PolicySource
import PolicyWorkspace

/// Findings that are told apart from new ones by a baseline.
struct KnownFindings {
  /// What is shown.
  var shown: [Diagnostic]
  /// What people are told of the baseline.
  var remarks: [String] = []

  private static let most = 20

  /// What a baseline leaves of some findings; errors are never known.
  init(
    _ findings: [Diagnostic],
    in sources: SourceMap,
    _ settings: CheckSettings
  ) throws(Failure) {
    shown = findings
    if let path = settings.writtenBaseline {
      try write(to: path, in: sources, settings)
    } else if let path = settings.baseline {
      try read(path, in: sources, settings)
    }
  }

  private mutating func write(
    to path: String,
    in sources: SourceMap,
    _ settings: CheckSettings
  ) throws(Failure) {
    let known = shown.filter { !settings.alwaysFails($0) }
    let directory = ConfigurationFile.directory(of: path)
    let baseline = Baseline(known, in: sources, below: directory)
    try files { () throws(FileError) in try FileContents.write(baseline.bytes, to: path) }
    remarks.append("wrote \(Tally.count(known.count, "finding")) to \(path)")
    shown = shown.filter(settings.alwaysFails)
  }

  private mutating func read(
    _ path: String,
    in sources: SourceMap,
    _ settings: CheckSettings
  ) throws(Failure) {
    let bytes = try files { () throws(FileError) in
      try FileContents.readText(path, limit: 1 << 28)
    }
    let baseline: Baseline
    do throws(JSONError) {
      baseline = try Baseline(reading: bytes)
    } catch {
      throw Failure(
        "cannot use the baseline `\(path)`: \(error.message)",
        help: "`pol check --write-baseline \(path)` writes it anew"
      )
    }
    let directory = ConfigurationFile.directory(of: path)
    let errors = shown.filter(settings.alwaysFails)
    let (new, gone) = baseline.split(
      shown.filter { !settings.alwaysFails($0) },
      in: sources,
      below: directory
    )
    shown = (errors + new).inSourceOrder()
    // While there are errors not all lints run, and what was not looked for is not gone.
    if errors.isEmpty { tell(gone.filter { settings.finds($0.code) }, path) }
  }

  private mutating func tell(_ gone: [Baseline.Entry], _ path: String) {
    guard !gone.isEmpty else { return }
    let count = Tally.count(gone.reduce(0) { $0 + $1.count }, "finding")
    remarks.append(
      "\(count) of the baseline can be removed (`pol check --write-baseline \(path)`):"
    )
    for entry in gone.prefix(Self.most) {
      let times = entry.count > 1 ? " (\(entry.count) times)" : ""
      remarks.append("  \(entry.file): \(entry.code): \(entry.message)\(times)")
    }
    if gone.count > Self.most { remarks.append("  and \(gone.count - Self.most) more") }
  }
}

extension CheckSettings {
  /// Whether a run looks for a code.
  fileprivate func finds(_ code: String) -> Bool {
    DiagnosticCode(rawValue: code).map { selection.includes($0) && lints.levels[$0] != .off }
      ?? true
  }
}
