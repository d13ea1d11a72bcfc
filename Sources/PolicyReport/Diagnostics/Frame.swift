import PolicySource

/// The lines of one file that a diagnostic points at, with marks below them.
///
/// ```
///   ┌─ roles.pol:14:16
/// 14│   allow device.delte when context.mfa
///   │                ^^^^^ not in catalogue `portal`
/// ```
struct Frame {
  /// A run of columns to be underlined.
  struct Mark {
    let columns: Range<Int>
    let isPrimary: Bool
    /// What is said beside it; may be empty.
    let text: String
  }

  let file: SourceFile
  /// Where the frame says that it is.
  let place: SourceSpan
  /// The marks of every line (from 0) that has some.
  private(set) var marks: [Int: [Mark]] = [:]

  /// The frame of some labels, all of them in one file; the first gives the place.
  init(_ labels: [(label: Label, isPrimary: Bool)], at place: SourceSpan, of file: SourceFile) {
    self.file = file
    self.place = place
    for (label, isPrimary) in labels { add(label, isPrimary: isPrimary) }
  }

  /// The number of the last line shown, from 1.
  var lastLine: Int { (marks.keys.max() ?? 0) + 1 }

  private mutating func add(_ label: Label, isPrimary: Bool) {
    let length = UInt32(file.bytes.count)
    let lower = min(label.span.lower, length)
    let upper = min(max(label.span.upper, lower), length)
    let first = file.lineIndex(of: lower)
    // A span that ends with a line break ends on the line that the break ends.
    let last = upper > lower ? file.lineIndex(of: upper - 1) : first
    let text = VisibleText.of(label.text)
    let start = ShownLine(first, of: file)
    guard last > first else {
      let columns = Self.columns(start.column(of: lower), start.column(of: upper))
      marks[first, default: []].append(Mark(columns: columns, isPrimary: isPrimary, text: text))
      return
    }
    // A span of several lines is underlined at both ends, and spoken of at the second.
    let end = ShownLine(last, of: file)
    marks[first, default: []].append(
      Mark(
        columns: Self.columns(start.column(of: lower), start.width),
        isPrimary: isPrimary,
        text: ""
      )
    )
    marks[last, default: []].append(
      Mark(
        columns: Self.columns(end.indentation, end.column(of: upper)),
        isPrimary: isPrimary,
        text: text
      )
    )
  }

  private static func columns(_ lower: Int, _ upper: Int) -> Range<Int> {
    lower..<max(lower + 1, upper)
  }
}
