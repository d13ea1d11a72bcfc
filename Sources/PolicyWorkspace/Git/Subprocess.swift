#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A program that is run to its end, without a shell between.
enum Subprocess {
  struct Outcome {
    /// The exit code; 128 and the number of the signal for a program that was ended by one.
    let status: Int32
    let output: [UInt8]
    let error: [UInt8]
  }

  /// Runs a program that is looked up in `PATH`; nil where there is none of that name.
  ///
  /// The name is the first of the arguments. The environment, as `NAME=value`, is all that it gets
  /// of one. Input and both outputs are moved at the same time, so that neither side waits for the
  /// other; a program that says more than the limit is ended.
  static func run(
    _ arguments: [String],
    environment: [String],
    input: [UInt8] = [],
    limit: Int
  ) throws(FileError) -> Outcome? {
    let name = arguments.first ?? ""
    guard let inputs = Pipe(), let outputs = Pipe(), let errors = Pipe() else {
      throw .unreadable(name, reason: System.lastReason)
    }
    var reason: Int32 = 0
    let started = ChildProcess(
      arguments,
      environment: environment,
      input: inputs.reader,
      output: outputs.writer,
      error: errors.writer,
      reason: &reason
    )
    // The program has copies of its ends.
    inputs.closeReader()
    outputs.closeWriter()
    errors.closeWriter()
    guard let started else {
      guard reason == ENOENT else {
        throw .unreadable(name, reason: System.reason(reason))
      }
      return nil
    }
    var exchange = Exchange(input, to: inputs, from: outputs, errors, limit: limit)
    exchange.run()
    if exchange.isTooLong { started.end() }
    let end = started.wait()
    if exchange.isTooLong { throw .tooLarge(name, limit: limit) }
    return Outcome(status: end.status, output: exchange.output, error: exchange.error)
  }
}

/// A pipe, closed when it is no longer used; programs that are started do not get it.
private final class Pipe {
  private(set) var reader: Int32
  private(set) var writer: Int32

  /// Nil when the system refuses, `errno` saying why.
  init?() {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { return nil }
    (reader, writer) = (ends[0], ends[1])
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  }

  func closeReader() {
    if reader >= 0 { _ = close(reader) }
    reader = -1
  }

  func closeWriter() {
    if writer >= 0 { _ = close(writer) }
    writer = -1
  }

  deinit {
    closeReader()
    closeWriter()
  }
}

/// The bytes that go to a program and come from it, moved as either side is ready.
private struct Exchange {
  private let input: [UInt8]
  private let inputs: Pipe
  private let limit: Int
  private var sent = 0
  private var waiting: [pollfd]
  private(set) var output: [UInt8] = []
  private(set) var error: [UInt8] = []

  var isTooLong: Bool { output.count + error.count > limit }

  init(_ input: [UInt8], to inputs: Pipe, from outputs: Pipe, _ errors: Pipe, limit: Int) {
    self.input = input
    self.inputs = inputs
    self.limit = limit
    waiting = [
      pollfd(fd: inputs.writer, events: Int16(POLLOUT), revents: 0),
      pollfd(fd: outputs.reader, events: Int16(POLLIN), revents: 0),
      pollfd(fd: errors.reader, events: Int16(POLLIN), revents: 0),
    ]
    _ = fcntl(inputs.writer, F_SETFL, O_NONBLOCK)
  }

  mutating func run() {
    // A program that ends before it has read everything must not end this one.
    let before = signal(SIGPIPE, SIG_IGN)
    defer { signal(SIGPIPE, before) }
    if input.isEmpty { finishInput() }
    while waiting[1].fd >= 0 || waiting[2].fd >= 0 || waiting[0].fd >= 0 {
      let ready = unsafe poll(&waiting, nfds_t(waiting.count), -1)
      if ready < 0, errno == EINTR { continue }
      guard ready >= 0, !isTooLong else { return }
      if waiting[0].revents != 0 { send() }
      if waiting[1].revents != 0, let bytes = receive(1) { output += bytes }
      if waiting[2].revents != 0, let bytes = receive(2) { error += bytes }
    }
  }

  /// Closes the input; the program waits for its end.
  private mutating func finishInput() {
    inputs.closeWriter()
    waiting[0].fd = -1
  }

  private mutating func send() {
    let rest = input[sent...].prefix(1 << 16)
    let count = unsafe rest.withUnsafeBytes { buffer in
      unsafe write(waiting[0].fd, buffer.baseAddress, buffer.count)
    }
    if count < 0, errno == EINTR || errno == EAGAIN { return }
    sent = count < 0 ? input.count : sent + count
    if sent == input.count { finishInput() }
  }

  /// What has come on one of the outputs; nil at its end.
  private mutating func receive(_ index: Int) -> [UInt8]? {
    var failed = false
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
      let length = unsafe read(waiting[index].fd, buffer.baseAddress, buffer.count)
      failed = length < 0 && errno != EINTR
      count = max(0, length)
      if length == 0 { failed = true }
    }
    if failed { waiting[index].fd = -1 }
    return bytes
  }
}
