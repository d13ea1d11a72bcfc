import Foundation
import PolicyAnalysis
import PolicyEngine
import PolicyExport
import PolicyModel
import PolicyReport
import PolicySource
import PolicyTestSupport
import Testing

/// The exported tables are read by others as they were written, and have all that decides.
@Suite(.enabled(if: Program.python != nil, "there is no python3"))
struct CSVTests {
  /// Files as a program reads that knows nothing of this one, a dictionary for each row.
  private func read(_ files: [ExportedFile]) throws -> [String: [[String: String]]] {
    let folder = try TemporaryFolder()
    let paths = try files.map { try folder.file($0.name, $0.bytes).path }
    let reader = SampleSets.folder.deletingLastPathComponent()
      .appending(path: "Tests/ExportReader/tables.py")
    let outcome = try Program.run(try #require(Program.python), ["-B", reader.path] + paths)
    try #require(outcome.status == 0, "\(outcome.error)")
    let document = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let tables = try #require(document as? [[[String]]])
    var read: [String: [[String: String]]] = [:]
    for (file, rows) in zip(files, tables) {
      read[file.name] = rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(rows[0], $0)) }
    }
    return read
  }

  @Test func `texts that mean something to spreadsheets are read back as they were`() throws {
    let texts = [
      "=1+1", "+1", "-1", "@x", "'", "''=1", "\t=1", "\r=1", "a,b", "\"", "a\"b\"", "a\r\nb", " a ",
      "", "é\u{301}", "#", "NULL", "1", "a;b", "\u{2028}", "'a", "\\", "\\\"",
    ]
    let record = CSVText.record(["h"] + texts.indices.map { "c\($0)" })
    let rows = CSVText.record(["x"] + texts) + CSVText.record(["y"] + texts.reversed())
    let file = ExportedFile("odd.csv", Array((record + rows).utf8))
    let read = try #require(try read([file])["odd.csv"])
    #expect(texts.indices.map { read[0]["c\($0)"] } == texts)
    #expect(texts.indices.map { read[1]["c\($0)"] } == texts.reversed())
  }

  @Test(arguments: ExportedSets.names)
  func `what the tables say decides as the set does`(name: String) throws {
    let set = try ExportedSets.set(name)
    try compare(set, ExportedSets.requests(for: set, count: 80, seed: 17), of: name)
  }

  @Test func `so it does for random sets`() throws {
    for random in ExportedSets.random(count: 3) {
      try compare(random.set, random.requests, of: random.name)
    }
  }

  /// Makes policy text of the tables, with the catalogue as it was, and compares decisions.
  private func compare(_ set: PolicySet, _ requests: [RequestData], of name: String) throws {
    let exported = exportCSV(set)
    try #require(exported.diagnostics.isEmpty)
    let text = TablesText(try read(exported.value)).text
    let catalogue = set.catalogue.headings.map { set.sources.text($0.span) }
    let rebuilt = try policySet((catalogue + [text]).joined(separator: "\n"))
    let (json, vocabulary) = (RequestJSON(set), rebuilt.vocabulary)
    for request in requests {
      let read = RequestReader.read(Array(json.line(request).utf8)[...])
      let same = try #require(read.document).resolved(in: vocabulary)
      let (one, other) = (interpret(request, in: set), interpret(same, in: rebuilt))
      #expect(
        one.effect == other.effect && one.basis == other.basis,
        "\(name): \(requestText(request, in: set))"
      )
      if one.effect != other.effect { return }
    }
  }
}

/// Policy text of what the tables of an export say.
private struct TablesText {
  private let tables: [String: [[String: String]]]

  init(_ tables: [String: [[String: String]]]) { self.tables = tables }

  private func rows(_ name: String) -> [[String: String]] { tables["\(name).csv"] ?? [] }

  var text: String { (policies + groups + units + assignments).joined(separator: "\n") }

  private var policies: [String] {
    var rules: [String: [String]] = [:]
    for row in rows("access") {
      let action = row["action", default: ""].split(separator: ".", maxSplits: 1)
        .map { describe(name: String($0)) }.joined(separator: ".")
      rules[row["policy", default: ""], default: []].append(
        "\(row["effect", default: ""]) \(action)" + condition(row)
      )
    }
    return rows("policies").map { row in
      let name = row["policy", default: ""]
      let own = (rules[name] ?? []).joined(separator: "\n")
      return "policy `\(name)` {\n\(own)\n}"
    }
  }

  private func condition(_ row: [String: String]) -> String {
    let condition = row["condition", default: ""]
    return condition.isEmpty ? "" : " when \(condition)"
  }

  private func subject(_ kind: String, _ name: String) -> String {
    switch kind {
    case "everyone", "anonymous": kind
    case "group": "group `\(name)`"
    default: "\(kind) \(describe(string: name))"
    }
  }

  private var groups: [String] {
    rows("groups").map { row in
      let name = row["group", default: ""]
      guard row["open"] == "no" else { return "group `\(name)`" }
      let members = rows("group-members").filter { $0["group"] == name }
        .map { subject($0["kind", default: ""], $0["member", default: ""]) }
      return "group `\(name)` { \(members.joined(separator: ", ")) }"
    }
  }

  private func path(_ unit: String) -> String {
    unit.split(separator: "/").map { "`\($0)`" }.joined(separator: "/")
  }

  /// Units come in any nesting; each is declared inside the one above.
  private var units: [String] {
    func block(_ unit: [String: String]) -> String {
      let path = unit["unit", default: ""]
      let inner = rows("units").filter { $0["parent"] == path }.map { block($0) }
      let name = path.split(separator: "/").last.map { "`\($0)`" } ?? ""
      return inner.isEmpty ? name : "\(name) { \(inner.joined(separator: ", ")) }"
    }
    return rows("units").filter { $0["parent"] == "" }.map { "ou \(block($0))" }
  }

  private var assignments: [String] {
    rows("assignments").map { row in
      let who = subject(row["kind", default: ""], row["subject", default: ""])
      let place = row["place"] == "unit" ? " in \(path(row["unit", default: ""]))" : ""
      return "assign `\(row["policy", default: ""])` to \(who)\(place)\(condition(row))"
    }
  }
}
