import PolicyReport
import PolicySource

/// A document that the client has open: its buffer, which counts instead of the file.
struct Document: Sendable {
  let uri: String
  /// As the client counts.
  private(set) var version: Int
  private(set) var source: SourceFile

  init(uri: String, version: Int, path: String, text: String) {
    self.uri = uri
    self.version = version
    source = SourceFile(path: path, text: text)
  }

  /// Applies the changes of one notification in their order.
  ///
  /// - Complexity: O(changes × bytes).
  mutating func apply(
    _ changes: [JSONValue],
    version: Int?,
    _ encoding: PositionEncoding
  ) throws(ResponseError) {
    var bytes = source.bytes
    for change in changes {
      guard let text = change["text"]?.text else { throw .missing("text") }
      guard let range = change["range"], !range.isNull else {
        bytes = Array(text.utf8)
        continue
      }
      let wanted = try TextRange(range)
      let layout = TextLayout(SourceFile(path: source.path, bytes: bytes), encoding)
      let lower = layout.offset(wanted.start)
      let upper = max(lower, layout.offset(wanted.end))
      bytes.replaceSubrange(lower..<upper, with: text.utf8)
    }
    source = SourceFile(path: source.path, bytes: bytes)
    self.version = version ?? self.version
  }
}
