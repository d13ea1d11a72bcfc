import PolicyEngine
import PolicyModel
import PolicyReport
import PolicySource
import PolicySyntax

extension Feature {
  /// How many actions a rule is about, where that is not to be seen, and which denies meet them.
  static let inlayHint = Feature(
    "textDocument/inlayHint",
    "inlayHintProvider",
    .analysed { (question, analysis) throws(ResponseError) in
      let range = try TextRange(try question.params.required("range"))
      let lower = UInt32(question.layout.offset(range.start))
      let upper = UInt32(question.layout.offset(range.end))
      var hints: [JSONValue] = []
      for rule in analysis.set.rules.elements
      where rule.actionsSpan.file == question.file && rule.actionsSpan.upper >= lower
        && rule.actionsSpan.upper <= upper
      {
        try question.cancellation.check()
        guard let text = label(rule, analysis, question.tree) else { continue }
        hints.append([
          "position": question.layout.position(Int(rule.actionsSpan.upper)).json,
          "label": .string(text), "paddingLeft": true,
        ])
      }
      return .array(hints)
    }
  )

  private static func label(
    _ rule: Rule,
    _ analysis: SetAnalysis,
    _ tree: SyntaxTree
  ) -> String? {
    let set = analysis.set
    var parts: [String] = []
    let text = tree.text(rule.actionsSpan)
    let isPlain = !text.utf8.contains { "*{,".utf8.contains($0) } && rule.actions.count == 1
    if !isPlain { parts.append(ActionList.count(rule.actions)) }
    guard rule.effect == .allow else { return parts.first }
    var denied: [PolicyIndex: (always: [Range<Int>], perhaps: [Range<Int>])] = [:]
    var order: [PolicyIndex] = []
    for overruling in Overruling.of(rule, in: set) where overruling.reach != .holders {
      let deny = set.rules[overruling.deny]
      if denied[deny.policy] == nil { order.append(deny.policy) }
      var known = denied[deny.policy] ?? ([], [])
      if deny.guardCondition == nil {
        known.always += overruling.actions.ranges
      } else {
        known.perhaps += overruling.actions.ranges
      }
      denied[deny.policy] = known
    }
    for policy in order {
      guard let found = denied[policy] else { continue }
      let always = ActionSet(found.always)
      let perhaps = ActionSet(found.perhaps).subtracting(always)
      let name = "`\(describe(policy, in: set))`"
      if !always.isEmpty { parts.append("\(always.count) denied by \(name)") }
      if !perhaps.isEmpty { parts.append("\(perhaps.count) denied at times by \(name)") }
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}
