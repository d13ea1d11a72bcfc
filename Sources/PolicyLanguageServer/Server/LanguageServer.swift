import Dispatch
import PolicyReport
import PolicySource
import PolicyWorkspace

/// The state of one session with a client; messages come to it one after the other.
///
/// Changes of text are taken over and answered at once. What needs a whole check is done by the
/// `Analyst` on another thread.
package final class LanguageServer {
  private enum Phase { case new, running, shutDown }

  private let outbox: Outbox
  private let publisher: Publisher
  private let analyst: Analyst
  private let committed = CommittedSets()
  private let version: String
  private var phase = Phase.new
  private var client = ClientAbilities()
  private var pending: [RequestID: Cancellation] = [:]
  private var workspace = WorkspaceState()

  package init(_ outbox: Outbox, version: String) {
    self.outbox = outbox
    self.version = version
    publisher = Publisher(outbox)
    analyst = Analyst(publisher)
  }

  /// Takes what came from the client; a status when the session is over.
  ///
  /// The status is 0 when the client shut the server down before, else 1.
  package func receive(_ event: FrameReader.Event) -> Int32? {
    switch event {
    case .malformed(let why):
      outbox.respond(to: nil, with: .failure(ResponseError(.parseError, why)))
    case .message(let bytes):
      do throws(UnreadableMessage) {
        switch try Message.read(bytes) {
        case .request(let id, let method, let params): request(id, method, params)
        case .notification("exit", _): return phase == .shutDown ? 0 : 1
        case .notification(let method, let params): notify(method, params)
        case .response: break
        }
      } catch {
        outbox.respond(to: error.id, with: .failure(error.error))
      }
    }
    return outbox.hasNoReader ? endStatus : nil
  }

  /// The status of a session that ends because the client is gone.
  package var endStatus: Int32 { phase == .shutDown ? 0 : 1 }

  // MARK: - Requests

  private func request(_ id: RequestID, _ method: String, _ params: JSONValue) {
    do throws(ResponseError) {
      switch (phase, method) {
      case (.new, "initialize"):
        outbox.respond(to: id, with: .success(try initialize(params)))
      case (.new, _):
        throw ResponseError(.serverNotInitialized, "the first request is `initialize`")
      case (.shutDown, _):
        throw ResponseError(.invalidRequest, "the server has been shut down")
      case (.running, "initialize"):
        throw ResponseError(.invalidRequest, "the server is initialized already")
      case (.running, "shutdown"):
        phase = .shutDown
        for cancellation in pending.values { cancellation.cancel() }
        outbox.respond(to: id, with: .success(.null))
      case (.running, _):
        try answer(id, method, params)
      }
    } catch {
      outbox.respond(to: id, with: .failure(error))
    }
  }

  private func answer(
    _ id: RequestID,
    _ method: String,
    _ params: JSONValue
  ) throws(ResponseError) {
    if let request = WorkspaceRequest.all.first(where: { $0.method == method }) {
      return answer(id, request, params)
    }
    guard let feature = Feature.all.first(where: { $0.method == method }) else {
      throw ResponseError(.methodNotFound, "there is no method `\(method)`")
    }
    let uri = try params.required("textDocument").requiredText("uri")
    guard let snapshot = workspace.snapshot(of: uri), let file = snapshot.file(at: uri) else {
      throw ResponseError(.invalidParams, "the document `\(uri)` is not open")
    }
    let cancellation = Cancellation()
    let question = Question(
      params: params,
      snapshot: snapshot,
      file: file,
      layout: snapshot.layout(file),
      client: client,
      cancellation: cancellation,
      committed: committed,
      lastAnalysis: analyst.lastAnalysis(of: snapshot.root)
    )
    switch feature.answer {
    case .atOnce(let body): outbox.respond(to: id, with: .success(try body(question)))
    case .analysed(let body):
      pending[id] = cancellation
      analyst.perform(snapshot, unless: cancellation, answering: id, on: outbox) {
        (analysis) throws(ResponseError) in try body(question, analysis)
      }
    }
  }

  private func answer(_ id: RequestID, _ request: WorkspaceRequest, _ params: JSONValue) {
    let cancellation = Cancellation()
    pending[id] = cancellation
    let client = client
    let committed = committed
    let tell: @Sendable (Int, String) -> Void = { [outbox] type, text in
      outbox.notify("window/showMessage", ["type": .int(type), "message": .string(text)])
    }
    analyst.perform(
      workspace.snapshots,
      unless: cancellation,
      answering: id,
      on: outbox
    ) { (analyses) throws(ResponseError) in
      try request.answer(
        WorkspaceQuestion(
          params: params,
          analyses: analyses,
          client: client,
          committed: committed,
          tell: tell
        )
      )
    }
  }

  // MARK: - Notifications

  private func notify(_ method: String, _ params: JSONValue) {
    guard phase == .running else { return }
    do throws(ResponseError) {
      switch method {
      case "initialized": watchFiles()
      case "$/cancelRequest": cancel(params)
      case "textDocument/didOpen": show(try workspace.open(params, client.encoding))
      case "textDocument/didChange": edited(try workspace.change(params, client.encoding))
      case "textDocument/didClose": close(try workspace.close(params))
      case "workspace/didChangeWatchedFiles": show(workspace.filesChanged(params))
      case "workspace/didChangeWorkspaceFolders": changeFolders(params)
      default: break
      }
    } catch {
      outbox.notify(
        "window/logMessage",
        ["type": .int(1), "message": .string("\(method): \(error.message)")]
      )
    }
  }

  private func cancel(_ params: JSONValue) {
    guard let id = RequestID(params["id"]) else { return }
    pending.removeValue(forKey: id)?.cancel()
  }

  /// Answers a keystroke: at once what can be said, and the rest when nobody types.
  private func edited(_ edit: (snapshot: SetSnapshot, file: FileID)?) {
    guard let edit else { return }
    var isComplete = false
    if let base = analyst.lastAnalysis(of: edit.snapshot.root) {
      let quick = QuickFindings(edit.snapshot, since: base)
      isComplete = quick.isComplete
      publisher.publish(
        quick.diagnostics,
        of: edit.snapshot,
        isSettled: false,
        edited: edit.file
      )
    }
    analyst.review(edit.snapshot, isUrgent: !isComplete)
    pending = pending.filter { !$0.value.isDone }
  }

  /// Checks sets whose files came or went.
  private func show(_ snapshots: [SetSnapshot]) {
    for snapshot in snapshots { analyst.review(snapshot, isUrgent: true) }
    for problem in workspace.newProblems() {
      outbox.notify("window/showMessage", ["type": .int(2), "message": .string(problem)])
    }
  }

  private func close(_ closed: WorkspaceState.Closed) {
    show(closed.remaining)
    for root in closed.gone {
      analyst.forget(root: root)
      publisher.withdraw(root: root)
    }
  }

  private func changeFolders(_ params: JSONValue) {
    close(workspace.changeFolders(params["event"] ?? .null, client.encoding))
  }

  // MARK: - Lifecycle

  private func initialize(_ params: JSONValue) throws(ResponseError) -> JSONValue {
    client = ClientAbilities(params)
    workspace = WorkspaceState(params)
    phase = .running
    if let parent = client.parent { Self.endWith(parent) }
    return Capabilities.answer(encoding: client.encoding, version: version)
  }

  /// Ends the process soon after another is gone, whoever holds the pipe open.
  private static func endWith(_ parent: Int) {
    DispatchQueue.global(qos: .background).asyncAfter(deadline: .now() + .seconds(3)) {
      guard System.isRunning(parent) else { System.exit(1) }
      endWith(parent)
    }
  }

  private func watchFiles() {
    guard client.watchesFiles else { return }
    let watchers: JSONValue = [
      ["globPattern": "**/*.pol"], ["globPattern": .string("**/\(SetRoots.settingsFile)")],
    ]
    outbox.request(
      "client/registerCapability",
      [
        "registrations": [
          [
            "id": "pol-files", "method": "workspace/didChangeWatchedFiles",
            "registerOptions": ["watchers": watchers],
          ]
        ]
      ]
    )
  }
}
