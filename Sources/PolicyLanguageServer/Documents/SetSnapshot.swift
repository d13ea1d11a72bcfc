import PolicySource
import PolicySyntax

/// The text of a policy set at one moment, parsed: a value that any thread may keep.
struct SetSnapshot: Sendable {
  /// A file that the client has open.
  struct OpenDocument: Sendable {
    let uri: String
    let version: Int
  }

  let root: String
  let encoding: PositionEncoding
  /// Grows with every change of any file of the set.
  var version = 0
  /// Their paths are below the root.
  private(set) var sources: SourceMap
  private(set) var parsed: [Staged<SyntaxTree>]
  private(set) var documents: [String: OpenDocument]
  let settings: SetSettings

  init(
    root: String,
    encoding: PositionEncoding,
    version: Int = 0,
    sources: SourceMap = SourceMap([]),
    documents: [String: OpenDocument] = [:],
    settings: SetSettings = SetSettings(root: "")
  ) {
    self.root = root
    self.encoding = encoding
    self.version = version
    self.sources = sources
    self.documents = documents
    self.settings = settings
    parsed = sources.ids.map { parse(sources[$0], as: $0) }
  }

  /// - Complexity: O(log files) comparisons.
  func file(named name: String) -> FileID? {
    var low = 0
    var high = sources.files.count
    while low < high {
      let middle = (low + high) / 2
      if sources.files[middle].path.utf8.lexicographicallyPrecedes(name.utf8) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    guard low < sources.files.count, sources.files[low].path.utf8.elementsEqual(name.utf8) else {
      return nil
    }
    return FileID(low)
  }

  /// The file with a URI.
  func file(at uri: String) -> FileID? {
    if let open = documents.first(where: { $0.value.uri.utf8.elementsEqual(uri.utf8) }) {
      return file(named: open.key)
    }
    guard let path = DocumentURI.path(of: uri) else { return nil }
    let prefix = root.hasSuffix("/") ? root : root + "/"
    return file(named: path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path)
  }

  func tree(_ file: FileID) -> SyntaxTree { parsed[Int(file.position)].value }

  func uri(_ file: FileID) -> String {
    let name = sources[file].path
    if let document = documents[name] { return document.uri }
    return DocumentURI.uri(
      ofPath: name.hasPrefix("/") ? name : root.hasSuffix("/") ? root + name : root + "/" + name
    )
  }

  /// The version of the client's buffer, if it has the file open.
  func clientVersion(_ file: FileID) -> Int? { documents[sources[file].path]?.version }

  func layout(_ file: FileID) -> TextLayout { TextLayout(sources[file], encoding) }

  /// Puts the text of a buffer in the place of a file's.
  ///
  /// - Complexity: O(bytes of the file).
  mutating func replace(_ file: FileID, with document: Document) {
    documents[document.source.path] = OpenDocument(uri: document.uri, version: document.version)
    guard sources[file].bytes != document.source.bytes else { return }
    sources = sources.replacing(file, with: document.source.bytes)
    parsed[Int(file.position)] = parse(sources[file], as: file)
  }

  /// Applies edits of one file, as if its buffer had changed so.
  mutating func edit(_ file: FileID, _ edits: [Edit]) {
    sources = sources.replacing(file, with: sources[file].bytes.applying(edits))
    parsed[Int(file.position)] = parse(sources[file], as: file)
  }
}
