import PolicySource

/// The lines of one file that a diagnostic points at, with marks below them.
///
/// ```
///   ┌─ roles.pol:14:16
/// 14│   allow device.delte when context.mfa
///   │                ^^^^^ not in catalogue `portal`
/// ```
struct Frame {
  /// A run of bytes of a line to be underlined.
  struct Mark {
    let lower: UInt32
    let upper: UInt32
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
    guard last > first else {
      add(Mark(lower: lower, upper: upper, isPrimary: isPrimary, text: text), to: first)
      return
    }
    // A span of several lines is underlined at both ends, and spoken of at the second.
    let end = UInt32(file.lineBytes(first).endIndex)
    add(Mark(lower: lower, upper: end, isPrimary: isPrimary, text: ""), to: first)
    let bytes = file.lineBytes(last)
    let start = bytes.firstIndex { $0 != 0x20 && $0 != 0x09 } ?? bytes.startIndex
    add(Mark(lower: UInt32(start), upper: upper, isPrimary: isPrimary, text: text), to: last)
  }

  private mutating func add(_ mark: Mark, to line: Int) {
    marks[line, default: []].append(mark)
  }
}
