import PolicyExport
import PolicyModel
import PolicyReport
import PolicySource
import PolicyWorkspace

extension Command {
  private static let exportFormat = Option(
    "format",
    .choice(ExportFormat.all.map(\.name)),
    "what reads it"
  )
  private static let exportOutput = Option(
    "output",
    letter: "o",
    .text("FILE|DIR"),
    "where it goes: a file, or a directory where the format has several"
  )
  private static let exportRequests = Option(
    "requests",
    .text("FILE|-"),
    "also write these requests as the other system is asked them (`cedar`)"
  )

  static let exportCommand = Command(
    "export",
    summary: "write a policy set for other systems to read",
    synopsis: "[DIR]",
    details: """
      Writes the whole policy set, its patterns expanded and its lets resolved. `json` is one \
      document, which `Grammar/export.schema.json` describes; `csv` is ten tables for \
      spreadsheets (`Grammar/export-csv.md`); `sql` is one script for PostgreSQL \
      and DuckDB, tables and a view that decides requests by the million (`Grammar/export-sql.md`); \
      `cedar` is policies, a schema and entities, with `Grammar/export-cedar.md` for how requests \
      are asked.

      What a format cannot say is an error with its place, and nothing is written: an export means \
      what the policy set means. All files take their names at the end, or none does. Places in \
      them are told by paths below the directory given. Without `--output` a format of one file \
      goes to standard output.

      `--requests` reads one JSON object a line, as `pol eval` does, and writes `requests.jsonl` \
      beside the rest: what to ask the other system, in the same order.
      """,
    options: [exportFormat, exportOutput, exportRequests],
    statuses: [
      (.success, "written"),
      (.unable, "bad usage, an unreadable file, or no place to write to"),
      (.unchecked, "the policy set does not check, or the format cannot say it"),
    ],
    examples: [
      Example("pol export policies --format sql -o policies.sql", "decide in a database"),
      Example("pol export policies --format cedar -o cedar", "write it for Cedar"),
    ]
  ) { (arguments, console) throws(Failure) in
    let directory = try arguments.atMostOne("directory")
    var set = try checkedSet(at: arguments.positionals, arguments, console)
    let name = arguments.value(exportFormat)
    guard let format = ExportFormat.all.first(where: { $0.name == name }) else {
      throw Failure("there is no such format", status: .fault)
    }
    let shown = set.sources
    set.sources = set.sources.below(directory ?? ".")
    let exported = try console.work("exporting") { () throws(Failure) in format.files(set) }
    try refuse(exported.diagnostics, by: format, in: shown, arguments, console)
    var written = exported.value
    if let path = arguments.value(exportRequests) {
      written.append(try exportedRequests(from: path, set, for: format, console))
    }
    guard let output = arguments.value(exportOutput) else {
      guard format.isOneFile else {
        throw Failure(
          "`--format \(format.name)` writes several files",
          help: "`-o DIR` says into which directory"
        )
      }
      for file in written { console.write(file.bytes) }
      return .success
    }
    try write(written, of: format, to: output, console)
    return .success
  }

  /// Ends the command if the format cannot say something; where that is goes to standard error.
  private static func refuse(
    _ findings: [Diagnostic],
    by format: ExportFormat,
    in sources: SourceMap,
    _ arguments: Arguments,
    _ console: Console
  ) throws(Failure) {
    let errors = findings.inSourceOrder()
    guard !errors.isEmpty else { return }
    let renderer = DiagnosticText(sources, on: console.terminal(arguments.color, for: .error))
    for error in errors { console.write(renderer.text(error) + "\n", to: .error) }
    let count = Tally.count(errors.count, "thing")
    throw Failure(
      "`--format \(format.name)` cannot say \(count) of this policy set; nothing was written",
      status: .unchecked
    )
  }

  private static func write(
    _ exported: [ExportedFile],
    of format: ExportFormat,
    to output: String,
    _ console: Console
  ) throws(Failure) {
    try files { () throws(FileError) in
      if format.isOneFile, let file = exported.first {
        try FileContents.write(file.bytes, to: output)
      } else {
        try FileContents.write(exported.map { ($0.name, $0.bytes) }, into: output)
      }
    }
    for file in exported {
      let path = format.isOneFile ? output : "\(output)/\(file.name)"
      let size = Tally.count(file.bytes.count, "byte")
      console.write("wrote \(VisibleText.of(path)): \(size)\n")
    }
  }
}
