import PolicyChecker
import PolicySource
import PolicySyntax
import Testing

/// One typo in any name of any sample is one error, there, with the name that was meant.
@Suite struct TypoTests {
  @Test(arguments: Sample.all)
  func `nothing is said about a sample`(_ sample: Sample) {
    let checked = CheckedText(sample.sources.files)
    #expect(checked.diagnostics.isEmpty, "\(checked.report)")
  }

  @Test(arguments: Sample.all)
  func `one typo in the use of a name is one error with the right suggestion`(_ sample: Sample) {
    let sources = sample.sources
    let trees = sources.ids.map { parse(sources[$0], as: $0).value }
    let names = trees.map { NameUses(in: $0) }
    let taken = names.reduce(into: Set(Keyword.allCases.map(\.rawValue))) { taken, names in
      taken.formUnion(names.others)
      taken.formUnion(names.uses.map(\.text))
    }
    var counts: [NameKind: Int] = [:]
    for (file, names) in zip(sources.ids, names) {
      for (number, use) in names.uses.enumerated() {
        guard
          let typo = Typo(of: use.text, isQuoted: use.isQuoted, start: number, avoiding: taken)
        else {
          Issue.record("no typo of `\(use.text)` is free")
          continue
        }
        counts[use.kind, default: 0] += 1
        if let problem = check(sources, trees, typo: typo.text, of: use, in: file) {
          Issue.record("\(sources.description(use.span)): `\(typo.text)`: \(problem)")
        }
      }
    }
    let kinds = NameKind.allCases.map { "\($0.rawValue) \(counts[$0] ?? 0)" }
    print(
      "\(sample): \(counts.values.reduce(0, +)) typos (\(kinds.joined(separator: ", ")))"
    )
    #expect(counts.values.reduce(0, +) > 20)
  }

  /// What is wrong with what is said about a set with one typo, or nothing.
  private func check(
    _ sources: SourceMap,
    _ trees: [SyntaxTree],
    typo: String,
    of use: NameUse,
    in file: FileID
  ) -> String? {
    let original = sources[file]
    var bytes = original.bytes
    let written = use.isQuoted ? "`\(typo)`" : typo
    bytes.replaceSubrange(Int(use.span.lower)..<Int(use.span.upper), with: Array(written.utf8))
    let changed = SourceFile(path: original.path, bytes: bytes)
    let parsed = parse(changed, as: file)
    guard parsed.diagnostics.isEmpty else {
      return "the parser reports \(parsed.diagnostics.map(\.message))"
    }
    var trees = trees
    trees[Int(file.position)] = parsed.value
    let map = SourceMap(sources.files.map { $0.path == original.path ? changed : $0 })
    let diagnostics = PolicyChecker.check(trees, sources: map).diagnostics
    let upper = use.span.lower + UInt32(written.utf8.count)
    let expected = SourceSpan(file: file, lower: use.span.lower, upper: upper)
    guard let found = diagnostics.first else { return "nothing is reported" }
    guard diagnostics.count == 1 else {
      return
        "reported are \(diagnostics.map { "\(map.description($0.primary.span)) \($0.message)" })"
    }
    guard found.severity == .error, found.primary.span == expected else {
      return "reported is \(map.description(found.primary.span)) \(found.message)"
    }
    if use.text.unicodeScalars.count >= 3, found.help?.contains("`\(use.text)`") != true {
      return "the help is \(found.help ?? "missing")"
    }
    return nil
  }
}
