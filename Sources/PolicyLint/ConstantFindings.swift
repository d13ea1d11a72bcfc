import PolicyAnalysis
import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax

/// Something constant in a condition, and whose condition it is.
struct ConstantFinding {
  /// What has a condition.
  enum Owner {
    case rule(RuleIndex)
    case assignment(AssignmentIndex)
  }

  let constant: ConstantCondition
  let owner: Owner
  /// The whole of what has the condition.
  let span: SourceSpan
  /// Where the parts of the core stand, each once; where the owner has its condition, if nowhere.
  let places: [SourceSpan]
  /// In how many other conditions the same text stands, by way of a `let`.
  var repetitions = 0

  /// What is constant in the conditions of rules and assignments, the same text once.
  ///
  /// - Complexity: That of `ConditionProver`, for each distinct pair of conditions.
  static func all(in context: LintContext) -> [ConstantFinding] {
    let set = context.set
    var prover = context.conditionProver
    var found: [ConstantFinding] = []
    var positions: [[SourceSpan]: Int] = [:]
    var isVarying: [[Condition?]: Bool] = [:]
    func add(
      _ constants: [ConstantCondition],
      _ owner: Owner,
      _ span: SourceSpan,
      _ clause: SourceSpan
    ) {
      for constant in constants {
        var seen: Set<SourceSpan> = []
        let places = constant.core.map { hull(of: $0, in: span) ?? clause }
          .filter { seen.insert($0).inserted }
        let isShared = !places.contains { $0.isInside(span) }
        if isShared, let position = positions[places] {
          found[position].repetitions += 1
          continue
        }
        positions[places] = found.count
        found.append(
          ConstantFinding(constant: constant, owner: owner, span: span, places: places)
        )
      }
    }
    for index in set.rules.indices {
      let rule = set.rules[index]
      guard rule.condition != nil || rule.exception != nil else { continue }
      let key = [rule.condition?.withoutPlaces, rule.exception?.withoutPlaces]
      guard isVarying[key] != true else { continue }
      let constants = prover.constants(in: rule)
      isVarying[key] = constants.isEmpty
      add(constants, .rule(index), rule.span, clause(of: rule, in: context))
    }
    for index in set.assignments.indices {
      let assignment = set.assignments[index]
      guard let condition = assignment.condition else { continue }
      let constants = prover.constants(in: condition)
      add(constants, .assignment(index), assignment.span, assignment.span)
    }
    return found
  }

  /// Where a rule has the condition in which constants are compared: these have no place.
  private static func clause(of rule: Rule, in context: LintContext) -> SourceSpan {
    let tree = context.tree(rule.span.file)
    guard let node = context.ruleNodes[rule.span] else { return rule.actionsSpan }
    let isInCondition = rule.condition?.comparesConstants ?? false
    return tree.first(node, isInCondition ? .whenClause : .unlessClause).map { tree.span($0) }
      ?? rule.actionsSpan
  }

  /// Where a part of a condition stands: inside its owner, or in a `let`.
  ///
  /// Parts that lie in several `let`s are shown by the first check.
  private static func hull(of condition: Condition, in owner: SourceSpan) -> SourceSpan? {
    let spans = condition.checks.map(\.span)
    guard let first = spans.first else { return nil }
    let inside = spans.filter { $0.isInside(owner) }
    guard let lower = inside.map(\.lower).min(), let upper = inside.map(\.upper).max() else {
      return first
    }
    return SourceSpan(file: owner.file, lower: lower, upper: upper)
  }

  /// The diagnostic of a lint: the last place is marked, and the others that go with it.
  func diagnostic(
    _ code: DiagnosticCode,
    _ message: String,
    label: String,
    in context: LintContext,
    notes: [String],
    help: String
  ) -> Diagnostic {
    let last = places.last ?? span
    var secondary = places.dropLast().map { Label($0, "together with this") }
    if !places.contains(where: { $0.isInside(span) }) {
      secondary.append(Label(clause(in: context.set), "in the condition of this"))
    }
    var notes = notes
    if repetitions > 0 {
      let word = repetitions == 1 ? "condition has" : "conditions have"
      notes.append("\(repetitions) more \(word) it")
    }
    return Diagnostic(
      code,
      message,
      at: last,
      label: places.count > 1 ? label : "",
      secondary: secondary,
      notes: notes,
      help: help
    )
  }

  private func clause(in set: PolicySet) -> SourceSpan {
    if case .rule(let index) = owner { return set.rules[index].actionsSpan }
    return span
  }

  /// What is constant, in backquotes; a long condition is not repeated.
  func text(in set: PolicySet) -> String {
    guard !constant.condition.checks.isEmpty else { return "a comparison of constants" }
    let text = describe(constant.condition, in: set)
    return text.utf8.count <= 120 ? "`\(text)`" : "this condition"
  }
}

extension SourceSpan {
  func isInside(_ other: SourceSpan) -> Bool {
    file == other.file && other.lower <= lower && upper <= other.upper
  }
}

extension Condition {
  /// Whether there is a constant in it.
  fileprivate var comparesConstants: Bool {
    switch self {
    case .constant: true
    case .not(let inner): inner.comparesConstants
    case .all(let parts), .any(let parts): parts.contains { $0.comparesConstants }
    case .check: false
    }
  }
}

extension [String] {
  /// The names with commas between them, and `and` before the last.
  var listed: String {
    guard let last, count > 1 else { return first ?? "" }
    return "\(dropLast().joined(separator: ", ")) and \(last)"
  }
}
