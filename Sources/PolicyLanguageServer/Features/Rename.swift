import PolicyChecker
import PolicyEngine
import PolicyModel
import PolicyReport
import PolicySource

extension Feature {
  static let prepareRename = Feature(
    "textDocument/prepareRename",
    "renameProvider",
    options: ["prepareProvider": true],
    .analysed { (question, analysis) throws(ResponseError) in
      let renaming = try Renaming(question, analysis)
      return [
        "range": question.range(renaming.name.span),
        "placeholder": .string(analysis.heading(renaming.symbol).name),
      ]
    }
  )

  static let rename = Feature(
    "textDocument/rename",
    "renameProvider",
    options: ["prepareProvider": true],
    .analysed { (question, analysis) throws(ResponseError) in
      let renaming = try Renaming(question, analysis)
      let spelling = try renaming.spelling(of: try question.params.requiredText("newName"))
      var layouts = LayoutCache(analysis.snapshot)
      let edits = renaming.places.map { Edit($0, spelling) }
      return WorkspaceEdit.json(edits, &layouts)
    }
  )
}

/// The renaming of one thing, everywhere; it is refused where anything would mean something else.
struct Renaming {
  let name: NameAtPlace
  let symbol: Symbol
  let places: [SourceSpan]
  private let analysis: SetAnalysis

  init(_ question: Question, _ analysis: SetAnalysis) throws(ResponseError) {
    self.analysis = analysis
    guard let name = analysis.name(at: try question.offset(), in: question.file),
      let symbol = name.symbols.first
    else { throw ResponseError(.requestFailed, "nothing that has a name stands here") }
    self.name = name
    self.symbol = symbol
    guard name.symbols.count == 1 else {
      throw ResponseError(
        .requestFailed,
        "this name stands for \(name.symbols.count) things; rename each where it is declared"
      )
    }
    places = analysis.occurrences(of: [symbol]).map(\.span)
    let shared = analysis.checked.occurrences.first { [places = Set(places)] occurrence in
      occurrence.symbol != symbol && places.contains(occurrence.span)
    }
    if let shared {
      throw ResponseError(
        .requestFailed,
        "at \(analysis.place(shared.span)) the same name also stands for "
          + "`\(analysis.path(shared.symbol))`: name the two apart there first"
      )
    }
  }

  /// How the new name is to be written.
  ///
  /// A plain name that would be read as something else there is tried between backquotes.
  func spelling(of newName: String) throws(ResponseError) -> String {
    let bare =
      newName.hasPrefix("`") && newName.hasSuffix("`") && newName.utf8.count > 2
      ? String(newName.dropFirst().dropLast()) : newName
    guard !bare.isEmpty, !bare.contains("`"), !bare.contains("\n") else {
      throw ResponseError(.requestFailed, "`\(newName)` is no name")
    }
    let plain = describe(name: bare)
    guard let problem = problem(with: plain, meaning: bare) else { return plain }
    let quoted = "`\(bare)`"
    if plain != quoted, problem.isReading, self.problem(with: quoted, meaning: bare) == nil {
      return quoted
    }
    throw ResponseError(.requestFailed, problem.text)
  }

  private struct Problem {
    let text: String
    /// Whether the text would be read otherwise, so that backquotes may help.
    let isReading: Bool
  }

  /// What would go wrong: the edited text is checked, and has to be the same policy set but for
  /// the name.
  private func problem(with spelling: String, meaning newName: String) -> Problem? {
    var snapshot = analysis.snapshot
    for file in snapshot.sources.ids {
      let here = places.filter { $0.file == file }
      guard !here.isEmpty else { continue }
      snapshot.edit(file, here.map { Edit($0, spelling) })
    }
    let after = SetAnalysis(snapshot)
    let known = Dictionary(grouping: analysis.findings, by: \.code).mapValues(\.count)
    var counts: [DiagnosticCode: Int] = [:]
    for finding in after.findings {
      counts[finding.code, default: 0] += 1
      if counts[finding.code, default: 0] > known[finding.code, default: 0] {
        return Problem(
          text:
            "it would be wrong then: \(finding.message), at \(after.place(finding.primary.span))",
          isReading: finding.code != .duplicateDeclaration
        )
      }
    }
    guard after.heading(symbol).name.utf8.elementsEqual(newName.utf8),
      after.checked.occurrences.map(\.symbol) == analysis.checked.occurrences.map(\.symbol),
      SetShape(after.set) == SetShape(analysis.set)
    else {
      return Problem(
        text: "other names or patterns would stand for something else then",
        isReading: true
      )
    }
    return nil
  }
}

/// What a policy set means, without names and places.
private struct SetShape: Equatable {
  private struct RuleShape: Equatable {
    let effect: Effect
    let actions: ActionSet
    let condition: Condition?
    let exception: Condition?
  }

  private let rules: [RuleShape]
  private let closures: [[Int]]
  private let subjects: [[Subject]]
  private let places: [[Int]]
  private let expectations: [[ActionSet]]

  init(_ set: PolicySet) {
    rules = set.rules.elements.map {
      RuleShape(
        effect: $0.effect,
        actions: $0.actions,
        condition: $0.condition?.withoutPlaces,
        exception: $0.exception?.withoutPlaces
      )
    }
    closures = set.policies.elements.map { $0.closure.map(\.position) }
    subjects = set.assignments.elements.map(\.subjects)
    places = set.assignments.elements.map { $0.places.map(\.position) }
    expectations = set.tests.map { $0.expectations.map(\.actions) }
  }
}
