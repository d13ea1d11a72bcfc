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
    let started = spawn(arguments, environment, inputs.reader, outputs.writer, errors.writer)
    inputs.closeReader()
    outputs.closeWriter()
    errors.closeWriter()
    guard started.status == 0 else {
      guard started.status == ENOENT else {
        throw .unreadable(name, reason: System.reason(started.status))
      }
      return nil
    }
    var exchange = Exchange(input, to: inputs, from: outputs, errors, limit: limit)
    exchange.run()
    if exchange.isTooLong { _ = kill(started.process, SIGKILL) }
    var status: Int32 = 0
    while unsafe waitpid(started.process, &status, 0) < 0, errno == EINTR {}
    if exchange.isTooLong { throw .tooLarge(name, limit: limit) }
    let signal = status & 0x7f
    return Outcome(
      status: signal == 0 ? status >> 8 & 0xff : 128 + signal,
      output: exchange.output,
      error: exchange.error
    )
  }

  private static func spawn(
    _ arguments: [String],
    _ environment: [String],
    _ input: Int32,
    _ output: Int32,
    _ error: Int32
  ) -> (status: Int32, process: pid_t) {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = unsafe posix_spawn_file_actions_t()
    #endif
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    // The pipes themselves close when the program starts; these copies of them stay open.
    for (number, descriptor) in [input, output, error].enumerated() {
      unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
    }
    var process: pid_t = 0
    let words = unsafe arguments.map { unsafe strdup($0) } + [nil]
    let variables = unsafe environment.map { unsafe strdup($0) } + [nil]
    defer { unsafe (words + variables).forEach { unsafe free($0) } }
    let status = unsafe posix_spawnp(&process, arguments[0], &actions, nil, words, variables)
    return (status, process)
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
