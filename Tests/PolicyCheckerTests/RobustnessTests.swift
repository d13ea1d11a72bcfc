import PolicyChecker
import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax
import PolicyTestSupport
import Testing

/// Whatever the trees are, checking them ends, and says something where text could not be read.
@Suite struct RobustnessTests {
  /// A sample and the pieces of its files: tokens, spaces and comments included.
  struct Pieces: Sendable, CustomStringConvertible {
    let sample: Sample
    let files: [[[UInt8]]]

    var description: String { sample.name }

    init(_ sample: Sample) {
      self.sample = sample
      files = sample.sources.ids.map { file in
        let tree = parse(sample.sources[file], as: file).value
        return (0..<tree.tokens.count).map { Array(tree.text(tree.span(TokenID($0))).utf8) }
      }
    }
  }

  static let pieces = Sample.all.map { Pieces($0) }

  @Test(arguments: pieces)
  func `damaged samples are checked without a fault`(_ pieces: Pieces) {
    let failure = RandomCases(150).firstFailure { random in
      let files = pieces.sample.sources.ids.map { file in
        let source = pieces.sample.sources[file]
        guard random.oneIn(2) else { return source }
        let mutation = random.element(of: Mutation.allCases)
        return SourceFile(
          path: source.path,
          bytes: Mutation.apply(mutation, to: pieces.files[Int(file.position)], using: &random)
        )
      }
      return problem(CheckedText(files))
    }
    #expect(failure == nil)
  }

  @Test func `the words of the language in any order are checked without a fault`() {
    let words =
      Keyword.allCases.map(\.rawValue)
      + [
        "{", "}", "(", ")", "[", "]", ",", ".", ":", "@", "|", "/", "=", "==", "!=", "<", ">=", "*",
        "get*", "a", "b", "device", "list", "\"a\"", "\"10.0.0.0/8\"", "7", "`x y`", "\n", "Bool",
        "Set", "id", "explicit", "deprecated",
      ]
    let failure = RandomCases(1_500).firstFailure { random in
      let count = 1 + random.below(80)
      let text = (0..<count).map { _ in random.element(of: words) }.joined(separator: " ")
      return problem(CheckedText(text))
    }
    #expect(failure == nil)
  }

  /// Declarations that are right by themselves, a few of them damaged, in any order.
  @Test func `declarations that do not belong together are checked without a fault`() {
    let declarations = FixtureSet.all.flatMap { set in
      set.files.flatMap { file in
        let tree = parse(file.source, as: FileID(0)).value
        return tree.nodes(tree.root).map { tree.text(tree.span($0)) }
      }
    }
    let failure = RandomCases(700).firstFailure { random in
      let count = 1 + random.below(12)
      let parts = (0..<count).map { _ in
        let part = random.element(of: declarations)
        guard random.oneIn(4) else { return part }
        return String(part.prefix(random.below(part.count + 1)))
      }
      return problem(CheckedText(parts.joined(separator: "\n")))
    }
    #expect(failure == nil)
  }

  @Test(arguments: Sample.all)
  func `declarations may stand in any order and in any file`(_ sample: Sample) {
    let sources = sample.sources
    let declarations = sources.ids.flatMap { file in
      let tree = parse(sources[file], as: file).value
      return tree.nodes(tree.root).map { tree.text(tree.span($0)) }
    }
    let failure = RandomCases(12).firstFailure { random in
      var files = Array(repeating: "", count: 1 + random.below(4))
      for declaration in declarations.shuffled(using: &random) {
        files[random.below(files.count)] += declaration + "\n"
      }
      let checked = CheckedText(
        files.enumerated().map { SourceFile(path: "\($0.offset).pol", text: $0.element) }
      )
      return checked.diagnostics.isEmpty ? nil : checked.report
    }
    #expect(failure == nil)
  }

  /// What is wrong with a result that must only be well formed, or nothing.
  private func problem(_ checked: CheckedText) -> String? {
    for diagnostic in checked.diagnostics {
      let spans =
        [diagnostic.primary.span] + diagnostic.secondary.map(\.span)
        + diagnostic.fixes.flatMap { $0.edits.map(\.span) }
      for span in spans where Int(span.upper) > checked.sources[span.file].bytes.count {
        return "\(diagnostic.message) is beyond the end of its file"
      }
    }
    let count = checked.set.catalogue.actions.count
    for rule in checked.set.rules.elements
    where rule.actions.ranges.contains(where: { $0.upperBound > count }) {
      return "rule \(rule.id) has actions that are none"
    }
    return nil
  }
}
