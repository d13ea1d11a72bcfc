import PolicyReport
import PolicySource
import PolicyWorkspace

/// The folders, policy sets and documents that the client has open.
struct WorkspaceState {
  /// What is left when something was closed.
  struct Closed {
    var remaining: [SetSnapshot] = []
    /// The roots of sets of which nothing is open any more.
    var gone: [String] = []
  }

  private var folders: [String] = []
  private var sets: [String: PolicyFolder] = [:]
  private var documents: [String: Document] = [:]
  /// The root of the set of each document.
  private var roots: [String: String] = [:]
  private var toldProblems: Set<String> = []

  init() {}

  init(_ params: JSONValue) {
    let listed = params["workspaceFolders"]?.elements?.compactMap { $0["uri"]?.text }
    let uris = listed ?? [params["rootUri"]?.text].compactMap { $0 }
    folders = uris.compactMap { DocumentURI.path(of: $0) }.map(Self.withoutSlash)
    if folders.isEmpty, listed == nil, let path = params["rootPath"]?.text { folders = [path] }
  }

  private static func withoutSlash(_ path: String) -> String {
    path.utf8.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// Every open set, in the order of their roots.
  var snapshots: [SetSnapshot] {
    sets.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map(\.value.snapshot)
  }

  func snapshot(of uri: String) -> SetSnapshot? {
    if let root = roots[uri] { return sets[root]?.snapshot }
    return snapshots.first { $0.file(at: uri) != nil }
  }

  /// Why sets cannot be read, each said once.
  mutating func newProblems() -> [String] {
    let all = Set(sets.values.compactMap { $0.problem?.message })
    defer { toldProblems = all }
    return all.subtracting(toldProblems).sorted()
  }

  // MARK: - Documents

  mutating func open(
    _ params: JSONValue,
    _ encoding: PositionEncoding
  ) throws(ResponseError) -> [SetSnapshot] {
    let item = try params.required("textDocument")
    let uri = try item.requiredText("uri")
    let text = try item.requiredText("text")
    return add(uri, version: item["version"]?.number ?? 0, text: text, encoding)
  }

  private mutating func add(
    _ uri: String,
    version: Int,
    text: String,
    _ encoding: PositionEncoding
  ) -> [SetSnapshot] {
    let path = DocumentURI.path(of: uri)
    let root = path.map { SetRoots.root(of: $0, in: folders) } ?? uri
    var set = sets[root] ?? PolicyFolder(root: root, encoding: encoding)
    let document = Document(
      uri: uri,
      version: version,
      path: path.map { set.name(ofPath: $0) } ?? uri,
      text: text
    )
    set.open(document)
    documents[uri] = document
    roots[uri] = root
    sets[root] = set
    return [set.snapshot]
  }

  /// Nil for a document that is not open.
  mutating func change(
    _ params: JSONValue,
    _ encoding: PositionEncoding
  ) throws(ResponseError) -> (snapshot: SetSnapshot, file: FileID)? {
    let item = try params.required("textDocument")
    let uri = try item.requiredText("uri")
    guard var document = documents[uri], let root = roots[uri] else {
      throw ResponseError(.invalidParams, "the document `\(uri)` is not open")
    }
    guard let changes = params["contentChanges"]?.elements else { throw .missing("contentChanges") }
    try document.apply(changes, version: item["version"]?.number, encoding)
    documents[uri] = document
    sets[root]?.change(document)
    guard let snapshot = sets[root]?.snapshot,
      let file = snapshot.file(named: document.source.path)
    else { return nil }
    return (snapshot, file)
  }

  mutating func close(_ params: JSONValue) throws(ResponseError) -> Closed {
    let uri = try params.required("textDocument").requiredText("uri")
    var closed = Closed()
    guard let document = documents.removeValue(forKey: uri),
      let root = roots.removeValue(forKey: uri)
    else { return closed }
    sets[root]?.close(document)
    guard let set = sets[root] else { return closed }
    if set.isInUse {
      closed.remaining = [set.snapshot]
    } else {
      sets[root] = nil
      closed.gone = [root]
    }
    return closed
  }

  // MARK: - Files and folders

  /// Reads the sets anew in which files changed.
  mutating func filesChanged(_ params: JSONValue) -> [SetSnapshot] {
    let paths = (params["changes"]?.elements ?? [])
      .compactMap { $0["uri"]?.text.flatMap { DocumentURI.path(of: $0) } }
    var changed: [SetSnapshot] = []
    for root in sets.keys.sorted() where paths.contains(where: { SetRoots.isInside($0, root) }) {
      sets[root]?.reload()
      if let snapshot = sets[root]?.snapshot { changed.append(snapshot) }
    }
    return changed
  }

  /// Takes folders in and out; documents may then belong to other sets.
  mutating func changeFolders(_ event: JSONValue, _ encoding: PositionEncoding) -> Closed {
    func paths(_ key: String) -> [String] {
      (event[key]?.elements ?? []).compactMap { $0["uri"]?.text }
        .compactMap { DocumentURI.path(of: $0) }.map(Self.withoutSlash)
    }
    let removed = paths("removed")
    folders = folders.filter { !removed.contains($0) } + paths("added")
    let before = Set(sets.keys)
    sets = [:]
    roots = [:]
    for document in documents.values.sorted(by: { $0.uri < $1.uri }) {
      let text = String(decoding: document.source.bytes, as: UTF8.self)
      _ = add(document.uri, version: document.version, text: text, encoding)
    }
    return Closed(remaining: snapshots, gone: before.subtracting(sets.keys).sorted())
  }
}
