import PolicySource

extension Frame {
  /// Lines wider than this are shown in part, around their marks.
  private static let widest = 160
  /// The columns shown before the first mark of such a line.
  private static let lead = 40

  /// The frame as text, every line ended by a line break.
  func text(opening: String, gutter: Int, style: Style, on terminal: Terminal) -> String {
    let blank = String(repeating: " ", count: gutter)
    let place = file.place(of: place.lower)
    let path = VisibleText.of(file.path)
    var text = blank + terminal.paint(opening, .frame)
    text += " \(path):\(place.line):\(place.column)\n"
    var previous: Int?
    for line in marks.keys.sorted() {
      if let previous, line > previous + 2 {
        text += blank + terminal.paint("·", .frame) + "\n"
      } else if let previous, line == previous + 2 {
        text += source(previous + 1, gutter: gutter, on: terminal)
      }
      text += marked(line, gutter: gutter, style: style, on: terminal)
      previous = line
    }
    return text
  }

  /// A line without marks.
  private func source(_ line: Int, gutter: Int, on terminal: Terminal) -> String {
    let shown = ShownLine(line, of: file, near: 0)
    return number(line, gutter: gutter, on: terminal)
      + Self.padded(shown.text(0..<min(shown.width, Self.widest))) + "\n"
  }

  /// A line and, below it, each of its marks on a row of its own, from left to right.
  private func marked(
    _ line: Int,
    gutter: Int,
    style: Style,
    on terminal: Terminal
  ) -> String {
    let marks = (marks[line] ?? []).sorted {
      ($0.lower, $0.isPrimary ? 0 : 1) < ($1.lower, $1.isPrimary ? 0 : 1)
    }
    let shown = ShownLine(line, of: file, near: marks.first?.lower ?? 0)
    let window = Self.window(of: shown, from: marks.first.map { shown.column(of: $0.lower) } ?? 0)
    let opening = window.lowerBound > 0 || shown.isCut.before ? "…" : ""
    let closing = window.upperBound < shown.width || shown.isCut.after ? "…" : ""
    var text = number(line, gutter: gutter, on: terminal)
    text += Self.padded(opening + shown.text(window) + closing) + "\n"
    let bar = String(repeating: " ", count: gutter) + terminal.paint("│", .frame) + " "
    for mark in marks {
      let lower = shown.column(of: mark.lower)
      let columns = (lower..<max(lower + 1, shown.column(of: mark.upper)))
        .clamped(to: window.lowerBound..<window.upperBound + 1)
      guard !columns.isEmpty else { continue }
      let before = columns.lowerBound - window.lowerBound + (opening.isEmpty ? 0 : 1)
      var words = String(repeating: mark.isPrimary ? "^" : "-", count: columns.count)
      if !mark.text.isEmpty { words += " " + mark.text }
      text += bar + String(repeating: " ", count: before)
      text += terminal.paint(words, mark.isPrimary ? style : .frame) + "\n"
    }
    return text
  }

  private func number(_ line: Int, gutter: Int, on terminal: Terminal) -> String {
    let digits = String(line + 1)
    let blank = String(repeating: " ", count: max(0, gutter - digits.count))
    return terminal.paint(blank + digits + "│", .frame)
  }

  /// One space before a line's text, and none where it is empty.
  private static func padded(_ text: String) -> String { text.isEmpty ? "" : " " + text }

  /// The columns of a line that are shown, when its first mark is at one of them.
  private static func window(of line: ShownLine, from first: Int) -> Range<Int> {
    guard line.width > widest else { return 0..<line.width }
    let lower = max(0, min(first - lead, line.width - widest))
    return lower..<min(line.width, lower + widest)
  }
}
