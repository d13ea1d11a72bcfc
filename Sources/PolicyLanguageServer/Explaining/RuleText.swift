import PolicyEngine
import PolicyModel
import PolicySource

/// What a rule does, in Markdown: what it grants, to whom, and what overrules it.
struct RuleText {
  /// So many assignments or overruling rules are listed.
  private static let longest = 12

  let analysis: SetAnalysis
  let index: RuleIndex

  private var set: PolicySet { analysis.set }
  private var rule: Rule { self.set.rules[index] }

  var markdown: String {
    var parts = [headline, ActionList.markdown(rule.actions, in: set)]
    if let documentation = rule.documentation { parts.insert(documentation, at: 0) }
    if let because = rule.because { parts.append("because: \(because)") }
    parts.append("**To** " + Self.holders(of: rule.policy, in: analysis))
    parts.append(rule.effect == .allow ? overrulers : overruled)
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private var headline: String {
    let verb = rule.effect == .allow ? "allows" : "denies"
    return "**\(verb) \(ActionList.count(rule.actions))**\(Self.condition(of: rule, in: set)) "
      + "— rule `\(rule.id)`"
  }

  /// ` when …`, or nothing.
  static func condition(of rule: Rule, in set: PolicySet) -> String {
    var text = ""
    if let condition = rule.condition { text += " when `\(describe(condition, in: set))`" }
    if let exception = rule.exception { text += " unless `\(describe(exception, in: set))`" }
    return text
  }

  /// Who is given a policy, and by which lines.
  static func holders(of policy: PolicyIndex, in analysis: SetAnalysis) -> String {
    let set = analysis.set
    var lines: [String] = []
    for assignment in set.assignments.elements {
      let given = assignment.policies.filter { set.policies[$0].closure.contains(policy) }
      guard let first = given.first else { continue }
      var line = assignment.subjects.map { "`\(describe($0, in: set))`" }.joined(separator: ", ")
      if !assignment.places.isEmpty {
        let places = assignment.places.map { "`\(describe($0, in: set))`" }
        line += " in " + places.joined(separator: ", ")
      }
      if let condition = assignment.condition {
        line += " when `\(describe(condition, in: set))`"
      }
      if first != policy { line += ", by `\(describe(first, in: set))`" }
      lines.append("- \(line) — \(analysis.place(assignment.span))")
    }
    let including = set.policies.indices.filter {
      $0 != policy && set.policies[$0].closure.contains(policy)
    }
    let name = "`\(describe(policy, in: set))`"
    let also = including.prefix(longest).map { "`\(describe($0, in: set))`" }
    let holders =
      also.isEmpty
      ? "whoever holds \(name)" : "whoever holds \(name), or \(also.joined(separator: ", "))"
    if lines.isEmpty { return "\(holders); no assignment gives it" }
    let more = lines.count > longest ? "\n- and \(lines.count - longest) more assignments" : ""
    return "\(holders); assigned to\n\n" + lines.prefix(longest).joined(separator: "\n") + more
  }

  private var overrulers: String {
    let all = Overruling.of(rule, in: set)
    guard !all.isEmpty else { return "No deny overrules it." }
    let lines = all.prefix(Self.longest).map { overruling -> String in
      let deny = set.rules[overruling.deny]
      let whom =
        switch overruling.reach {
        case .always: "always in force with it"
        case .everyone: "in force for everyone"
        case .holders: "for those who also hold `\(describe(deny.policy, in: set))`"
        }
      let share =
        overruling.actions.count == rule.actions.count
        ? "all of it" : ActionList.count(overruling.actions)
      return "- `\(deny.id)`\(Self.condition(of: deny, in: set)): \(share), \(whom) — "
        + analysis.place(deny.span)
    }
    let more = all.count > Self.longest ? "\n- and \(all.count - Self.longest) more" : ""
    return "**Overruled by**\n\n" + lines.joined(separator: "\n") + more
  }

  private var overruled: String {
    let allows = set.rules.elements.filter {
      $0.effect == .allow && !$0.actions.intersection(rule.actions).isEmpty
    }
    guard !allows.isEmpty else { return "No rule allows any of it." }
    let lines = allows.prefix(Self.longest).map { allow in
      "- `\(allow.id)`: \(ActionList.count(allow.actions.intersection(rule.actions))) — "
        + analysis.place(allow.span)
    }
    let more = allows.count > Self.longest ? "\n- and \(allows.count - Self.longest) more" : ""
    return "**Overrules**\n\n" + lines.joined(separator: "\n") + more
  }
}
