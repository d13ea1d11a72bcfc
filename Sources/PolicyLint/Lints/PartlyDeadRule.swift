import PolicyAnalysis
import PolicyChecker
import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax

/// Finds parts of rules that have no effect.
enum PartlyDeadRule {
  static let lint = Lint(page, needs: .checkedSet, find: findings)

  static let page = CodePage(
    .partlyDeadRule,
    finds: "a rule that has no effect for some of the actions that it names",
    explanation: """
      Every decision is the same without the marked patterns: all that they allow is denied, by the \
      same policy or by one that everyone has, or other rules of the policy say the same already, or \
      they deny what no rule allows. This is proved for every request. A pattern is reported only if \
      that is so for all of its actions: a star or a group may reach further than it need.
      """,
    given: CodePage.portal,
    bad: """
      role Operator {
        allow device.read, device.{update, delete}
        deny  device.delete
      }
      """,
    good: """
      role Operator {
        allow device.read, device.update
      }
      """,
    severity: .warning
  )

  static func findings(_ context: LintContext) -> [Diagnostic] {
    let set = context.set
    let judgement = context.ruleJudgement
    var prover = context.ruleProver
    var reader = PatternReader(context.trees, sources: context.sources)
    var gone: [RuleIndex: ActionSet] = [:]
    for redundant in judgement.redundant where redundant.isRemovable {
      gone[redundant.rule] = set.rules[redundant.rule].actions
    }
    var found: [Diagnostic] = []
    // From the last on, so that of two that say the same the first one stays.
    for index in set.rules.indices.reversed() where !judgement.spokenOf.contains(index) {
      let parts = parts(of: index, &reader, context)
      guard parts.count > 1 else { continue }
      var dead: [(part: Part, deadness: Deadness)] = []
      for part in parts {
        guard
          let deadness = prover.deadness(of: index, for: part.actions, without: gone),
          deadness != .withoutEffect || set.rules[index].because == nil
        else { continue }
        dead.append((part, deadness))
      }
      guard !dead.isEmpty else { continue }
      gone[index] = ActionSet(dead.flatMap { $0.part.actions.ranges })
      found.append(diagnostic(index, dead, gone[index] ?? ActionSet(), set))
    }
    return found
  }

  /// A pattern of a rule, or a member between its braces.
  private struct Part {
    let span: SourceSpan
    let actions: ActionSet
  }

  private static func parts(
    of index: RuleIndex,
    _ reader: inout PatternReader,
    _ context: LintContext
  ) -> [Part] {
    let rule = context.set.rules[index]
    let tree = context.tree(rule.span.file)
    guard let node = context.ruleNodes[rule.span], let actions = tree.first(node, .actions) else {
      return []
    }
    let patterns = tree.nodes(actions, .pattern)
    var parts: [Part] = []
    func add(_ matches: PatternReader.Matches, _ node: NodeID) {
      let reached = rule.effect == .allow ? matches.reached : matches.matched
      let actions = reached.intersection(rule.actions)
      if !actions.isEmpty { parts.append(Part(span: tree.span(node), actions: actions)) }
    }
    for pattern in patterns {
      let members = tree.first(pattern, .memberSet).map { tree.nodes($0) } ?? []
      guard members.count > 1 else {
        if patterns.count > 1 { add(reader.matches(pattern, in: tree), pattern) }
        continue
      }
      for (position, member) in members.enumerated() {
        add(reader.matches(pattern, in: tree, memberAt: position), member)
      }
    }
    return parts
  }

  private static func diagnostic(
    _ index: RuleIndex,
    _ dead: [(part: Part, deadness: Deadness)],
    _ actions: ActionSet,
    _ set: PolicySet
  ) -> Diagnostic {
    let rule = set.rules[index]
    let names = actions.actions.prefix(5).map { "`\(set.catalogue.actions[$0].path)`" }
    let more = actions.count > 5 ? " and \(actions.count - 5) more" : ""
    var shown: Set<RuleIndex> = []
    let causes = dead.flatMap { $0.deadness.rules.prefix(4) }.filter { shown.insert($0).inserted }
    let count = "\(actions.count) of \(rule.actions.count) actions"
    return Diagnostic(
      .partlyDeadRule,
      "`\(rule.id)` is dead for \(count): \(names.joined(separator: ", "))\(more)",
      at: dead.first?.part.span ?? rule.actionsSpan,
      label: dead.first.map { words($0.deadness, set) } ?? "",
      secondary: dead.dropFirst().map { Label($0.part.span, words($0.deadness, set)) }
        + causes.map { Label(set.rules[$0].actionsSpan, "`\(set.rules[$0].id)`") },
      help: "leave \(dead.count == 1 ? "it" : "them") out"
    )
  }

  private static func words(_ deadness: Deadness, _ set: PolicySet) -> String {
    let names = deadness.rules.prefix(2).map { "`\(set.rules[$0].id)`" }
    let rules =
      names.isEmpty || deadness.rules.count > 2 ? "other rules" : names.listed
    switch deadness {
    case .overruled: return "denied by \(rules)"
    case .covered: return "covered by \(rules)"
    case .withoutEffect: return "allowed by no rule"
    }
  }
}
