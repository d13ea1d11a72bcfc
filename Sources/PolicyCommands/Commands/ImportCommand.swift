import PolicyEngine
import PolicyImport
import PolicyModel
import PolicyReport
import PolicySource
import PolicyWorkspace

extension Command {
  private static let from = Option(
    "from",
    .choice(["auto"] + ImportSystem.allCases.map(\.rawValue)),
    "whose policies they are; what the files look like, unless told"
  )
  private static let importOutput = Option(
    "output",
    letter: "o",
    .text("FILE"),
    "a new or old file `.pol`, or a directory, made if it is missing"
  )
  private static let report = Option(
    "report",
    .text("FILE"),
    "list what was left out there, not in the policies' comments"
  )
  private static let catalogue = Option(
    "catalogue",
    .text("FILE"),
    "what actions there are: a Pol catalogue, or a list with one a line"
  )
  private static let namespace = Option(
    "namespace",
    .text("NAME"),
    "of Kubernetes roles and bindings that name none"
  )

  static let importCommand = Command(
    "import",
    summary: "read policies of AWS IAM, Kubernetes RBAC or Casbin",
    synopsis: "FILE…",
    details: """
      Writes policies of other systems as policy text: AWS IAM policy documents (JSON), Kubernetes \
      roles and bindings (YAML, or JSON as kubectl writes it), Casbin policies (CSV) with their \
      `model.conf`. The files together are one policy set; `-` is standard input.

      The result never allows what the files deny. What policy text cannot say is told with its \
      place, on standard error and in comments at the top; then the exit code is 1. Where leaving it \
      out would allow more, nothing is written. `Grammar/import.md` has tables of what is said how.

      A catalogue is closed, so that a wildcard can reach only the actions that are named elsewhere \
      in the files. `--catalogue` says which there are.
      """,
    options: [from, importOutput, report, catalogue, namespace],
    statuses: [
      (.success, "all of it was said"),
      (.negative, "written, but something was left out or is denied more widely"),
      (.unable, "bad usage, or an unreadable file"),
      (.unchecked, "a file is not what it should be, or cannot be said without allowing more"),
    ],
    examples: [
      Example(
        "pol import model.conf policy.csv -o policies/casbin.pol",
        "roles, users and domains of Casbin"
      ),
      Example(
        "pol import roles.yaml bindings.yaml --catalogue actions.txt -o policies",
        "roles and bindings of Kubernetes, with stars for what a list of actions has"
      ),
    ]
  ) { (arguments, console) throws(Failure) in
    guard !arguments.positionals.isEmpty else {
      throw Failure("a file is needed", help: "`-` is standard input")
    }
    let output = try arguments.value(importOutput).map { (path) throws(Failure) in
      try ImportOutput(path)
    }
    var read: [SourceFile] = []
    for path in arguments.positionals {
      let bytes = try files { () throws(FileError) in
        guard path == "-" else { return try FileContents.readText(path) }
        var input = try console.input()
        return Array(try input.remainingBytes().withoutMark)
      }
      read.append(SourceFile(path: path == "-" ? "standard input" : path, bytes: bytes))
    }
    let sources = SourceMap(read)
    let system = try system(of: sources, arguments)
    for (option, systems) in [
      (catalogue, [.aws, .kubernetes]), (namespace, [ImportSystem.kubernetes]),
    ]
    where arguments.has(option) && !systems.contains(system) {
      throw Failure("`--\(option.name)` says nothing about policies of \(system.title)")
    }
    var options = ImportOptions()
    let known = try arguments.value(catalogue).map { (path) throws(Failure) in
      try KnownCatalogue(at: path, arguments, console)
    }
    options.known = known?.actions
    options.namespace = arguments.value(namespace)
    options.listsInText = !arguments.has(report)
    let imported = try console.work("importing \(Tally.count(read.count, "file"))") {
      () throws(Failure) in importPolicies(sources, from: system, options: options)
    }
    let text = DiagnosticText(sources, on: console.terminal(arguments.color, for: .error))
    for finding in imported.diagnostics { console.write(text.text(finding) + "\n", to: .error) }
    let tally = Tally(imported.diagnostics, files: read.count).summary
    guard let policies = imported.value else {
      throw Failure("nothing was imported: \(tally)", status: .unchecked)
    }
    try hold(policies, beside: known?.sources ?? [])
    if let path = arguments.value(report) {
      let lines = imported.diagnostics.map { DiagnosticShort.text($0, in: sources) }.joined()
      try files { () throws(FileError) in try FileContents.write(Array(lines.utf8), to: path) }
    }
    if let output {
      try output.write(policies, from: system, console)
    } else {
      console.write(policies)
    }
    let isWhole = !imported.diagnostics.contains { $0.severity > .note }
    if !isWhole { console.write("not all of it could be said: \(tally)\n", to: .error) }
    return isWhole ? .success : .negative
  }

