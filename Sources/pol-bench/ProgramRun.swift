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
  let end: ChildProcess.End

  /// Runs a program by its path; nil where it cannot be started.
  init?(_ arguments: [String]) {
    let nowhere = unsafe open("/dev/null", O_WRONLY)
    defer { _ = close(nowhere) }
    let clock = ContinuousClock()
    let start = clock.now
    var reason: Int32 = 0
    guard
      let process = ChildProcess(arguments, output: nowhere, error: nowhere, reason: &reason)
    else { return nil }
    end = process.wait()
    seconds = (clock.now - start) / .seconds(1)
  }
}
