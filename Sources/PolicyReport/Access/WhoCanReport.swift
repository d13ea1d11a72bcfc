package import PolicyAnalysis
import PolicyEngine
package import PolicyModel

/// Who can do an action, as people and programs get it.
package struct WhoCanReport {
  /// The order of the rows.
  package enum Order: String, CaseIterable, Sendable {
    case kind, name, answer
  }

  private let action: String
  private let rows: [AccessRow]
  private let hiddenCount: Int
  private let set: PolicySet

  /// Whether anybody can, of those that are shown.
  package let isAnybody: Bool

  /// Rows that say no more than everyone's are left out, unless all are asked for: those who can
  /// where everyone can in the same way, and those who cannot where nobody does.
  package init(
    _ action: String,
    _ rows: [AccessRow],
    isFull: Bool,
    by order: Order,
    in set: PolicySet
  ) {
    self.action = action
    self.set = set
    let telling = rows.filter { row in
      row.subject == .everyone || row.subject == .anonymous
        ? !row.grants.isEmpty : !row.isAsEveryone || isFull && !row.grants.isEmpty
    }
    hiddenCount = rows.count { !$0.grants.isEmpty } - telling.count { !$0.grants.isEmpty }
    isAnybody = rows.contains { !$0.grants.isEmpty }
    func key(_ row: AccessRow) -> String {
      switch order {
      case .kind: ""
      case .name: row.subject.name(in: set)
      case .answer:
        row.grants.isEmpty
          ? "\u{10FFFF}"
          : (row.grants.allSatisfy { $0.condition == nil } ? "0" : "1")
            + row.grants.map { $0.words(in: set) }.joined(separator: "\n")
      }
    }
    let keys = telling.map(key)
    self.rows = telling.indices.sorted { left, right in
      keys[left].utf8.elementsEqual(keys[right].utf8)
        ? left < right : keys[left].utf8.lexicographicallyPrecedes(keys[right].utf8)
    }.map { telling[$0] }
    isByKind = order == .kind
  }

  private let isByKind: Bool

  /// A line for each place and condition, under the kinds of those who can.
  package func text(on terminal: Terminal) -> String {
    guard !rows.isEmpty else {
      return "nobody can \(VisibleText.of(action))\n"
    }
    let names = rows.map { isByKind ? $0.subject.name(in: set) : $0.subject.words(in: set) }
    let width = min(36, names.map(\.count).max() ?? 0)
    var text = ""
    var last: AccessKind?
    for (row, name) in zip(rows, names) {
      let kind = row.subject.kind
      let isAlone = kind == .everyone || kind == .anonymous
      if isByKind, kind != last, !isAlone {
        text += terminal.paint(kind.heading, .strong) + "\n"
      }
      last = kind
      let indent = isByKind && !isAlone ? "  " : ""
      var left = indent + VisibleText.of(name)
      let column = width + (isByKind ? 2 : 0)
      for line in lines(of: row) {
        let gap = left.count > column ? "\n" + spaces(column + 2) : spaces(column + 2 - left.count)
        text += left + gap + VisibleText.of(line) + "\n"
        left = ""
      }
    }
    guard hiddenCount > 0 else { return text }
    return text
      + "\(Tally.count(hiddenCount, "other")) can no more than everyone; `--all` lists them\n"
  }

  private func lines(of row: AccessRow) -> [String] {
    guard !row.grants.isEmpty else { return ["never"] }
    // Of several lines not every policy need have to do with each.
    let isPolicy = row.subject.kind == .policy
    let names = row.policies.map { describe($0, in: set) }.joined(separator: ", ")
    return row.grants.map { grant in
      let through = isPolicy || row.grants.count > 1 || names.isEmpty ? "" : "  (\(names))"
      return grant.words(in: set) + through
    }
  }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: max(1, count)) }

  /// A line for each place and condition.
  package var csv: String {
    CSVText.record(["kind", "name", "answer", "places", "condition", "policies"])
      + rows.map { row in
        let who = [row.subject.kind.rawValue, row.subject.name(in: set)]
        let policies = row.policies.map { set.policies[$0].heading.name }.joined(separator: " ")
        guard !row.grants.isEmpty else { return CSVText.record(who + ["never", "", "", ""]) }
        return row.grants.map { grant in
          let condition = grant.condition.map { conditionText($0, in: set) }
          return CSVText.record(
            who + [condition == nil ? "always" : "when", grant.places.words(in: set)]
              + [condition ?? "", policies]
          )
        }.joined()
      }.joined()
  }

  /// One document, with a request that is allowed for each place and condition.
  package var json: JSONValue {
    [
      "schema": .int(1),
      "action": .string(action),
      "anybody": .bool(isAnybody),
      "rows": .array(
        rows.map { row in
          [
            "kind": .string(row.subject.kind.rawValue),
            "name": .string(row.subject.name(in: set)),
            "asEveryone": .bool(row.isAsEveryone),
            "grants": .array(row.grants.map { $0.json(in: set) }),
            "policies": .strings(row.policies.map { set.policies[$0].heading.name }),
          ]
        }
      ),
    ]
  }
}
