import PolicyChecker
import PolicyFormatter
import PolicyModel
import PolicySource
import PolicySyntax
import PolicyTestSupport
import Testing

/// Formatting never changes what policies mean: the policy set is the same but for places.
@Suite struct MeaningTests {
  /// Each sample by itself, and each fixture.
  private static let sets: [[SourceFile]] = {
    var samples: [String: [SourceFile]] = [:]
    for file in FormatterTexts.samples {
      let folder = file.name.split(separator: "/").first.map(String.init) ?? ""
      samples[folder, default: []].append(file.source)
    }
    let folders = samples.keys.sorted()
    return folders.compactMap { samples[$0] } + FormatterTexts.fixtures.map { [$0.source] }
  }()

  @Test func `formatted policies mean the same`() {
    for files in Self.sets {
      let before = Self.meaning(files)
      let after = Self.meaning(
        files.map { SourceFile(path: $0.path, bytes: format($0).bytes) }
      )
      let paths = files.map(\.path)
      if let index = zip(before, after).enumerated().first(where: { $1.0 != $1.1 })?.offset {
        let context = max(0, index - 5)
        Issue.record("\(paths): \(before[context...index]) became \(after[context...index])")
      }
      #expect(before.count == after.count, "\(paths)")
    }
  }

  /// The values of a checked policy set, and what is wrong with it, a line each, without places.
  private static func meaning(_ files: [SourceFile]) -> [String] {
    let sources = SourceMap(files)
    let parsed = sources.ids.map { parse(sources[$0], as: $0) }
    let checked = check(parsed.map(\.value), sources: sources)
    var lines: [String] = []
    list(checked.value, into: &lines)
    for diagnostic in parsed.flatMap(\.diagnostics) + checked.diagnostics {
      lines.append("\(diagnostic.code) \(diagnostic.message)")
    }
    return lines
  }

  private static func list(_ value: Any, into lines: inout [String]) {
    if value is SourceSpan || value is SourceMap { return }
    if let condition = value as? Condition { return lines.append("\(condition.withoutPlaces)") }
    let mirror = Mirror(reflecting: value)
    if mirror.children.isEmpty { return lines.append("\(value)") }
    let parts = mirror.children.map { label, child in
      var lines = label.map { [$0] } ?? []
      list(child, into: &lines)
      return lines
    }
    let isUnordered = mirror.displayStyle == .set || mirror.displayStyle == .dictionary
    lines += (isUnordered ? parts.sorted { $0.lexicographicallyPrecedes($1) } : parts).joined()
  }
}
