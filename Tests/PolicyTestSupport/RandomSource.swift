import Foundation

/// SplitMix64 (Steele, Lea and Flood, 2014): small, fast, and the same everywhere.
package struct RandomSource: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var result = state
    result = (result ^ (result >> 30)) &* 0xBF58_476D_1CE4_E5B9
    result = (result ^ (result >> 27)) &* 0x94D0_49BB_1331_11EB
    return result ^ (result >> 31)
  }

  /// A number from 0 to one less than a bound.
  package mutating func below(_ bound: Int) -> Int {
    Int.random(in: 0..<max(1, bound), using: &self)
  }

  /// True once in so many times.
  package mutating func oneIn(_ count: Int) -> Bool { below(count) == 0 }

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
