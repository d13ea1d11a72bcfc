import PolicySource

/// A piece of a file's text, with its place.
struct PlacedText: Sendable {
  let text: String
  let span: SourceSpan

  /// The text without the spaces around it; the whole remains the place.
  var trimmed: String { String(Self.trimmed(text.unicodeScalars[...])) }

  static func trimmed(_ scalars: Substring.UnicodeScalarView) -> Substring.UnicodeScalarView {
    var scalars = scalars
    while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
    while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    return scalars
  }
}

extension SourceFile {
  /// The lines of the file without their breaks; nil where it is not UTF-8.
  ///
  /// - Complexity: O(bytes).
  func placedLines(as file: FileID) -> [PlacedText]? {
    guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
    return lineStarts.indices.map { index in
      let line = lineBytes(index)
      return PlacedText(
        text: String(decoding: line, as: UTF8.self),
        span: SourceSpan(
          file: file,
          lower: UInt32(line.startIndex),
          upper: UInt32(line.endIndex)
        )
      )
    }
  }
}
