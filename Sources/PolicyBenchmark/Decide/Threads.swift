import CBitLoop
import PolicyEngine

/// What two threads do in the time in which one does half.
package struct ThreadScaling: Sendable {
  package let name: String
  /// Decisions per second of two threads, in those of one: at best 2; the median of the rounds.
  package let ratio: Double
}

/// Measures one thread and two threads in turn, which decide the same requests on the same tables.
///
/// A round is milliseconds long, so that starting a thread does not count.
package func measureThreads(_ workload: Workload, rounds: Int = 15) -> [ThreadScaling] {
  let bits = BitLoop(workload, Array(workload.requests.indices))
  let plain = contender("engine, unconditional", workload, .plain)
  let classified = contender("engine, classified", workload, .classified)
  let contenders: [(name: String, repeats: Int, run: @Sendable () -> UInt64)] = [
    ("C bits", 4000, unsafeRun { bits.allowed(count: bits.count) }),
    (plain.name, plain.count > 0 ? 4000 : 0, unsafeRun(plain.run)),
    (classified.name, 400, unsafeRun(classified.run)),
  ].filter { $0.repeats > 0 }
  var ratios = contenders.map { _ in [Double]() }
  for _ in 0..<rounds {
    for (index, contender) in contenders.enumerated() {
      let one = nanoseconds(threads: 1, contender.repeats, contender.run)
      let two = nanoseconds(threads: 2, contender.repeats, contender.run)
      ratios[index].append(2 * one / two)
    }
  }
  return contenders.indices.map { index in
    let sorted = ratios[index].sorted()
    return ThreadScaling(name: contenders[index].name, ratio: sorted[sorted.count / 2])
  }
}

/// A batch that several threads may run at once: it only reads.
private func unsafeRun(_ run: @escaping () -> UInt64) -> @Sendable () -> UInt64 {
  nonisolated(unsafe) let shared = run
  return { unsafe shared() }
}

/// What the threads run, and how often.
private final class Job: Sendable {
  let repeats: Int
  let run: @Sendable () -> UInt64

  init(_ repeats: Int, _ run: @escaping @Sendable () -> UInt64) {
    self.repeats = repeats
    self.run = run
  }
}

private func nanoseconds(
  threads: Int,
  _ repeats: Int,
  _ run: @escaping @Sendable () -> UInt64
) -> Double {
  let job = Job(repeats, run)
  let elapsed = ContinuousClock().measure {
    withExtendedLifetime(job) {
      let context = unsafe Unmanaged.passUnretained(job).toOpaque()
      _ = unsafe cbit_in_parallel(
        threads,
        { context, _ in
          guard let context = unsafe context else { return }
          let job = unsafe Unmanaged<Job>.fromOpaque(context).takeUnretainedValue()
          for _ in 0..<job.repeats { blackHole(job.run()) }
        },
        context
      )
    }
  }
  return elapsed.nanoseconds
}

/// Takes a value, so that the work for it cannot be left out.
@inline(never) @_optimize(none) func blackHole(_ value: UInt64) {}
