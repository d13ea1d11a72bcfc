#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Runs a body several times and returns its shortest time in seconds: the least disturbed run.
func seconds(rounds: Int = 3, _ body: () -> Void) -> Double {
  var best = Double.infinity
  for _ in 0..<rounds {
    let time = ContinuousClock().measure(body)
    let (whole, attoseconds) = time.components
    best = min(best, Double(whole) + Double(attoseconds) * 1e-18)
  }
  return best
}

/// The most memory that this process (0 is `RUSAGE_SELF`) has had so far, in megabytes.
func peakMemory() -> Int {
  var usage = rusage()
  guard unsafe getrusage(0, &usage) == 0 else { return 0 }
  #if canImport(Darwin)
    return Int(usage.ru_maxrss) >> 20
  #else
    return Int(usage.ru_maxrss) >> 10
  #endif
}
