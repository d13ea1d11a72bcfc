import PolicyEngine

/// An explanation as a JSON object in one line (RFC 8259), its members in a fixed order.
struct ExplanationJSON {
  private(set) var text = ""

  init(_ explanation: PolicyEngine.Explanation) {
    let decision = explanation.decision
    text += "{\"decision\":\(decision.isAllowed)"
    text += ",\"effect\":\"\(decision.isAllowed ? "allow" : "deny")\""
    text += ",\"by\":\"\(decision.basis == .rule ? "rule" : "default")\""
    text += ",\"reasons\":["
    for (index, reason) in explanation.reasons.enumerated() {
      if index > 0 { text += "," }
      add(reason.rule, reason.missing, granted: reason.policy)
    }
    text += "],\"nearMisses\":["
    for (index, miss) in explanation.nearMisses.enumerated() {
      if index > 0 { text += "," }
      add(miss.rule, miss.missing, granted: nil)
    }
    text += "]}"
  }

  private mutating func add(_ rule: PolicyEngine.Rule, _ missing: [String], granted: String?) {
    text += "{\"policy\":"
    add(rule.policy)
    text += ",\"rule\":"
    add(rule.id)
    text += ",\"file\":"
    add(rule.place.file)
    text += ",\"line\":\(rule.place.line),\"because\":"
    if let because = rule.because { add(because) } else { text += "null" }
    if let granted {
      text += ",\"granted\":"
      add(granted)
    }
    text += ",\"missing\":["
    for (index, name) in missing.enumerated() {
      if index > 0 { text += "," }
      add(name)
    }
    text += "]}"
  }

  /// A text in quotes; what may not stand in one is escaped.
  private mutating func add(_ value: String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\u{0}"..<" ":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
