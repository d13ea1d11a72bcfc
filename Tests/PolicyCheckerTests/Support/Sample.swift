import Foundation
import PolicySource
import PolicyTestSupport

/// A policy set of the folder of samples.
struct Sample: CustomStringConvertible, Sendable {
  let name: String
  let sources: SourceMap

  var description: String { name }

  static let all: [Sample] = SampleSets.names.map { name in
    let files = Fixture.all(in: SampleSets.folder.appending(path: name))
    return Sample(name: name, sources: SourceMap(files.map(\.source)))
  }
}