  /// The system that is told, or that all files look like.
  private static func system(
    of sources: SourceMap,
    _ arguments: Arguments
  ) throws(Failure) -> ImportSystem {
    if let told = arguments.value(from).flatMap({ ImportSystem(rawValue: $0) }) { return told }
    var guesses: [(system: ImportSystem, path: String)] = []
    for file in sources.files {
      guard let system = ImportSystem.guessed(file) else {
        throw Failure(
          "`\(file.path)` does not look like policies of "
            + ImportSystem.allCases.map(\.title).joined(separator: " or "),
          help: "if it is, say so with `--from "
            + ImportSystem.allCases.map(\.rawValue).joined(separator: "|") + "`",
          status: .unchecked
        )
      }
      guesses.append((system, file.path))
    }
    guard let first = guesses.first else { throw Failure("a file is needed") }
    if let other = guesses.first(where: { $0.system != first.system }) {
      throw Failure(
        "`\(first.path)` is of \(first.system.title), and `\(other.path)` of \(other.system.title)",
        help: "import the files of each system by themselves"
      )
    }
    return first.system
  }

  /// What is written checks, whatever was read.
  private static func hold(_ policies: [UInt8], beside others: [SourceFile]) throws(Failure) {
    let sources = SourceMap(others + [SourceFile(path: "imported.pol", bytes: policies)])
    guard let error = load(sources).diagnostics.first(where: { $0.severity == .error }) else {
      return
    }
    throw Failure(
      "the imported policies do not check: \(error.message), at "
        + sources.description(error.primary.span),
      status: others.isEmpty ? .fault : .unchecked
    )
  }
}

/// Where imported policies go, so that `pol check` finds them: a file of policy text, or a directory.
private struct ImportOutput {
  private let path: String
  private let isDirectory: Bool

  /// Refuses the name of a file that no command would read as policy text; what is there and is
  /// neither file nor directory, such as a pipe, has any name.
  init(_ path: String) throws(Failure) {
    let name = path.split(separator: "/").last ?? ""
    let isMissing = !System.exists(path)
    isDirectory =
      System.isDirectory(path) || isMissing && (path.hasSuffix("/") || !name.contains("."))
    self.path = path
    guard isDirectory || path.hasSuffix(PolicyFiles.suffix) || System.isDevice(path) else {
      throw Failure(
        "`\(path)` is no name for policy text",
        help: "write `--output policies/imported.pol`, or name a directory"
      )
    }
  }

  func write(
    _ policies: [UInt8],
    from system: ImportSystem,
    _ console: Console
  ) throws(Failure) {
    let name = system.rawValue + PolicyFiles.suffix
    let path = isDirectory ? ConfigurationFile.joined(self.path, name) : self.path
    try files { () throws(FileError) in
      if isDirectory { try System.makeDirectory(self.path) }
      try FileContents.write(policies, to: path)
    }
    console.write("wrote \(VisibleText.of(path)): \(Tally.count(policies.count, "byte"))\n")
  }
}

/// The actions that `--catalogue` says there are.
private struct KnownCatalogue {
  let actions: KnownActions
  /// The policy files that declare them; none where it is a list.
  let sources: [SourceFile]

  init(at path: String, _ arguments: Arguments, _ console: Console) throws(Failure) {
    if System.isDirectory(path) || path.hasSuffix(".pol") {
      let set = try checkedSet(at: [path], arguments, console)
      var attributes: [String: String] = [:]
      for attribute in set.catalogue.attributes.elements where attribute.services == nil {
        attributes[attribute.path] = attribute.type.word
      }
      actions = KnownActions(
        paths: set.catalogue.actions.elements.map(\.path),
        areDeclared: true,
        attributes: attributes
      )
      sources = set.sources.files
      return
    }
    let bytes = try files { () throws(FileError) in try FileContents.readText(path) }
    let lines = String(decoding: bytes, as: UTF8.self).split { $0.isNewline }
      .map { line in String(line.drop { $0.isWhitespace }.prefix { !$0.isWhitespace }) }
    actions = KnownActions(
      paths: lines.filter { !$0.isEmpty && !$0.hasPrefix("#") },
      areDeclared: false
    )
    sources = []
  }
}
