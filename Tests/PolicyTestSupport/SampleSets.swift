package import Foundation
package import PolicyModel

/// The policy sets of the folder of samples.
package enum SampleSets {
  package static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Samples")

  /// Their paths below the folder, sorted.
  ///
  /// Every folder is one, but for that which shows a set before and after a pull request, in which
  /// `pol check` is to find something.
  package static let names = Set(
    Fixture.all(in: folder).compactMap { $0.name.split(separator: "/").first.map(String.init) }
  ).subtracting(["pull-request"]).union(["pull-request/main"]).sorted()

  /// The policy set of a folder of samples, its places below that folder.
  package static func policySet(_ name: String) throws(UncheckedText) -> PolicySet {
    try PolicyTestSupport.policySet(
      Fixture.all(in: folder.appending(path: name)).map(\.source)
    )
  }
}
