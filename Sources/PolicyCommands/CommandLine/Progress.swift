import PolicyWorkspace
import Synchronization

/// Words on a terminal about work that takes long; they appear after half a second, and go away
/// with the work.
final class Progress: Sendable {
  private enum State {
    case waiting, shown, ended
  }

  private static let patience = Duration.milliseconds(500)

  private let state = Mutex(State.waiting)
  private let descriptor: Int32

  /// Begins to wait.
  init(_ words: String, on descriptor: Int32) {
    self.descriptor = descriptor
    Task.detached { [self] in
      try? await Task.sleep(for: Self.patience)
      state.withLock { state in
        guard state == .waiting else { return }
        state = .shown
        _ = Descriptor.write(Array("\(words) …".utf8), to: descriptor)
      }
    }
  }

  /// Wipes the words away, if they are there.
  func end() {
    state.withLock { state in
      // Back to the start of the line, and erase to its end (ECMA-48, EL).
      if state == .shown { _ = Descriptor.write(Array("\r\u{1B}[K".utf8), to: descriptor) }
      state = .ended
    }
  }
}

extension Console {
  /// Does something that may take long, and says so on a terminal.
  func work<Value>(
    _ words: String,
    _ body: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    guard let progressDescriptor else { return try body() }
    let progress = Progress(words, on: progressDescriptor)
    defer { progress.end() }
    return try body()
  }
}
