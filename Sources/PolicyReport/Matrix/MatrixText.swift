package import PolicyAnalysis

/// A matrix for a terminal: a line for each action, a column for each row, and below it what the
/// conditions are.
package struct MatrixText {
  private let words: MatrixWords
  private let terminal: Terminal

  package init(_ matrix: Matrix, _ view: Matrix.View, on terminal: Terminal) {
    words = MatrixWords(matrix: matrix, view: view)
    self.terminal = terminal
  }

  /// - Complexity: O(rows × actions).
  package func text() -> String {
    let matrix = words.matrix
    let rows = words.rows
    let width =
      matrix.actions.map {
        DisplayWidth.columns(of: VisibleText.of(words.name($0))) + mark($0).count
      }
      .max() ?? 0
    let gap = String(repeating: " ", count: width + 2)
    let step = matrix.isCompared ? "│  " : "│ "
    var text = terminal.paint(words.legend, .frame) + "\n"
    if matrix.actions.contains(where: \.isSensitive) {
      text += terminal.paint("! a sensitive action", .frame) + "\n"
    }
    text += "\n"
    for (index, row) in rows.enumerated() {
      text += gap + terminal.paint(String(repeating: step, count: index), .frame)
      text += terminal.paint(VisibleText.of(words.heading(row)), .strong) + "\n"
    }
    words.forEachAction { service, action, cells in
      let name = VisibleText.of(words.name(matrix.actions[action])) + mark(matrix.actions[action])
      let pad = String(repeating: " ", count: max(0, width - DisplayWidth.columns(of: name)) + 2)
      var line = name + pad
      for (index, cell) in cells.enumerated() {
        let symbol = words.symbol(cell)
        let space = index + 1 == cells.count ? 0 : step.count - symbol.count
        line += painted(symbol, cell) + String(repeating: " ", count: space)
      }
      text += line + "\n"
    }
    return text + remarks()
  }

  private func mark(_ action: MatrixAction) -> String { action.isSensitive ? " !" : "" }

  private func painted(_ symbol: String, _ cell: MatrixCell) -> String {
    switch cell.outcomes.word {
    case "allow": terminal.paint(symbol, .allow)
    case "deny": terminal.paint(symbol, .deny)
    case "conditional": terminal.paint(symbol, .warning)
    default: symbol
    }
  }

  /// What the symbols leave open.
  private func remarks() -> String {
    var text = ""
    for row in words.rows {
      let remarks = words.remarks(row)
      guard !remarks.isEmpty else { continue }
      text += "\n" + terminal.paint(VisibleText.of(words.heading(row)), .strong) + "\n"
      for (cell, actions) in remarks {
        text += "  \(painted(words.symbol(cell), cell)) \(VisibleText.of(words.list(actions)))\n"
        for reason in words.reasons(cell) {
          text += "      \(VisibleText.of(reason.text))"
          if let place = reason.place {
            text += terminal.paint("  \(VisibleText.of(place.text))", .frame)
          }
          text += "\n"
        }
        if let before = cell.before {
          let was = words.phrase(words.matrix.cells[before])
          text += "      was: \(VisibleText.of(was.isEmpty ? "nothing" : was))\n"
        }
      }
    }
    return text
  }
}
