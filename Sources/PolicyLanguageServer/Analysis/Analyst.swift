import Dispatch
import PolicyReport
import PolicySource
import Synchronization

/// Whether the answer to a request is still wanted.
final class Cancellation: Sendable {
  private let flag = Atomic<Bool>(false)

  func cancel() { flag.store(true, ordering: .relaxed) }

  var isCancelled: Bool { flag.load(ordering: .relaxed) }

  private let done = Atomic<Bool>(false)

  func finish() { done.store(true, ordering: .relaxed) }

  /// Whether the request has been answered.
  var isDone: Bool { done.load(ordering: .relaxed) }

  func check() throws(ResponseError) {
    if isCancelled { throw .cancelled }
  }
}

/// Checks policy sets on a thread of its own, one thing after the other, so that keystrokes do not
/// wait for it.
final class Analyst: Sendable {
  /// How long nobody has to type before the whole set is checked: a keystroke has then been answered
  /// already, unless other declarations depend on it.
  private static let patience = DispatchTimeInterval.milliseconds(120)

  private let queue = DispatchQueue(label: "pol.analysis")
  private let publisher: Publisher
  /// The last analysis of each set.
  private let latest = Mutex<[String: SetAnalysis]>([:])
  /// The version of each set that the client has.
  private let wanted = Mutex<[String: Int]>([:])

  init(_ publisher: Publisher) { self.publisher = publisher }

  /// The last analysis of a set, of whatever version; never waits.
  func lastAnalysis(of root: String) -> SetAnalysis? { latest.withLock { $0[root] } }

  /// Checks the whole set and shows what is found, unless it changes again before.
  func review(_ snapshot: SetSnapshot, isUrgent: Bool) {
    wanted.withLock { $0[snapshot.root] = snapshot.version }
    queue.asyncAfter(deadline: isUrgent ? .now() : .now() + Self.patience) { [self] in
      guard isCurrent(snapshot) else { return }
      let before = lastAnalysis(of: snapshot.root)
      var analysis = analysis(of: snapshot)
      if analysis.judged == nil {
        // Until it is judged anew, what was said of the text before is shown where it still stands.
        let isChecked = !analysis.findings.hasErrors
        let old = before.map {
          QuickFindings.judgements(of: $0, movedTo: snapshot, isChecked: isChecked)
        }
        publish((analysis.findings + (old ?? [])).inSourceOrder(), of: snapshot, isSettled: false)
        guard isCurrent(snapshot) else { return }
        analysis.judge()
        // The set may have been closed, or have changed, while it was judged.
        guard isCurrent(snapshot) else { return }
        store(analysis)
      }
      publish(analysis.diagnostics, of: snapshot, isSettled: true)
    }
  }

  /// Answers a request with an analysis of exactly this text.
  func perform(
    _ snapshot: SetSnapshot,
    unless cancellation: Cancellation,
    answering id: RequestID,
    on outbox: Outbox,
    _ body: @escaping @Sendable (SetAnalysis) throws(ResponseError) -> JSONValue
  ) {
    perform([snapshot], unless: cancellation, answering: id, on: outbox) {
      (analyses) throws(ResponseError) in
      guard let analysis = analyses.first else { return .null }
      return try body(analysis)
    }
  }

  /// Answers a request with analyses of several sets.
  func perform(
    _ snapshots: [SetSnapshot],
    unless cancellation: Cancellation,
    answering id: RequestID,
    on outbox: Outbox,
    _ body: @escaping @Sendable ([SetAnalysis]) throws(ResponseError) -> JSONValue
  ) {
    queue.async { [self] in
      let result: Result<JSONValue, ResponseError>
      do throws(ResponseError) {
        var analyses: [SetAnalysis] = []
        for snapshot in snapshots {
          try cancellation.check()
          analyses.append(analysis(of: snapshot))
        }
        try cancellation.check()
        let answer = try body(analyses)
        try cancellation.check()
        result = .success(answer)
      } catch {
        result = .failure(error)
      }
      cancellation.finish()
      outbox.respond(to: id, with: result)
    }
  }

  /// Forgets a set that is no longer open.
  func forget(root: String) {
    wanted.withLock { $0[root] = nil }
    latest.withLock { $0[root] = nil }
  }

  private func isCurrent(_ snapshot: SetSnapshot) -> Bool {
    wanted.withLock { $0[snapshot.root] == snapshot.version }
  }

  /// Shows findings unless the set has changed or is closed; it cannot be closed meanwhile.
  private func publish(_ diagnostics: [Diagnostic], of snapshot: SetSnapshot, isSettled: Bool) {
    wanted.withLock { wanted in
      guard wanted[snapshot.root] == snapshot.version else { return }
      publisher.publish(diagnostics, of: snapshot, isSettled: isSettled)
    }
  }

  private func analysis(of snapshot: SetSnapshot) -> SetAnalysis {
    if let known = lastAnalysis(of: snapshot.root), known.snapshot.version == snapshot.version {
      return known
    }
    let made = SetAnalysis(snapshot)
    store(made)
    return made
  }

  private func store(_ analysis: SetAnalysis) {
    latest.withLock { $0[analysis.snapshot.root] = analysis }
  }
}
