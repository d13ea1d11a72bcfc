import Foundation
import PolicyTestSupport
import Testing

/// A table of actions and policies with the decision for each pair, from the documentation of a
/// real system.
struct AcceptanceMatrix: Sendable, CustomTestStringConvertible {
  struct Cell: Sendable {
    let policy: String
    let action: String
    let isAllowed: Bool

    /// The request of this cell: a user who holds just the policy, outside every unit.
    var request: String {
      """
      {"id": "\(policy) \(action)", "subject": {"type": "user", "groups": [], "policies": \
      ["\(policy)"]}, "action": {"name": "\(action)"}, "resource": {"unit": null}}
      """
    }
  }

  let sample: String
  let cells: [Cell]

  var testDescription: String { sample }

  /// The cells of a file whose columns, but for some, are policies.
  init(_ sample: String, file: String, besides others: Set<String>) throws {
    self.sample = sample
    let url = Fixture.folder().appending(path: file)
    let rows = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
    let header = try #require(rows.first)
    let actionColumn = try #require(header.firstIndex(of: "action"))
    cells = rows.dropFirst().flatMap { row in
      header.indices.filter { !others.contains(header[$0]) }.map { column in
        Cell(policy: header[column], action: row[actionColumn], isAllowed: row[column] == "allow")
      }
    }
  }

  static let all: [AcceptanceMatrix] = [
    try? AcceptanceMatrix(
      "Samples/emnify",
      file: "emnify-matrix.tsv",
      besides: ["line", "action", "kind", "target", "wording"]
    ),
    try? AcceptanceMatrix("Samples/enos", file: "enos-matrix.tsv", besides: ["action"]),
  ].compactMap { $0 }
}
