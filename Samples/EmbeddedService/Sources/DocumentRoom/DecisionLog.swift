import PolicyEngine
import Synchronization

/// Where decisions are written down, a line of JSON each: who, what, what was decided, and by which
/// rules, so that somebody can ask later why, and what other policies would have decided.
///
/// `pol replay` and `pol eval --requests` read the lines. What a visitor is cleared for is nobody's
/// business who reads the log: it is left out, and each line says so.
public final class DecisionLog: Sendable {
  private struct State {
    var log = PolicyEngine.DecisionLog(
      of: Room.engine,
      leavingOut: [Room.Principal.Attribute.clearance]
    )
    /// Used again for every line.
    var line: [UInt8] = []
  }

  private let state = Mutex(State())
  private let now: @Sendable () -> Instant?
  private let write: @Sendable ([UInt8]) -> Void

  /// A log that gives each line, with its line break, to a function.
  public init(
    now: @escaping @Sendable () -> Instant? = { nil },
    _ write: @escaping @Sendable ([UInt8]) -> Void
  ) {
    self.now = now
    self.write = write
  }

  /// Decides a request and writes down what was decided.
  func decide(_ request: PolicyEngine.Request) -> PolicyEngine.Decision {
    state.withLock { state in
      state.line.removeAll(keepingCapacity: true)
      let decision = state.log.append(request, at: now(), to: &state.line)
      write(state.line)
      return decision
    }
  }
}
