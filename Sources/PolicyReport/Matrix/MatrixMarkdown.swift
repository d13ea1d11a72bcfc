package import PolicyAnalysis

/// A matrix as a table of Markdown (GitHub's), with the conditions as a list below it.
package struct MatrixMarkdown {
  private let words: MatrixWords

  package init(_ matrix: Matrix, _ view: Matrix.View) {
    words = MatrixWords(matrix: matrix, view: view)
  }

  /// - Complexity: O(rows × actions).
  package func text() -> String {
    let rows = words.rows
    var text = "\(words.legend.replacing("  ", with: " · "))\n\n| action |"
    for row in rows { text += " \(plain(words.heading(row))) |" }
    text += "\n|---|" + String(repeating: ":-:|", count: rows.count) + "\n"
    words.forEachAction { _, action, cells in
      let action = words.matrix.actions[action]
      let mark = action.isSensitive ? " **sensitive**" : ""
      text += "| \(plain(words.name(action)))\(mark) |"
      for cell in cells {
        let symbol = words.symbol(cell)
        text += " \(cell.change == nil ? symbol : "**\(symbol)**") |"
      }
      text += "\n"
    }
    var isFirst = true
    for row in rows {
      for (cell, actions) in words.remarks(row) {
        if isFirst { text += "\n" }
        isFirst = false
        text += "- **\(plain(words.heading(row)))**, \(plain(words.list(actions))): "
        text += plain(words.phrase(cell)) + "\n"
      }
    }
    return text
  }

  /// Text in which nothing is read as Markdown or HTML.
  private func plain(_ text: String) -> String {
    var result = ""
    for character in VisibleText.of(text) {
      switch character {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\\", "`", "*", "_", "[", "]", "#", "|", "~": result += "\\\(character)"
      default: result.append(character)
      }
    }
    return result
  }
}
