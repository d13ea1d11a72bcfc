import Foundation
import PolicyAnalysis
import PolicyEngine
import PolicyModel
import PolicyTestSupport

/// The policy sets that exports are tried on, and requests for them.
enum ExportedSets {
  /// The samples, a set that has every form of condition, and one of odd names and values.
  static let names = SampleSets.names + ["forms", "edges"]

  static func set(_ name: String) throws -> PolicySet {
    let root = SampleSets.folder.deletingLastPathComponent()
    let folder: URL? =
      switch name {
      case "forms": root.appending(path: "Tests/Corpus/policy")
      case "edges": Fixture.folder()
      default: nil
      }
    guard let folder else { return try SampleSets.policySet(name) }
    return try policySet(
      Fixture.all(in: folder).filter { $0.name == "\(name).pol" }.map(\.source)
    )
  }

  /// The requests of a set's tests, and random ones around the constants that it compares with: those
  /// that come from outside, in which groups are open ones.
  static func requests(for set: PolicySet, count: Int, seed: UInt64) -> [RequestData] {
    let json = RequestJSON(set)
    let tested = set.tests.flatMap { test in
      test.expectations.flatMap { expectation in
        expectation.actions.actions.map { test.request(expectation, $0) }
      }
    }
    return (tested + typicalRequests(of: set, count: count, seed: seed)).map { json.sayable($0) }
      .filter { $0.values.values.allSatisfy(RequestJSON.hasText) }
  }

  /// Random sets with random requests and the seed of each; `POL_CASES` says how many.
  static func random(count: Int) -> [(name: String, set: PolicySet, requests: [RequestData])] {
    RandomCases(count).seeds.compactMap { seed in
      var random = RandomSource(seed: seed)
      let text = RandomPolicies.catalogue + RandomPolicies.text(&random)
      guard let set = try? policySet(text) else { return nil }
      let made = (0..<40).map { _ in RandomPolicies.request(&random, in: set) }
      let json = RequestJSON(set)
      return (
        "POL_SEED=\(seed)", set,
        made.map { json.sayable($0) } + requests(for: set, count: 60, seed: seed)
      )
    }
  }
}
