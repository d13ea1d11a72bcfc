/// One of several ways of answering the same requests, in the same order.
package struct Contender {
  package let name: String
  /// How many requests a batch has: the first so many of the workload, or those that it says.
  let count: Int
  /// How many of them are allowed, which every batch has to find.
  let expected: UInt64
  /// Whether a batch runs once, unmeasured, before it is measured.
  let isWarmed: Bool
  /// Answers a batch, and returns how many requests are allowed.
  let run: () -> UInt64

  package init(
    _ name: String,
    count: Int,
    expected: UInt64,
    isWarmed: Bool = true,
    run: @escaping () -> UInt64
  ) {
    self.name = name
    self.count = count
    self.expected = expected
    self.isWarmed = isWarmed
    self.run = run
  }
}

/// What was measured of one contender.
package struct Timing: Sendable {
  package let name: String
  /// Nanoseconds per request of each batch, ascending.
  package let batches: [Double]
  /// Whether every batch allowed as many as it had to.
  package let isRight: Bool

  /// The median of the batches.
  package var median: Double { batches.isEmpty ? .nan : batches[batches.count / 2] }

  /// What 99 of 100 batches do not exceed.
  package var p99: Double {
    batches.isEmpty ? .nan : batches[min(batches.count - 1, batches.count * 99 / 100)]
  }
}

/// Measures contenders in turn, a batch of each in every round, so that whatever disturbs the
/// machine disturbs all of them alike.
///
/// `before` is done before each measured batch, such as emptying the caches; batches are not warmed
/// then.
package func measure(
  _ contenders: [Contender],
  rounds: Int,
  before: (() -> Void)? = nil
) -> [Timing] {
  var times = contenders.map { _ in [Double]() }
  var isRight = contenders.map { _ in true }
  let clock = ContinuousClock()
  for _ in 0..<rounds {
    for (index, contender) in contenders.enumerated() {
      if let before {
        before()
      } else if contender.isWarmed {
        isRight[index] = contender.run() == contender.expected && isRight[index]
      }
      var found: UInt64 = 0
      let elapsed = clock.measure { found = contender.run() }
      isRight[index] = found == contender.expected && isRight[index]
      times[index].append(elapsed.nanoseconds / Double(max(1, contender.count)))
    }
  }
  return contenders.indices.map { index in
    Timing(
      name: contenders[index].name,
      batches: times[index].sorted(),
      isRight: isRight[index]
    )
  }
}

extension Duration {
  /// As a number of nanoseconds.
  package var nanoseconds: Double {
    Double(components.seconds) * 1e9 + Double(components.attoseconds) * 1e-9
  }
}
