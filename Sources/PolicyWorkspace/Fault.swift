#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What happens when the program itself is at fault.
package enum Fault {
  /// The exit code of a fault (`EX_SOFTWARE` of sysexits.h).
  private static let status: Int32 = 70

  /// Turns the signals of a failed precondition or a bad memory access into an exit code of their
  /// own, so that scripts never take a crash for an answer.
  package static func catchSignals() {
    for number in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV] {
      _ = signal(number) { _ in
        // Only what POSIX allows in a handler: `write` and `_exit`.
        let words: StaticString = "error: this is a fault of pol itself, not of its input\n"
        _ = unsafe write(2, words.utf8Start, words.utf8CodeUnitCount)
        _exit(Fault.status)
      }
    }
  }
}
