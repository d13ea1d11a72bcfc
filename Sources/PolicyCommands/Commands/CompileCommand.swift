import PolicyCompiler
import PolicyEngine
import PolicyModel
import PolicyReport
import PolicySource
import PolicyWorkspace

extension Command {
  private static let output = Option(
    "output",
    letter: "o",
    .text("FILE"),
    "where the tables go; NAME.polc where not given"
  )
  private static let emit = Option(
    "emit",
    .choice(["text", "json"]),
    "how the tables are described"
  )

  static let compileCommand = Command(
    "compile",
    summary: "write the decision tables of a policy set",
    synopsis: "[PATH…]",
    details: """
      Writes a .polc file, from which programs decide in constant time, and prints its sizes and \
      the bound of a decision: how many attributes and relations it reads at most. The file is \
      replaced as a whole. The same policy set gives the same bytes wherever it stands: places in \
      it are told by paths below the directory given.

      Without `--output` the file stands in the current directory and has the name of the one \
      directory given, or of the catalogue.
      """,
    options: [output, emit],
    statuses: [
      (.success, "written"),
      (.unable, "bad usage, an unreadable file, or no place to write to"),
      (.unchecked, "the policy set does not check; nothing was written"),
    ],
    examples: [
      Example("pol compile policies", "write policies.polc"),
      Example("pol compile policies -o build/portal.polc --emit json", "describe it as JSON"),
    ]
  ) { (arguments, console) throws(Failure) in
    var set = try checkedSet(at: arguments.positionals, arguments, console)
    if arguments.positionals.count <= 1 {
      set.sources = set.sources.below(arguments.positionals.first ?? ".")
    }
    let compiled = try tables(of: set, console)
    let engine = try engine(of: compiled)
    let path = arguments.value(output) ?? "\(name(for: arguments.positionals, set.catalogue)).polc"
    try files { () throws(FileError) in try FileContents.write(compiled.bytes, to: path) }
    let description = CompileDescription(compiled.report, engine, path: path)
    if arguments.value(emit) == "json" {
      console.write(JSONWriter.document(description.json))
    } else {
      console.write(description.text)
    }
    return .success
  }

  /// The last part of the one path given, or else the name of the catalogue.
  private static func name(for paths: [String], _ catalogue: Catalogue) -> String {
    if paths.count == 1, let last = paths[0].split(separator: "/").last, last != ".", last != ".." {
      return last.hasSuffix(PolicyFiles.suffix)
        ? String(last.dropLast(PolicyFiles.suffix.count)) : String(last)
    }
    let name = catalogue.headings.first?.name ?? ""
    return name.isEmpty || name.utf8.contains(UInt8(ascii: "/")) ? "policies" : name
  }
}

extension SourceMap {
  /// The same files with paths that begin below a directory.
  func below(_ directory: String) -> SourceMap {
    let prefix = directory.hasSuffix("/") ? directory : directory + "/"
    return SourceMap(
      files.map { file in
        guard file.path.utf8.starts(with: prefix.utf8) else { return file }
        let path = String(decoding: file.path.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
        return SourceFile(path: path, bytes: file.bytes)
      }
    )
  }
}

/// What is said about compiled tables.
private struct CompileDescription {
  private let report: CompileReport
  private let engine: PolicyEngine
  private let path: String

  init(_ report: CompileReport, _ engine: PolicyEngine, path: String) {
    self.report = report
    self.engine = engine
    self.path = path
  }

  var text: String {
    func count(_ number: Int, _ noun: String) -> String { Tally.count(number, noun) }
    let diagrams = report.diagrams > 0 ? ", \(report.diagrams) of them kept as diagrams" : ""
    return """
      wrote \(VisibleText.of(path)): \(count(report.bytes, "byte"))
        policies  \(Tally.count(report.policies, "policy", "policies")), \(count(report.rules, "rule")), \
      \(count(report.actions, "action"))
        pages     \(count(report.pageBytes, "byte")): \(count(report.pages, "different page")), \
      \(count(report.bytesPerPolicy, "byte")) a policy
        tables    \(count(report.tableBytes, "byte")): \(count(report.tables, "table"))\(diagrams), \
      the largest with \(count(report.largestTable, "outcome"))
        cells     \(count(report.conditionalCells, "conditional cell")), \
      \(count(report.bytesPerConditionalCell, "byte")) of tables each
        bound     a decision reads at most \(Tally.grouped(report.readBound)) of \
      \(count(report.variables, "variable"))
        sources   \(engine.sourceDigest)
        catalogue \(engine.catalogueDigest)

      """
  }

  var json: JSONValue {
    let sections = ArtifactSection.allCases.map { section in
      JSONMember("\(section)", .int(report.bytes(of: section)))
    }
    return [
      "schema": .int(1),
      "file": .string(path),
      "bytes": .int(report.bytes),
      "policies": .int(report.policies),
      "rules": .int(report.rules),
      "actions": .int(report.actions),
      "variables": .int(report.variables),
      "pages": .int(report.pages),
      "pageBytes": .int(report.pageBytes),
      "tables": .int(report.tables),
      "tableBytes": .int(report.tableBytes),
      "diagrams": .int(report.diagrams),
      "largestTable": .int(report.largestTable),
      "readBound": .int(report.readBound),
      "conditionalCells": .int(report.conditionalCells),
      "bytesPerPolicy": .int(report.bytesPerPolicy),
      "bytesPerConditionalCell": .int(report.bytesPerConditionalCell),
      "sourceDigest": .string("\(engine.sourceDigest)"),
      "catalogueDigest": .string("\(engine.catalogueDigest)"),
      "sections": .object(sections),
    ]
  }
}
