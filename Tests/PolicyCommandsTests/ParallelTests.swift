import PolicySource
import PolicySyntax
import PolicyTestSupport
import PolicyWorkspace
import Testing

/// The same result whatever the threads and the order of files.
@Suite struct ParallelTests {
  @Test(arguments: [1, 2, 3, 16])
  func `results are in the order of their numbers`(threads: Int) {
    let found = Parallel.map(1000, threads: threads) { $0 * $0 }
    #expect(found == (0..<1000).map { $0 * $0 })
    #expect(Parallel.map(0, threads: threads) { $0 } == [])
  }

  /// Files with mistakes of several kinds, some of them between files.
  private static let files: [SourceFile] =
    (0..<40).map { number in
      let text = """
        let shared-\(number % 7) = context.\(number % 3 == 0 ? "x" : "y")
        role R\(number % 11) { allow s.\(number % 2 == 0 ? "a" : "b") when shared-\(number % 13) }
        \(number % 5 == 0 ? "rle" : "role") Q\(number) { allow s.a, }
        """
      return SourceFile(path: "f\(number).pol", text: text)
    } + [
      SourceFile(
        path: "catalogue.pol",
        text: "catalogue c { context { x: Bool } service s { read { a } } }\n"
      )
    ]

  @Test func `findings do not depend on threads or on the order of files`() {
    var random = RandomSource(seed: 7)
    let first = loadWithTrees(SourceMap(Self.files), threads: 1)
    #expect(first.checked.diagnostics.count > 20)
    for threads in [1, 2, 5] {
      let sources = SourceMap(Self.files.shuffled(using: &random))
      let loaded = loadWithTrees(sources, threads: threads)
      #expect(loaded.checked.diagnostics == first.checked.diagnostics)
      #expect(loaded.trees.map(\.source.path) == first.trees.map(\.source.path))
    }
  }

  @Test func `of several files that cannot be read the first is named`() throws {
    let session = try Session(["a.pol": "", "b.pol": ""])
    for threads in [1, 4] {
      #expect(throws: FileError.notFound("\(session.folder)/b2.pol")) {
        try read(
          ["b2.pol", "a.pol", "b3.pol"].map { "\(session.folder)/\($0)" },
          threads: threads
        )
      }
    }
  }
}
