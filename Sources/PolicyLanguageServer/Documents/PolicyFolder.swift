import PolicySource
import PolicySyntax
import PolicyWorkspace
import Synchronization

/// A policy set that is open: the files of a directory, with the buffers of the client over them.
struct PolicyFolder {
  /// The directory of the set, or the URI of a buffer that is in none.
  let root: String
  private(set) var snapshot: SetSnapshot
  /// What is on the disk, by the path below the root; what is open stands over it.
  private var files: [String: [UInt8]] = [:]
  private var buffers: [String: Document] = [:]
  private var settings = SetSettings(root: "")
  /// Why the directory, or a file in it, cannot be read.
  private(set) var problem: FileError?

  init(root: String, encoding: PositionEncoding) {
    self.root = root
    snapshot = SetSnapshot(root: root, encoding: encoding)
    reload()
  }

  private static let versions = Atomic<Int>(0)

  /// A version that no other text has had, also of a set that was closed and opened again.
  private static var nextVersion: Int {
    versions.wrappingAdd(1, ordering: .relaxed).newValue
  }

  /// Whether any buffer of the set is open.
  var isInUse: Bool { !buffers.isEmpty }

  /// Reads the directory anew.
  mutating func reload() {
    files = [:]
    problem = nil
    settings = SetSettings(root: root)
    if root.hasPrefix("/") {
      do throws(FileError) {
        for path in try PolicyFiles.find(at: [root]) {
          files[name(ofPath: path)] = try FileContents.read(path)
        }
      } catch {
        // A set may begin with a buffer that was never saved.
        if case .noPolicyFiles = error {} else if case .notFound = error {} else { problem = error }
      }
    }
    rebuild()
  }

  /// Opens a buffer, or takes its place.
  mutating func open(_ document: Document) {
    let isKnown = buffers[document.source.path] != nil || files[document.source.path] != nil
    buffers[document.source.path] = document
    if isKnown { replace(document) } else { rebuild() }
  }

  /// Takes over the text of a buffer that has changed; its file alone is parsed.
  mutating func change(_ document: Document) {
    buffers[document.source.path] = document
    replace(document)
  }

  mutating func close(_ document: Document) {
    buffers[document.source.path] = nil
    let path = path(ofName: document.source.path)
    if root.hasPrefix("/"), let bytes = try? FileContents.read(path) {
      files[document.source.path] = bytes
    } else {
      files[document.source.path] = nil
    }
    rebuild()
  }

  /// The name by which the set knows a file: its path below the root.
  func name(ofPath path: String) -> String {
    let prefix = root.hasSuffix("/") ? root : root + "/"
    return path.utf8.starts(with: prefix.utf8) ? String(path.dropFirst(prefix.count)) : path
  }

  private func path(ofName name: String) -> String {
    name.hasPrefix("/") ? name : root.hasSuffix("/") ? root + name : root + "/" + name
  }

  private mutating func replace(_ document: Document) {
    guard let id = snapshot.file(named: document.source.path) else { return rebuild() }
    let old = snapshot.sources[id].bytes
    snapshot.replace(id, with: document)
    if old != document.source.bytes { snapshot.version = Self.nextVersion }
  }

  private mutating func rebuild() {
    var all = files.mapValues { bytes in bytes }
    for (name, document) in buffers { all[name] = document.source.bytes }
    let sources = SourceMap(all.map { SourceFile(path: $0.key, bytes: $0.value) })
    var documents: [String: SetSnapshot.OpenDocument] = [:]
    for (name, document) in buffers {
      documents[name] = SetSnapshot.OpenDocument(uri: document.uri, version: document.version)
    }
    snapshot = SetSnapshot(
      root: root,
      encoding: snapshot.encoding,
      version: Self.nextVersion,
      sources: sources,
      documents: documents,
      settings: settings
    )
  }
}
