import PolicyWorkspace
import Synchronization

/// Words on a terminal about work that takes long; they appear after half a second, and go away
/// with the work.
final class Progress: Sendable {
  private enum State {
    case waiting, shown, ended
  }

  private static let patience = Duration.milliseconds(500)

  private let state = Mutex((phase: State.waiting, words: ""))
  private let descriptor: Int32

  /// Begins to wait.
  init(_ words: String, on descriptor: Int32) {
    self.descriptor = descriptor
    state.withLock { $0.words = words }
    Task.detached { [self] in
      try? await Task.sleep(for: Self.patience)
      state.withLock { state in
        guard state.phase == .waiting else { return }
        state.phase = .shown
        write("\(state.words) …")
      }
    }
  }

  /// Says how far the work is, in the place of what was said.
  func tell(_ words: String) {
    state.withLock { state in
      guard state.phase != .ended, state.words != words else { return }
      state.words = words
      if state.phase == .shown { write("\(Self.erasure)\(words) …") }
    }
  }

  /// Wipes the words away, if they are there.
  func end() {
    state.withLock { state in
      if state.phase == .shown { write(Self.erasure) }
      state.phase = .ended
    }
  }

  /// Back to the start of the line, and erase to its end (ECMA-48, EL).
  private static let erasure = "\r\u{1B}[K"

  private func write(_ text: String) {
    _ = Descriptor.write(Array(text.utf8), to: descriptor)
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

  /// Does something that may take long, and says on a terminal how far it is whenever it is told.
  func work<Value>(
    _ words: String,
    telling body: ((String) -> Void) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    guard let progressDescriptor else { return try body { _ in } }
    let progress = Progress(words, on: progressDescriptor)
    defer { progress.end() }
    return try body(progress.tell)
  }
}
