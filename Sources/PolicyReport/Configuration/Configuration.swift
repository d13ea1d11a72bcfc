package import PolicySource

/// What a `pol.json` beside the files of a policy set says.
package struct Configuration: Sendable {
  /// How seriously a finding is taken.
  package enum Level: String, CaseIterable, Sendable {
    case off, note, warning, error
  }

  /// The name of the file.
  package static let fileName = "pol.json"

  /// The levels of codes; those that are not named keep the severity of their page.
  package var levels: [DiagnosticCode: Level] = [:]
  /// The least severity that fails, where it is said.
  package var failOn: Severity?
  /// The path of the baseline, from the directory of the file, where it is said.
  package var baseline: String?

  package init() {}

  /// The codes that can be given a level, in the order of all codes.
  ///
  /// Errors cannot: a policy set with an error has no meaning.
  package static func configurable(_ pages: [CodePage]) -> [DiagnosticCode] {
    pages.filter(\.isConfigurable).map(\.code)
  }
}

extension Configuration {
  /// Reads a file, strictly: what it does not know is an error, at its place and with what was
  /// probably meant.
  ///
  /// - Complexity: O(bytes × codes).
  package static func read(_ file: SourceFile, pages: [CodePage]) -> Staged<Configuration> {
    var reader = ConfigurationReader(file, pages: pages)
    reader.read()
    return Staged(reader.result, reader.diagnostics.inSourceOrder())
  }
}

/// Reads one configuration, and says what is wrong with it.
private struct ConfigurationReader {
  private static let keys = ["$schema", "lints", "fail-on", "baseline"]

  private let file: SourceFile
  private let places: JSONPlaces
  private let pages: [CodePage]
  var result = Configuration()
  private(set) var diagnostics: [Diagnostic] = []

  init(_ file: SourceFile, pages: [CodePage]) {
    self.file = file
    places = JSONPlaces(file.bytes)
    self.pages = pages
  }

  mutating func read() {
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONParser.parse(file.bytes)
    } catch {
      let end = min(error.offset + 1, file.bytes.count)
      return report("this is no JSON: \(error.message)", at: min(error.offset, end)..<end)
    }
    guard case .object(let members) = value else {
      return report("\(value.kind) stands where an object is expected", at: places.root)
    }
    for (member, place) in zip(members, places.members(of: places.root)) {
      switch member.key {
      case "$schema": _ = text(member.value, at: place.value)
      case "lints": lints(member.value, at: place.value)
      case "baseline": result.baseline = text(member.value, at: place.value)
      case "fail-on":
        let words = Severity.allCases.map(\.rawValue)
        let word = word(member.value, among: words, "severity", at: place.value)
        result.failOn = word.flatMap { Severity(rawValue: $0) }
      default:
        report(
          "there is no setting `\(member.key)`",
          at: place.key,
          help: nearest(member.key, Self.keys) ?? "the settings are "
            + Self.keys.map { "`\($0)`" }.joined(separator: ", "),
          fix: fix(member.key, Self.keys, at: place.key)
        )
      }
    }
  }

  /// The levels of codes.
  private mutating func lints(_ value: JSONValue, at place: Range<Int>) {
    guard case .object(let members) = value else {
      return report("\(value.kind) stands where an object of codes is expected", at: place)
    }
    let known = Configuration.configurable(pages).map(\.rawValue)
    for (member, place) in zip(members, places.members(of: place)) {
      let levels = Configuration.Level.allCases.map(\.rawValue)
      let level = word(member.value, among: levels, "level", at: place.value)
      guard let code = DiagnosticCode(rawValue: member.key) else {
        report(
          "there is no code `\(member.key)`",
          at: place.key,
          help: nearest(member.key, known) ?? "`pol rule --list` lists all codes",
          fix: fix(member.key, known, at: place.key)
        )
        continue
      }
      guard known.contains(member.key) else {
        report(
          "`\(member.key)` is an error, which has no other level",
          at: place.key,
          help: "a policy set with an error has no meaning; lints, warnings and notes have levels"
        )
        continue
      }
      result.levels[code] = level.flatMap { Configuration.Level(rawValue: $0) }
    }
  }

  private mutating func text(_ value: JSONValue, at place: Range<Int>) -> String? {
    if case .string(let text) = value { return text }
    report("\(value.kind) stands where a string is expected", at: place)
    return nil
  }

  private mutating func word(
    _ value: JSONValue,
    among words: [String],
    _ what: String,
    at place: Range<Int>
  ) -> String? {
    guard let text = text(value, at: place) else { return nil }
    if words.contains(text) { return text }
    report(
      "there is no \(what) `\(text)`",
      at: place,
      help: nearest(text, words) ?? "it is one of "
        + words.map { "`\($0)`" }.joined(separator: ", "),
      fix: fix(text, words, at: place)
    )
    return nil
  }

  private func nearest(_ word: String, _ known: [String]) -> String? {
    Suggestion.question(Suggestion.nearest(to: word, among: known))
  }

  /// The one near word in place of another.
  private func fix(_ word: String, _ known: [String], at place: Range<Int>) -> Fix? {
    let near = Suggestion.nearest(to: word, among: known)
    guard near.count == 1, let name = near.first else { return nil }
    return Fix("write `\(name)`", [Edit(span(place), "\"\(name)\"")], isSafe: false)
  }

  private func span(_ place: Range<Int>) -> SourceSpan {
    SourceSpan(file: FileID(0), lower: UInt32(place.lowerBound), upper: UInt32(place.upperBound))
  }

  private mutating func report(
    _ message: String,
    at place: Range<Int>,
    help: String? = nil,
    fix: Fix? = nil
  ) {
    diagnostics.append(
      InvalidConfiguration.diagnostic(
        message,
        at: span(place),
        help: help,
        fixes: fix.map { [$0] } ?? []
      )
    )
  }
}
