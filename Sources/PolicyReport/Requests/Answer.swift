package import PolicyEngine
package import PolicyModel

/// A rule that decided, as an answer names it.
package struct Reason: Hashable, Sendable {
  package let policy: String
  /// The rule's `@id`, or `policy#number`.
  package let rule: String
  package let file: String
  package let line: Int
  package let because: String?

  package init(policy: String, rule: String, file: String, line: Int, because: String?) {
    self.policy = policy
    self.rule = rule
    self.file = file
    self.line = line
    self.because = because
  }
}

/// The answer to one request, as people and machines get it.
package enum Answer: Hashable, Sendable {
  /// Rules decided.
  case rules(isAllowed: Bool, [Reason])
  /// No rule applied, and what is not allowed is denied.
  case byDefault
  /// The request was refused, for these reasons.
  case refused([String])

  package var isAllowed: Bool {
    if case .rules(true, _) = self { true } else { false }
  }
}

extension Answer {
  /// A decision of the interpreter.
  package init(_ decision: Decision, in set: PolicySet) {
    let reasons = decision.deciding.map { Reason(set.rules[$0.rule], in: set) }
    let isAllowed = decision.effect == .allow
    self = decision.basis == .byDefault ? .byDefault : .rules(isAllowed: isAllowed, reasons)
  }

  /// A decision of compiled tables.
  package init(_ explanation: PolicyEngine.Explanation) {
    let decision = explanation.decision
    let reasons = explanation.reasons.map { Reason($0.rule) }
    self =
      decision.basis == .byDefault
      ? .byDefault : .rules(isAllowed: decision.isAllowed, reasons)
  }
}

extension Answer {
  /// The answer as a JSON object; a refused line of a stream has its number, from 1.
  package func json(id: String?, line: Int? = nil) -> JSONValue {
    var members: [JSONMember] = []
    if let id { members.append(JSONMember("id", .string(id))) }
    members.append(JSONMember("decision", .bool(isAllowed)))
    members.append(JSONMember("effect", .string(isAllowed ? "allow" : "deny")))
    switch self {
    case .rules(_, let reasons):
      members.append(JSONMember("by", "rule"))
      members.append(JSONMember("reasons", .array(reasons.map(\.json))))
    case .byDefault:
      members.append(JSONMember("by", "default"))
      members.append(JSONMember("reasons", .array([])))
    case .refused(let problems):
      members.append(JSONMember("by", "error"))
      members.append(JSONMember("error", .string(problems.joined(separator: "; "))))
      if let line { members.append(JSONMember("line", .int(line))) }
    }
    return .object(members)
  }

  /// The decision and why, in one or two lines.
  package func text(on terminal: Terminal) -> String {
    let word = terminal.paint(isAllowed ? "allow" : "deny", isAllowed ? .allow : .deny)
    switch self {
    case .rules(_, let reasons):
      guard let first = reasons.first else { return word + "\n" }
      let because = first.because.map { ": " + VisibleText.of($0) } ?? ""
      let others = reasons.count - 1
      let more = others > 0 ? ", and \(Tally.count(others, "other rule"))" : ""
      return word + because + "\n  by " + first.text + more + "\n"
    case .byDefault:
      return word + ": no policy allows it\n"
    case .refused(let problems):
      return problems.map {
        terminal.paint("error", .error) + ": " + VisibleText.of($0) + "\n"
      }.joined()
    }
  }
}

extension Reason {
  /// The rule with its policy, which its own name may say already.
  var name: String {
    rule.utf8.starts(with: "\(policy)#".utf8) ? "`\(rule)`" : "`\(rule)` of `\(policy)`"
  }

  /// Such as `guardrails#1` (roles.pol:14).
  package var text: String { VisibleText.of("\(name) (\(file):\(line))") }

  var json: JSONValue {
    [
      "policy": .string(policy),
      "rule": .string(rule),
      "file": .string(file),
      "line": .int(line),
      "because": .optional(because),
    ]
  }
}
