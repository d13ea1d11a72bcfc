import Foundation
import PolicySource
import PolicyTestSupport

/// A policy set of the folder of samples.
struct Sample: CustomStringConvertible, Sendable {
  let name: String
  let sources: SourceMap

  var description: String { name }

  static let all: [Sample] = {
    let folder = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Samples")
    let names = Set(
      Fixture.all(in: folder).compactMap { $0.name.split(separator: "/").first.map(String.init) }
    )
    return names.sorted().map { name in
      let files = Fixture.all(in: folder.appending(path: name))
      return Sample(name: name, sources: SourceMap(files.map(\.source)))
    }
  }()
}
