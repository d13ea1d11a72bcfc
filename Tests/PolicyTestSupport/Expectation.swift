package import PolicySource

/// What a fixture says in its comments about the diagnostics of its own text.
///
/// A comment of carets below a line states the exact columns, then the code, then, if anything, a
/// part of the message:
///
///     allow device.delte
///     //           ^^^^^ unknown-action has no action
///
/// One caret is a point or one character. Several such comments may follow each other; all are
/// about the last line that is none. Columns that lie under the slashes are written as numbers
/// (`// @1-6 code`), and what is said about the whole file as `// @file code`.
package struct Expectation: Hashable, Sendable {
  /// The line, from 0; nothing for the whole file.
  package let line: Int?
  /// The columns, from 1.
  package let columns: ClosedRange<Int>
  package let code: String
  package let message: String

  /// The lines that a fixture expects something about, and the comments that say so.
  ///
  /// - Complexity: O(bytes).
  package static func all(in source: SourceFile) -> [Expectation] {
    var result: [Expectation] = []
    var subject = 0
    for index in source.lineStarts.indices {
      let line = String(decoding: source.lineBytes(index), as: UTF8.self)
      if let expectation = Expectation(comment: line, about: subject) {
        result.append(expectation)
      } else {
        subject = index
      }
    }
    return result
  }

  /// Reads one line of a fixture; nothing where it is no expectation.
  package init?(comment line: String, about subject: Int) {
    let scalars = Array(line.unicodeScalars)
    guard let slashes = scalars.firstIndex(where: { $0 != " " }),
      scalars[slashes...].starts(with: "//".unicodeScalars)
    else { return nil }
    guard let start = scalars[(slashes + 2)...].firstIndex(where: { $0 != " " }) else { return nil }
    let words = String(String.UnicodeScalarView(scalars[start...]))
      .split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true).map(String.init)
    guard words.count >= 2, let place = words.first else { return nil }
    code = words[1]
    message = words.count > 2 ? words[2] : ""
    if place.utf8.allSatisfy({ $0 == UInt8(ascii: "^") }) {
      self.line = subject
      columns = start + 1...start + place.utf8.count
    } else if place == "@file" {
      self.line = nil
      columns = 1...1
    } else if place.first == "@", let columns = Self.columns(place.dropFirst()) {
      self.line = subject
      self.columns = columns
    } else {
      return nil
    }
  }

  private static func columns(_ text: Substring) -> ClosedRange<Int>? {
    let numbers = text.split(separator: "-").map { Int($0) }
    guard let first = numbers.first ?? nil, let last = numbers.last ?? nil, first <= last else {
      return nil
    }
    return first...last
  }

  /// What a diagnostic looks like as an expectation; of a place of several lines, the first.
  package init(_ diagnostic: Diagnostic, in source: SourceFile) {
    let span = diagnostic.primary.span
    let place = source.place(of: span.lower)
    let lineEnd = source.lineStarts[place.line - 1] + UInt32(source.lineBytes(place.line - 1).count)
    let end = source.place(of: max(span.lower, min(span.upper, lineEnd)))
    line = place.line - 1
    columns = place.column...max(place.column, end.column - 1)
    code = diagnostic.code.rawValue
    message = diagnostic.message
  }

  private func matches(_ actual: Expectation) -> Bool {
    let isThere = line == nil || line == actual.line && columns == actual.columns
    return isThere && code == actual.code && (message.isEmpty || actual.message.contains(message))
  }

  private func description(in source: SourceFile) -> String {
    let place = line.map { "\($0 + 1):\(columns.lowerBound)-\(columns.upperBound)" } ?? "the file"
    return "\(source.path):\(place) \(code) \(message)"
  }

  /// What was reported but not expected, and what was expected but not reported.
  package static func mismatches(
    source: SourceFile,
    diagnostics: [Diagnostic]
  ) -> [String] {
    var missing = all(in: source)
    var result: [String] = []
    for diagnostic in diagnostics {
      let actual = Expectation(diagnostic, in: source)
      if let index = missing.firstIndex(where: { $0.matches(actual) }) {
        missing.remove(at: index)
      } else {
        result.append("reported but not expected: \(actual.description(in: source))")
      }
    }
    return result
      + missing.map { "expected but not reported: \($0.description(in: source))" }
  }
}
