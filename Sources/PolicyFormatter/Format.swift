package import PolicySource
package import PolicySyntax

/// What formatting gives: the bytes, and what was wrong with the text.
package struct FormattedFile: Sendable {
  package let bytes: [UInt8]
  /// What makes the bytes of those of the source; they do not overlap.
  package let edits: [Edit]
  /// What the parser reports; a declaration in which there is an error stays byte for byte as it is.
  package let diagnostics: [Diagnostic]
}

/// Lays a file out in the one canonical way: source -> source.
///
/// Only space changes, and commas that mean nothing are left out. Formatting what is formatted
/// changes nothing.
/// - Complexity: O(bytes).
package func format(_ source: SourceFile, as file: FileID = FileID(0)) -> FormattedFile {
  let parsed = parse(source, as: file)
  let pieces = pieces(of: parsed)
  return FormattedFile(
    bytes: pieces.bytes(from: source),
    edits: pieces.edits(to: source, file: file),
    diagnostics: parsed.diagnostics
  )
}

/// What formatting changes in a file, or on the lines that a range of bytes touches.
///
/// - Complexity: O(bytes).
package func format(_ parsed: Staged<SyntaxTree>, range: Range<UInt32>? = nil) -> [Edit] {
  let source = parsed.value.source
  let edits = pieces(of: parsed).edits(to: source, file: parsed.value.file)
  guard let range else { return edits }
  let length = UInt32(source.bytes.count)
  let first = source.lineIndex(of: min(range.lowerBound, length))
  let last = source.lineIndex(of: min(max(range.lowerBound, range.upperBound), length))
  let lower = source.lineStarts[first]
  let upper = last + 1 < source.lineStarts.count ? source.lineStarts[last + 1] - 1 : length
  return edits.filter { $0.span.upper >= lower && $0.span.lower <= upper }
}

/// The pieces of a file; of one with mistakes, only where formatting the result changes nothing more.
///
/// How the parser recovers from mistakes depends on where lines break and how far they are indented.
private func pieces(of parsed: Staged<SyntaxTree>) -> Pieces {
  let tree = parsed.value
  let result = Assembly.pieces(of: parsed)
  guard parsed.diagnostics.hasErrors else { return result }
  let bytes = result.bytes(from: tree.source)
  let again = parse(SourceFile(path: tree.source.path, bytes: bytes), as: tree.file)
  let isStable = Assembly.pieces(of: again).bytes(from: again.value.source) == bytes
  return isStable ? result : .unchanged(tree.source)
}
