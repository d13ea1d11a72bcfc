import PolicyEngine
package import PolicyModel

/// A rule that made, or ended, what is blamed on a revision.
package struct BlameRule: Sendable {
  let reason: Reason
  /// Such as `allows it`.
  let verb: String
  let notes: [String]

  init(_ rule: ExplainedRule, verb: String? = nil) {
    reason = rule.reason
    self.verb = verb ?? rule.verb
    notes = rule.notes
  }
}

/// A revision in which the answer became another.
package struct BlameEvent: Sendable {
  let revision: BlameRevision
  let before: BlameState
  let after: BlameState
  /// What allows since then, and what denies or no longer allows what was allowed.
  let rules: [BlameRule]

  package init(
    _ revision: BlameRevision,
    before: BlameState,
    in old: PolicySet?,
    after: BlameState,
    in new: PolicySet?
  ) {
    self.revision = revision
    self.before = before
    self.after = after
    var rules: [BlameRule] = []
    if let new {
      for grant in after.grants(beyond: before) {
        rules += Self.deciding(grant, in: new).rules.map { BlameRule($0) }
      }
    }
    for grant in before.grants(beyond: after) {
      let now = new.map { Self.deciding(grant, in: $0) }
      if now?.isAllowed == true { continue }
      // What denies says it all; where nothing allows any more, what did is gone.
      if let denying = now?.rules, !denying.isEmpty {
        rules += denying.map { BlameRule($0) }
      } else if let old {
        rules += Self.deciding(grant, in: old).rules.map { BlameRule($0, verb: "allowed it") }
      }
    }
    var seen: Set<Reason> = []
    self.rules = rules.filter { seen.insert($0.reason).inserted }
  }

  /// How a revision decides the example of a grant, which may be another's; nil where it refuses it.
  private static func deciding(
    _ grant: BlameGrant,
    in set: PolicySet
  ) -> (isAllowed: Bool?, rules: [ExplainedRule]) {
    guard let example = grant.example,
      let document = RequestReader.read(JSONWriter.line(example)[...]).document,
      let request = try? document.resolved(in: set.vocabulary)
    else { return (nil, []) }
    let decision = interpret(request, in: set)
    let rules = decision.deciding.map { ExplainedRule(deciding: $0, for: request, in: set) }
    return (decision.effect == .allow, rules)
  }
}
