import PolicyFormatter
import PolicySource
import PolicySyntax
import PolicyTestSupport
import Testing

/// What holds of every text: nothing is lost, and formatting twice is formatting once.
@Suite struct PropertyTests {
  @Test(arguments: FormatterTexts.all)
  func `a file keeps what it says`(_ fixture: Fixture) {
    #expect(FormattingProblem.find(fixture.source.bytes) == nil)
  }

  @Test(arguments: FormatterTexts.samples)
  func `a sample is formatted`(_ sample: Fixture) {
    let changed = UnifiedDiff.lines(of: format(sample.source).edits, to: sample.source)
      .map { String(decoding: $0.bytes, as: UTF8.self) }
    #expect(changed == [])
  }

  @Test func `damaged files keep what they say`() {
    let texts = FormatterTexts.all.map { FormatterTexts.pieces($0.source.bytes) }
    let failure = RandomCases(300).firstFailure { random in
      var pieces = random.element(of: texts)
      var bytes: [UInt8] = []
      for _ in 0...random.below(4) {
        bytes = Mutation.apply(random.element(of: Mutation.allCases), to: pieces, using: &random)
        pieces = FormatterTexts.pieces(bytes)
      }
      return FormattingProblem.find(bytes)
    }
    #expect(failure == nil)
  }

  /// Space between tokens says nothing, so any other space gives the same result, as long as blocks
  /// and comments begin and end on the same lines.
  @Test func `files with other space keep what they say`() {
    let texts = FormatterTexts.all.map { FormatterTexts.pieces($0.source.bytes) }
    let failure = RandomCases(200).firstFailure { random in
      let bytes = random.element(of: texts).flatMap { Self.respaced($0, using: &random) }
      return FormattingProblem.find(bytes)
    }
    #expect(failure == nil)
  }

  /// Another run of space, with comments now and then, that ends the line where there was a break.
  private static func respaced(_ piece: [UInt8], using random: inout RandomSource) -> [UInt8] {
    let isSpace = piece.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    guard isSpace, !piece.isEmpty else { return piece }
    let breaks = piece.contains(0x0A)
    let choices = [" ", "\n", "\t ", "\r\n", "\n\n\n", " // c\n", "\n\n/// d\n  ", "\n// e  \n\n"]
    return Array((breaks ? "\n" : "").utf8) + Array(random.element(of: choices).utf8)
  }

  @Test func `random bytes keep what they say`() {
    let failure = RandomCases(500).firstFailure { random in
      let count = random.below(300)
      return FormattingProblem.find(Mutation.noise(count, using: &random))
    }
    #expect(failure == nil)
  }

  @Test func `a file that ends anywhere keeps what it says`() throws {
    let tour = try #require(FormatterTexts.fixtures.first { $0.name.hasSuffix("tour.pol") })
    for count in stride(from: 0, to: tour.source.bytes.count, by: 13) {
      if let problem = FormattingProblem.find(Array(tour.source.bytes.prefix(count))) {
        Issue.record("cut after \(count) bytes: \(problem)")
      }
    }
  }
}
