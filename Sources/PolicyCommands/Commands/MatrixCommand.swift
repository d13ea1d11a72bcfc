import PolicyAnalysis
import PolicyEngine
import PolicyModel
import PolicyReport
import PolicySource
import PolicyWorkspace

extension Command {
  private static let matrixFormat = Option(
    "format",
    .choice(["text", "markdown", "csv", "json", "html"]),
    "how the matrix is written"
  )
  private static let view = Option(
    "by",
    .choice(["policy", "principal", "unit"]),
    "what stands against the actions"
  )
  private static let against = Option(
    "against",
    .text("SET"),
    "an older policy set, to show what differs"
  )
  private static let matrixOutput = Option("output", letter: "o", .text("FILE"), "where to write")
  private static let service = Option(
    "service",
    .text("NAME"),
    mayRepeat: true,
    "only the actions of this service"
  )
  private static let only = Option(
    "only",
    .text("NAME"),
    mayRepeat: true,
    "only this policy, principal or unit"
  )

  static let matrixCommand = Command(
    "matrix",
    summary: "show who may do what, whole",
    synopsis: "[SET]",
    details: """
      Writes policies against actions: what each policy, with all that it includes, says to whoever \
      holds it. `--by principal` writes what is decided for everyone, the anonymous, groups, and \
      whom assignments and groups name, by all that the set gives them; `--by unit` who of them is \
      allowed what in each unit. Below it stand the conditions, with the rules that decide and their \
      places.

      What is said to be allowed, denied or neither is proved for every request. SET is a directory, \
      a file, or what either was in a git revision, such as `main:policies`. `--against` marks \
      the cells that decide otherwise than in another set. JSON and HTML hold all three views; HTML \
      is one page that needs no network, with search, filters, and what decides each cell.
      """,
    options: [view, matrixFormat, against, service, only, matrixOutput],
    statuses: [
      (.success, "the matrix was written"),
      (.unable, "bad usage, an unreadable file, no such revision, service or row"),
      (.unchecked, "a policy set does not check"),
    ],
    examples: [
      Example("pol matrix policies --by principal --service device", "who may do what to devices"),
      Example(
        "pol matrix policies --against main:policies --format html -o access.html",
        "for a review"
      ),
    ]
  ) { (arguments, console) throws(Failure) in
    let name = try arguments.atMostOne("policy set") ?? "."
    let set = try policySet(named: name, arguments, console)
    var matrix: Matrix
    if let other = arguments.value(against) {
      let old = try policySet(named: other, arguments, console)
      matrix = try console.work("comparing") { () throws(Failure) in Matrix(set, against: old) }
    } else {
      matrix = try console.work("filling \(Tally.count(set.policies.count, "row"))") {
        () throws(Failure) in Matrix(set)
      }
    }
    matrix = try selected(matrix, arguments)
    let bytes = try console.work("writing") { () throws(Failure) in
      document(matrix, of: name, arguments, console)
    }
    if let path = arguments.value(matrixOutput) {
      try files { () throws(FileError) in try FileContents.write(bytes, to: path) }
      let rows = Tally.count(matrix.rows(chosenView(arguments)).count, "row")
      let actions = Tally.count(matrix.actions.count, "action")
      let size = Tally.count(bytes.count, "byte")
      console.write("wrote \(VisibleText.of(path)): \(rows), \(actions), \(size)\n")
    } else {
      console.write(bytes)
    }
    return .success
  }

  private static func chosenView(_ arguments: Arguments) -> Matrix.View {
    switch arguments.value(view) {
    case "principal": .principals
    case "unit": .units
    default: .policies
    }
  }

  /// The services and rows that are asked for, each of which has to be there.
  private static func selected(
    _ matrix: Matrix,
    _ arguments: Arguments
  ) throws(Failure) -> Matrix {
    let services = arguments.all(service)
    let rows = arguments.all(only)
    let view = chosenView(arguments)
    func find(_ names: [String], _ what: String, among known: [String]) throws(Failure) {
      for name in names where !known.contains(where: { $0.utf8.elementsEqual(name.utf8) }) {
        throw .unknown(what, name, among: known)
      }
    }
    try find(services, "service", among: matrix.services.map(\.name))
    try find(rows, arguments.value(Self.view) ?? "", among: matrix.rows(view).map(\.name))
    guard !services.isEmpty || !rows.isEmpty else { return matrix }
    return matrix.selecting(
      services: services.isEmpty ? nil : services,
      rows: rows.isEmpty ? nil : rows,
      of: view
    )
  }

  private static func document(
    _ matrix: Matrix,
    of name: String,
    _ arguments: Arguments,
    _ console: Console
  ) -> [UInt8] {
    let view = chosenView(arguments)
    switch arguments.value(matrixFormat) {
    case "json":
      let other = arguments.value(against)
      return JSONWriter.document(MatrixJSON(matrix).document(of: name, against: other))
    case "html":
      return MatrixPage(matrix, of: name, against: arguments.value(against)).bytes()
    case "csv": return Array(MatrixCSV(matrix, view).text().utf8)
    case "markdown": return Array(MatrixMarkdown(matrix, view).text().utf8)
    default:
      let isFile = arguments.value(matrixOutput) != nil
      let terminal = isFile ? Terminal.plain : console.terminal(arguments.color)
      return Array(MatrixText(matrix, view, on: terminal).text().utf8)
    }
  }
}
