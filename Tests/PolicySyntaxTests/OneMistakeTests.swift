import PolicySource
import PolicySyntax
import PolicyTestSupport
import Testing

/// One mistake is one message.
@Suite struct OneMistakeTests {
  /// The messages about a text with each of its tokens taken out in turn.
  private func messages(_ source: SourceFile) -> [(removed: Int, count: Int)] {
    let pieces = Lossless.pieces(source)
    let tokens = parse(source, as: FileID(0)).value.tokens
    return pieces.indices.filter { !tokens.kind(TokenID($0)).isTrivia }.map { index in
      let damaged = Array(pieces[..<index].joined()) + Array(pieces[(index + 1)...].joined())
      let staged = parse(SourceFile(path: source.path, bytes: damaged), as: FileID(0))
      return (index, staged.diagnostics.count)
    }
  }

  @Test(arguments: Texts.valid + Texts.samples.filter { $0.source.bytes.count < 2_000 })
  func `one token too few is one message, rarely two`(_ fixture: Fixture) {
    let counts = messages(fixture.source)
    for (removed, count) in counts where count > 2 {
      Issue.record("without token \(removed), \(fixture.name) has \(count) messages")
    }
    let single = counts.count { $0.count == 1 }
    let reported = counts.count { $0.count > 0 }
    print("\(fixture.name): one message for \(single) of \(reported) mistakes")
    #expect(single * 100 >= reported * 98)
  }
}
