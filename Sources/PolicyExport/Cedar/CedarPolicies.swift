import PolicyEngine
import PolicyModel
import PolicyReport
import PolicySource

/// Writes each rule as one policy of Cedar with the rule's own id.
///
/// What decided is then the same list on both sides: the permits that hold are the allows that
/// apply, the forbids that hold the denies.
struct CedarPolicies {
  private let set: PolicySet
  private let conditions: CedarConditions
  private let grants: CedarGrants
  private let actions: CedarActions
  private(set) var findings: [Diagnostic] = []

  init(_ set: PolicySet) {
    self.set = set
    conditions = CedarConditions(set)
    grants = CedarGrants(set, conditions)
    actions = CedarActions(set.catalogue)
  }

  /// - Complexity: O(rules × (their conditions + the assignments of their policies)).
  mutating func text() -> String {
    var text = """
      // Written by `pol export --format cedar`. schema.cedarschema says what requests look like, and
      // entities.json has units, groups, actions, and who has what without a condition.

      """
    for index in set.policies.indices {
      let policy = set.policies[index]
      guard !policy.rules.isEmpty else { continue }
      let title = policy.heading.title.map { ": \(VisibleText.of($0))" } ?? ""
      let word = policy.isRole ? "role" : "policy"
      text += "\n// \(word) \(VisibleText.of(policy.heading.name))\(title)\n"
      var given: [Effect: CedarExpression] = [:]
      for rule in policy.rules {
        let rule = set.rules[rule]
        let inForce = given[rule.effect] ?? self.inForce(index, for: rule.effect)
        given[rule.effect] = inForce
        text += "\n" + self.text(rule, inForce)
      }
    }
    return text
  }

  /// When a policy is in force.
  private mutating func inForce(_ policy: PolicyIndex, for effect: Effect) -> CedarExpression {
    let expression = grants.expression(policy, for: effect).balanced
    guard isTooDeep(expression, at: grants.deepest(policy) ?? set.policies[policy].heading.span)
    else { return expression }
    return .constant(true)
  }

  /// Reports an expression that Cedar may not evaluate, once for each place.
  private mutating func isTooDeep(_ expression: CedarExpression, at span: SourceSpan) -> Bool {
    let depth = expression.depth
    guard depth > CedarExpression.deepest else { return false }
    guard !findings.contains(where: { $0.primary.span == span }) else { return true }
    findings.append(
      NotExpressible.finding(
        "a condition of \(depth) levels, which is more than \(CedarExpression.deepest)",
        in: "Cedar",
        at: span,
        help: "write the condition with less nesting, or as several rules"
      )
    )
    return true
  }

  private mutating func text(_ rule: Rule, _ given: CedarExpression) -> String {
    var lines = comment(rule)
    lines.append("@id(\(describe(string: rule.id)))")
    if let because = rule.because { lines.append("@because(\(describe(string: because)))") }
    let (head, rest) = Self.head(given)
    lines.append(rule.effect == .allow ? "permit (" : "forbid (")
    lines.append("  \(head[.principal] ?? "principal"),")
    lines += actionLines(rule.actions)
    lines += ["  \(head[.resource] ?? "resource")", ")"]
    lines += clause("when", rest, rule) + clauses(rule)
    lines[lines.count - 1] += ";"
    return lines.joined(separator: "\n") + "\n"
  }

  /// The rule as it was written, and where.
  private func comment(_ rule: Rule) -> [String] {
    let place = set.sources.place(rule.span)
    let lines = set.sources.text(rule.span).split(separator: "\n").map { line in
      "//   \(VisibleText.of(String(line.drop { $0 == " " || $0 == "\t" })))"
    }
    let file = VisibleText.of(set.sources[rule.span.file].path)
    return ["// \(file):\(place.line)"] + lines.filter { $0 != "//   " }
  }

  private func actionLines(_ actions: ActionSet) -> [String] {
    let names = self.actions.head(actions)
    switch names.count {
    case 0: return ["  action,"]
    case 1: return ["  action \(actions.count == 1 ? "==" : "in") \(names[0]),"]
    default:
      let flat = "  action in [\(names.joined(separator: ", "))],"
      if flat.utf8.count <= 100 { return [flat] }
      var lines = ["  action in ["]
      for name in names {
        let last = lines[lines.count - 1]
        if lines.count > 1, last.utf8.count + name.utf8.count + 2 <= 100 {
          lines[lines.count - 1] += " \(name),"
        } else {
          lines.append("    \(name),")
        }
      }
      lines[lines.count - 1].removeLast()
      return lines + ["  ],"]
    }
  }

  /// An allow needs what is true, a deny what is not false.
  private mutating func clauses(_ rule: Rule) -> [String] {
    var lines: [String] = []
    let isAllow = rule.effect == .allow
    let word = isAllow ? "when" : "unless"
    if let condition = rule.condition {
      lines += clause(word, conditions.expression(condition, is: isAllow), rule)
    }
    if let exception = rule.exception {
      lines += clause(word, conditions.expression(exception, is: !isAllow), rule)
    }
    return lines
  }

  private mutating func clause(
    _ word: String,
    _ expression: CedarExpression,
    _ rule: Rule
  ) -> [String] {
    if case .constant(let value) = expression, value == (word == "when") { return [] }
    if case .not(let inner) = expression {
      return clause(word == "when" ? "unless" : "when", inner, rule)
    }
    let balanced = expression.balanced
    guard !isTooDeep(balanced, at: rule.actionsSpan) else { return [] }
    let lines = balanced.lines(at: 2)
    if lines.count == 1, lines[0].utf8.count + word.utf8.count + 6 <= 100 {
      return ["\(word) { \(lines[0]) }"]
    }
    return ["\(word) {"] + lines.map { "  " + $0 } + ["}"]
  }

  /// What of a conjunction the head of a policy can say, and the rest.
  private static func head(
    _ expression: CedarExpression
  ) -> (head: [CedarVariable: String], rest: CedarExpression) {
    var parts = [expression]
    if case .all(let inner) = expression { parts = inner }
    var head: [CedarVariable: String] = [:]
    var rest: [CedarExpression] = []
    for part in parts {
      if case .atom(let atom) = part, let shape = atom.shape, shape.form == .head,
        let variable = CedarVariable(rawValue: shape.left), head[variable] == nil
      {
        head[variable] = atom.text
      } else {
        rest.append(part)
      }
    }
    return (head, .every(rest))
  }
}
