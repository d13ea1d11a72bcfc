import PolicySource
import PolicySyntax
import PolicyTestSupport
import Testing

/// Whatever the text, the tree holds all of it, once and in order.
@Suite struct RoundTripTests {
  @Test(arguments: Texts.fixtures + Texts.samples)
  func `a file is in its tree`(_ fixture: Fixture) {
    #expect(Lossless.problem(fixture.source) == nil)
  }

  @Test func `random bytes are in their tree`() {
    let failure = RandomCases(2_000).firstFailure { random in
      let count = random.below(200)
      return Lossless.problem(Mutation.noise(count, using: &random))
    }
    #expect(failure == nil)
  }

  @Test func `a file that ends anywhere is in its tree`() throws {
    let bytes = try #require(Texts.fixture("Trees/declarations.pol")).source.bytes
    for count in bytes.indices {
      if let problem = Lossless.problem(Array(bytes.prefix(count))) {
        Issue.record("cut after \(count) bytes: \(problem)")
      }
    }
  }

  @Test func `damaged files are in their trees`() {
    let texts = Texts.fixtures.map { Lossless.pieces($0.source) }
    let failure = RandomCases(2_000).firstFailure { random in
      var pieces = random.element(of: texts)
      var bytes: [UInt8] = []
      for _ in 0...random.below(3) {
        bytes = Mutation.apply(random.element(of: Mutation.allCases), to: pieces, using: &random)
        pieces = Lossless.pieces(SourceFile(path: "damaged.pol", bytes: bytes))
      }
      return Lossless.problem(bytes)
    }
    #expect(failure == nil)
  }
}
