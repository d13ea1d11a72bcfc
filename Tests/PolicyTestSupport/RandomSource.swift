import Foundation
import PolicyAnalysis

/// Random numbers for tests: those of a seed are the same everywhere.
package struct RandomSource: RandomNumberGenerator, Sendable {
  private var source: SplitMix

  package init(seed: UInt64) { source = SplitMix(seed: seed) }

  package mutating func next() -> UInt64 { source.next() }

  /// A number from 0 to one less than a bound.
  package mutating func below(_ bound: Int) -> Int { source.below(max(1, bound)) }

  /// True once in so many times.
  package mutating func oneIn(_ count: Int) -> Bool { source.oneIn(count) }

  package mutating func element<Element>(of elements: [Element]) -> Element {
    elements[below(elements.count)]
  }
}

/// The random cases of one test: how many, and the seed of each.
///
/// `POL_SEED` runs the one case that a failure printed, `POL_CASES` changes how many there are.
package struct RandomCases: Sendable {
  package let seeds: [UInt64]

  package init(_ count: Int, from first: UInt64 = 1) {
    let environment = ProcessInfo.processInfo.environment
    if let seed = environment["POL_SEED"].flatMap({ UInt64($0) }) {
      seeds = [seed]
    } else {
      let count = environment["POL_CASES"].flatMap { Int($0) } ?? count
      seeds = (0..<UInt64(max(0, count))).map { first &+ $0 }
    }
  }

  /// Runs a body for each seed, until it says what is wrong: that, with the seed, or nothing.
  package func firstFailure(_ body: (inout RandomSource) -> String?) -> String? {
    for seed in seeds {
      var random = RandomSource(seed: seed)
      if let problem = body(&random) { return "POL_SEED=\(seed): \(problem)" }
    }
    return nil
  }
}
