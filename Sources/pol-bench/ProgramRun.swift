import PolicyWorkspace

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A program that was run to its end, with nobody looking at what it writes, and what it took.
struct ProgramRun {
  /// From start to end.
  let seconds: Double
  /// Of the processor, on all cores.
  let processorSeconds: Double
  /// The most memory that it had.
  let megabytes: Int
  /// The exit code; 128 and the number of the signal for a program that was ended by one.
  let status: Int32

  /// Runs a program by its path; nil where it cannot be started.
  init?(_ arguments: [String]) {
    guard let program = arguments.first else { return nil }
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = unsafe posix_spawn_file_actions_t()
    #endif
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for descriptor: Int32 in [1, 2] {
      unsafe posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
    }
    let words = unsafe arguments.map { unsafe strdup($0) } + [nil]
    defer { unsafe words.forEach { unsafe free($0) } }
    var process: pid_t = 0
    let clock = ContinuousClock()
    let start = clock.now
    guard unsafe posix_spawn(&process, program, &actions, nil, words, environ) == 0 else {
      return nil
    }
    var code: Int32 = 0
    var usage = rusage()
    while unsafe wait4(process, &code, 0, &usage) < 0 {
      guard errno == EINTR else { return nil }
    }
    seconds = (clock.now - start) / .seconds(1)
    processorSeconds = [usage.ru_utime, usage.ru_stime].reduce(0) {
      $0 + Double($1.tv_sec) + Double($1.tv_usec) * 1e-6
    }
    #if canImport(Darwin)
      megabytes = Int(usage.ru_maxrss) >> 20
    #else
      megabytes = Int(usage.ru_maxrss) >> 10
    #endif
    let signal = code & 0x7f
    status = signal == 0 ? code >> 8 & 0xff : 128 + signal
  }
}
