import PolicyAnalysis
import PolicyModel

/// One view of a matrix, in the words that all its formats use.
struct MatrixWords {
  let matrix: Matrix
  let view: Matrix.View

  var rows: [MatrixRow] { matrix.rows(view) }

  /// What the rows are called.
  var rowWord: String { view == .policies ? "policy" : view == .principals ? "principal" : "unit" }

  static let symbols: [(symbol: String, meaning: String)] = [
    ("✓", "allowed"), ("✗", "denied"), ("◐", "allowed on conditions"),
    ("⊖", "denied on conditions"), ("·", "nothing"),
  ]

  /// A symbol, and a sign for a change; both one column wide.
  func symbol(_ cell: MatrixCell) -> String {
    let symbol =
      switch cell.outcomes.word {
      case "allow": "✓"
      case "deny": "✗"
      case "conditional": cell.outcomes.contains(.allow) ? "◐" : "⊖"
      default: "·"
      }
    return symbol + sign(cell.change)
  }

  func sign(_ change: ChangeKind?) -> String {
    switch change {
    case nil: ""
    case .widened: "+"
    case .narrowed: "-"
    case .reconditioned: "±"
    }
  }

  var legend: String {
    var parts = Self.symbols.map { "\($0.symbol) \($0.meaning)" }
    if matrix.isCompared { parts += ["+ widened", "- narrowed", "± re-conditioned"] }
    return parts.joined(separator: "  ")
  }

  /// How a row is named at the head of its column.
  func heading(_ row: MatrixRow) -> String {
    var text = row.name
    switch row.kind {
    case "user", "service-account", "group": text = "\(row.kind) \(text)"
    default: break
    }
    if let former = row.formerName { text += " (was \(former))" }
    switch row.presence {
    case .both: return text
    case .new: return "\(text) (new)"
    case .old: return "\(text) (removed)"
    }
  }

  /// The name of an action, with a mark for one that only one side has.
  func name(_ action: MatrixAction) -> String {
    switch action.presence {
    case .both: action.path
    case .new: "\(action.path) (new)"
    case .old: "\(action.path) (removed)"
    }
  }

  /// What decides a cell, a line each, such as "allow when context.mfa".
  func reasons(_ cell: MatrixCell) -> [(text: String, place: MatrixPlace?)] {
    if !cell.holders.isEmpty {
      return [(holders(cell), nil)]
    }
    return cell.entries.map { entry in
      let rule = matrix.rules[entry.rule]
      var text = rule.effect.word
      if let condition = rule.condition { text += " when \(condition)" }
      let grants = entry.grants.prefix(3).map { matrix.grants[$0].text }
      if !grants.isEmpty {
        text += ", \(grants.joined(separator: "; "))"
        if entry.grants.count > 3 { text += " and \(entry.grants.count - 3) more" }
      }
      return (text, rule.place)
    }
  }

  /// Who is allowed, such as "user ada; on conditions group operators".
  private func holders(_ cell: MatrixCell) -> String {
    func names(_ isAlways: Bool) -> String {
      cell.holders.filter { $0.isAlways == isAlways }
        .map { heading(matrix.principals[$0.row]) }.joined(separator: ", ")
    }
    var parts = [names(true)]
    let some = names(false)
    if !some.isEmpty { parts.append("on conditions \(some)") }
    if cell.moreHolders > 0 { parts.append("and \(cell.moreHolders) more") }
    return parts.filter { !$0.isEmpty }.joined(separator: "; ")
  }

  /// A cell in one phrase: `allow`, or when it does what.
  func phrase(_ cell: MatrixCell) -> String {
    var text: String
    switch cell.outcomes.word {
    case "nothing": text = ""
    case "conditional": text = reasons(cell).map(\.text).joined(separator: "; ")
    case let word:
      text = cell.holders.isEmpty ? word : "\(word): \(holders(cell))"
    }
    if let before = cell.before, let change = cell.change {
      let was = phrase(matrix.cells[before])
      text =
        "\(text.isEmpty ? "nothing" : text) [\(change.rawValue); was \(was.isEmpty ? "nothing" : was)]"
    }
    return text
  }

  /// The cells of a row that need more words than a symbol, each with its actions, in order.
  func remarks(_ row: MatrixRow) -> [(cell: MatrixCell, actions: [Int])] {
    var order: [Int] = []
    var actions: [Int: [Int]] = [:]
    for (service, page) in zip(matrix.services, row.pages) {
      var action = service.actions.lowerBound
      for run in matrix.pages[page] {
        let cell = matrix.cells[run.cell]
        if cell.outcomes.word == "conditional" || cell.change != nil || !cell.holders.isEmpty {
          if actions[run.cell] == nil { order.append(run.cell) }
          actions[run.cell, default: []] += Array(action..<action + run.count)
        }
        action += run.count
      }
    }
    return order.map { (matrix.cells[$0], actions[$0] ?? []) }
  }

  /// Some actions, by whole services and groups where they are all there.
  func list(_ actions: [Int]) -> String {
    let chosen = Set(actions)
    var names: [String] = []
    for service in matrix.services where service.actions.contains(where: { chosen.contains($0) }) {
      if service.actions.allSatisfy({ chosen.contains($0) }) {
        names.append("\(service.name).*")
        continue
      }
      var position = service.actions.lowerBound
      while position < service.actions.upperBound {
        let end = group(from: position, in: service.actions)
        if end > position + 1, (position..<end).allSatisfy({ chosen.contains($0) }) {
          names.append("\(service.name).\(matrix.actions[position].groups.first ?? "")")
          position = end
          continue
        }
        if chosen.contains(position) { names.append(matrix.actions[position].path) }
        position += 1
      }
    }
    let shown = names.prefix(6).joined(separator: ", ")
    return names.count > 6 ? "\(shown) and \(names.count - 6) more" : shown
  }

  /// Where the outermost group that begins at an action ends; the action itself if none does.
  private func group(from position: Int, in service: Range<Int>) -> Int {
    guard let group = matrix.actions[position].groups.first else { return position }
    if position > service.lowerBound, matrix.actions[position - 1].groups.first == group {
      return position
    }
    var end = position
    while end < service.upperBound, matrix.actions[end].groups.first == group { end += 1 }
    return end
  }

  /// Calls with each action and the cells of all rows for it, in order.
  func forEachAction(_ body: (MatrixService, Int, [MatrixCell]) -> Void) {
    let rows = rows
    for (index, service) in matrix.services.enumerated() {
      var cursors = rows.map { (page: $0.pages[index], run: 0, rest: 0) }
      for position in cursors.indices {
        cursors[position].rest = matrix.pages[cursors[position].page][0].count
      }
      for action in service.actions {
        var cells: [MatrixCell] = []
        cells.reserveCapacity(rows.count)
        for position in cursors.indices {
          let page = matrix.pages[cursors[position].page]
          if cursors[position].rest == 0 {
            cursors[position].run += 1
            cursors[position].rest = page[cursors[position].run].count
          }
          cells.append(matrix.cells[page[cursors[position].run].cell])
          cursors[position].rest -= 1
        }
        body(service, action, cells)
      }
    }
  }
}
