#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A program that was started, without a shell between.
package struct ChildProcess {
  /// How a program ended, and what it took.
  package struct End {
    /// The exit code; 128 and the number of the signal for a program that was ended by one.
    package let status: Int32
    /// Of the processor, on all cores.
    package let processorSeconds: Double
    /// The most memory that it had.
    package let megabytes: Int
  }

  private let process: pid_t

  /// Starts a program that is looked up in `PATH` unless its name has a slash.
  ///
  /// The name is the first of the arguments. The environment, as `NAME=value`, is all that it gets of
  /// one; nil for that of this process. Its standard input and outputs are copies of descriptors; nil
  /// for those of this process.
  /// - Returns: Nil where the system refuses; `reason` is its error number then.
  package init?(
    _ arguments: [String],
    environment: [String]? = nil,
    input: Int32? = nil,
    output: Int32? = nil,
    error: Int32? = nil,
    reason: inout Int32
  ) {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = unsafe posix_spawn_file_actions_t()
    #endif
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for (number, descriptor) in [input, output, error].enumerated() {
      guard let descriptor else { continue }
      unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
    }
    let words = unsafe arguments.map { unsafe strdup($0) } + [nil]
    let variables = unsafe environment.map { unsafe $0.map { unsafe strdup($0) } + [nil] }
    defer { unsafe (words + (variables ?? [])).forEach { unsafe free($0) } }
    var process: pid_t = 0
    reason =
      if let variables = unsafe variables {
        unsafe posix_spawnp(&process, arguments[0], &actions, nil, words, variables)
      } else {
        unsafe posix_spawnp(&process, arguments[0], &actions, nil, words, environ)
      }
    guard reason == 0 else { return nil }
    self.process = process
  }

  /// Ends it at once.
  func end() { _ = kill(process, SIGKILL) }

  /// Waits until it ends.
  ///
  /// To be called once.
  package func wait() -> End {
    var code: Int32 = 0
    var usage = rusage()
    while unsafe wait4(process, &code, 0, &usage) < 0, errno == EINTR {}
    let signal = code & 0x7f
    #if canImport(Darwin)
      let megabytes = Int(usage.ru_maxrss) >> 20
    #else
      let megabytes = Int(usage.ru_maxrss) >> 10
    #endif
    return End(
      status: signal == 0 ? code >> 8 & 0xff : 128 + signal,
      processorSeconds: [usage.ru_utime, usage.ru_stime].reduce(0) {
        $0 + Double($1.tv_sec) + Double($1.tv_usec) * 1e-6
      },
      megabytes: megabytes
    )
  }
}
