import PolicyReport
import PolicySource
import Synchronization

/// Tells the client what is wrong with its files; never something older after something newer.
final class Publisher: Sendable {
  private struct Sent: Equatable {
    let bytes: [UInt8]
    var version: Int?
  }

  private struct Shown {
    /// The version of the set that is shown.
    var version = 0
    /// Whether what is shown is that of a whole check.
    var isSettled = false
    /// What is shown of each file, as it was sent, and of which version of the client's buffer.
    var files: [String: Sent] = [:]
  }

  private let shown = Mutex<[String: Shown]>([:])
  private let outbox: Outbox

  init(_ outbox: Outbox) { self.outbox = outbox }

  /// Shows findings, unless newer ones are shown.
  ///
  /// Files whose findings are as they were are not sent again, but for the one that was edited: a
  /// client may wait for the answer to its change.
  func publish(
    _ diagnostics: [Diagnostic],
    of snapshot: SetSnapshot,
    isSettled: Bool,
    edited: FileID? = nil
  ) {
    let byFile = Dictionary(grouping: diagnostics, by: \.primary.span.file)
    shown.withLock { shown in
      var current = shown[snapshot.root] ?? Shown()
      guard
        snapshot.version > current.version
          || snapshot.version == current.version && (isSettled || !current.isSettled)
      else { return }
      current.version = snapshot.version
      current.isSettled = isSettled
      var layouts = LayoutCache(snapshot)
      var gone = Set(current.files.keys)
      for file in snapshot.sources.ids {
        let found = byFile[file] ?? []
        let uri = snapshot.uri(file)
        gone.remove(uri)
        if found.isEmpty, current.files[uri] == nil, file != edited,
          snapshot.clientVersion(file) == nil
        {
          continue
        }
        let list = JSONValue.array(found.map { DiagnosticMessage.json($0, &layouts) })
        let sent = Sent(bytes: JSONWriter.line(list), version: snapshot.clientVersion(file))
        guard current.files[uri] != sent || file == edited else { continue }
        current.files[uri] = sent
        send(uri, list, version: sent.version)
      }
      if let settings = snapshot.settings.source {
        let uri = DocumentURI.uri(ofPath: settings.path)
        let list = DiagnosticMessage.json(snapshot.settings, snapshot.encoding)
        let sent = Sent(bytes: JSONWriter.line(list))
        gone.remove(uri)
        if sent != current.files[uri] ?? Sent(bytes: JSONWriter.line([])) {
          current.files[uri] = sent
          send(uri, list, version: nil)
        }
      }
      for uri in gone.sorted() {
        current.files[uri] = nil
        send(uri, [], version: nil)
      }
      shown[snapshot.root] = current
    }
  }

  /// Takes everything back that is shown of a set.
  func withdraw(root: String) {
    shown.withLock { shown in
      for uri in (shown[root]?.files.keys.sorted() ?? []) { send(uri, [], version: nil) }
      shown[root] = nil
    }
  }

  private func send(_ uri: String, _ list: JSONValue, version: Int?) {
    outbox.notify(
      "textDocument/publishDiagnostics",
      compact([
        ("uri", .string(uri)), ("version", version.map { .int($0) }), ("diagnostics", list),
      ])
    )
  }
}

/// The line tables of the files of a set, each made once.
struct LayoutCache {
  let snapshot: SetSnapshot
  private var layouts: [FileID: TextLayout] = [:]

  init(_ snapshot: SetSnapshot) { self.snapshot = snapshot }

  subscript(file: FileID) -> TextLayout {
    mutating get {
      if let known = layouts[file] { return known }
      let made = snapshot.layout(file)
      layouts[file] = made
      return made
    }
  }

  mutating func range(_ span: SourceSpan) -> JSONValue { self[span.file].range(span).json }

  /// A `Location`.
  mutating func location(_ span: SourceSpan) -> JSONValue {
    ["uri": .string(snapshot.uri(span.file)), "range": range(span)]
  }
}
