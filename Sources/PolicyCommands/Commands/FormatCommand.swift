import PolicyFormatter
import PolicyReport
import PolicySource
import PolicyWorkspace

extension Command {
  private static let check = Option("check", "change nothing; show what would change")

  static let formatCommand = Command(
    "fmt",
    summary: "lay policy text out in the one canonical way",
    synopsis: "[PATH…] | -",
    details: """
      Formats every .pol file at and below the paths (the current directory where none is given) \
      in place. Only space changes, and commas that mean nothing are left out; comments, blank \
      lines between groups, and what the policies mean stay. With `-`, formats standard input \
      to standard output.

      A declaration with a syntax error in it is left byte for byte as it is; the error is \
      reported, and the rest of the file is formatted.
      """,
    options: [check],
    statuses: [
      (.success, "formatted; with `--check`, nothing would change"),
      (.negative, "with `--check`, something would change"),
      (.unable, "bad usage, a file that cannot be read or written, or no .pol files at all"),
      (.unchecked, "there are syntax errors; the rest is formatted"),
    ],
    examples: [
      Example("pol fmt", "format the policy set in and below the current directory"),
      Example("pol fmt --check policies", "show as a diff what would change there"),
    ]
  ) { (arguments, console) throws(Failure) in
    let isFilter = arguments.positionals.contains("-")
    guard !isFilter || arguments.positionals.count == 1 else {
      throw Failure("`-` stands alone: it is standard input")
    }
    var run = FormatRun(isCheck: arguments.has(check), arguments, console)
    if isFilter {
      try run.filter()
    } else {
      let paths = arguments.positionals.isEmpty ? ["."] : arguments.positionals
      let sources = try files { () throws(FileError) in try read(paths) }
      for source in sources.files { try run.format(source) }
      run.summarise(sources.files.count)
    }
    return run.status
  }
}

/// One run of `pol fmt`: what it has found so far.
private struct FormatRun {
  private let isCheck: Bool
  private let color: ColorChoice
  private let console: Console
  private var changed = 0
  private var withErrors = 0

  init(isCheck: Bool, _ arguments: Arguments, _ console: Console) {
    self.isCheck = isCheck
    color = arguments.color
    self.console = console
  }

  var status: ExitStatus {
    if withErrors > 0 { return .unchecked }
    return isCheck && changed > 0 ? .negative : .success
  }

  /// Standard input to standard output.
  mutating func filter() throws(Failure) {
    let source = SourceFile(
      path: "standard input",
      bytes: try files { () throws(FileError) in
        var input = try console.input()
        return try input.remainingBytes()
      }
    )
    let result = formatted(source)
    if isCheck { show(result.edits, of: source) } else { console.write(result.bytes) }
  }

  mutating func format(_ source: SourceFile) throws(Failure) {
    let result = formatted(source)
    guard !result.edits.isEmpty else { return }
    if isCheck { return show(result.edits, of: source) }
    try files { () throws(FileError) in try FileContents.replace(result.bytes, at: source.path) }
    console.write("formatted \(VisibleText.of(source.path))\n")
  }

  /// Formats a file, and reports the errors in it.
  private mutating func formatted(_ source: SourceFile) -> FormattedFile {
    let result = PolicyFormatter.format(source)
    if !result.edits.isEmpty { changed += 1 }
    let errors = result.diagnostics.filter { $0.severity == .error }
    if !errors.isEmpty { withErrors += 1 }
    let renderer = DiagnosticText(
      SourceMap([source]),
      on: console.terminal(color, for: .error)
    )
    for error in errors { console.write(renderer.text(error) + "\n", to: .error) }
    return result
  }

  private func show(_ edits: [Edit], of source: SourceFile) {
    console.showDiff(edits, of: source, color: color)
  }

  /// What was done, beside the output.
  func summarise(_ total: Int) {
    var parts: [String] = []
    let verb = isCheck ? "would change" : "changed"
    parts.append("\(changed) of \(Tally.count(total, "file")) \(verb)")
    if withErrors > 0 {
      parts.append("declarations with syntax errors stay as they are in \(withErrors)")
    }
    console.write(parts.joined(separator: "; ") + "\n", to: .error)
  }
}
