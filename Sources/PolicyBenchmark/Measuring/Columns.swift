import CBitLoop

/// Writes every line that is printed at once, also to a file or a pipe; called before anything is.
package func printByLine() { cbit_print_by_line() }

/// A number with a fixed count of decimals.
package func decimals(_ value: Double, _ count: Int = 1) -> String {
  var scale = 1.0
  for _ in 0..<count { scale *= 10 }
  guard value.isFinite, abs(value * scale) < 1e15 else { return "-" }
  let scaled = Int((value * scale).rounded())
  guard count > 0 else { return String(scaled) }
  let (whole, part) = abs(scaled).quotientAndRemainder(dividingBy: Int(scale))
  let digits = String(part)
  let sign = scaled < 0 ? "-" : ""
  return "\(sign)\(whole)." + String(repeating: "0", count: count - digits.count) + digits
}

/// Text padded on the left to a width.
package func column(_ text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}

/// Rows of cells, laid out in columns: the first to the left, the others to the right.
package struct TextTable: Sendable {
  private let header: [String]
  private var rows: [[String]] = []

  package init(_ header: [String]) { self.header = header }

  /// Adds a row; cells that it lacks are empty.
  package mutating func add(_ cells: [String]) { rows.append(cells) }

  /// The lines, each indented by two spaces and ended by a line break.
  package var text: String {
    let all = [header] + rows
    let widths = header.indices.map { index in
      all.map { index < $0.count ? $0[index].count : 0 }.max() ?? 0
    }
    return all.map { cells in
      var line = " "
      for (index, width) in widths.enumerated() {
        let cell = index < cells.count ? cells[index] : ""
        let padding = String(repeating: " ", count: width - cell.count)
        line += index == 0 ? " " + cell + padding : "  " + padding + cell
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}
