package import PolicyAnalysis

/// A matrix as comma-separated values (RFC 4180): a record for each action, a field for each row.
package struct MatrixCSV {
  private let words: MatrixWords

  package init(_ matrix: Matrix, _ view: Matrix.View) {
    words = MatrixWords(matrix: matrix, view: view)
  }

  /// - Complexity: O(rows × actions).
  package func text() -> String {
    var text = record(["service", "action", "title", "sensitive"] + words.rows.map(words.heading))
    words.forEachAction { service, index, cells in
      let action = words.matrix.actions[index]
      let name = String(words.name(action).dropFirst(service.name.count + 1))
      text += record(
        [service.name, name, action.title ?? "", action.isSensitive ? "yes" : ""]
          + cells.map { cell in
            if cell.change == nil, cell.outcomes.word != "conditional", cell.holders.isEmpty {
              return cell.outcomes == .nothing ? "" : cell.outcomes.word
            }
            return words.phrase(cell)
          }
      )
    }
    return text
  }

  private func record(_ fields: [String]) -> String {
    CSVText.record(fields.map { VisibleText.of($0) })
  }
}
