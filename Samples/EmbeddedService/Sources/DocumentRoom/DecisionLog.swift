import PolicyEngine

/// Where decisions are written down, a line of JSON each: who, what, what was decided, and by which
/// rules, so that somebody can ask later why.
public struct DecisionLog: Sendable {
  private let write: @Sendable (String) -> Void

  /// A log that gives its lines to a function.
  public init(_ write: @escaping @Sendable (String) -> Void) { self.write = write }

  func record(
    _ visitor: Visitor,
    _ action: Room.Document,
    _ document: Document,
    _ explanation: PolicyEngine.Explanation
  ) {
    let rules = explanation.reasons.map { quoted($0.rule.id) }.joined(separator: ",")
    write(
      "{\"subject\":\(quoted(visitor.name)),"
        + "\"action\":\(quoted(Room.engine.name(of: action.action))),"
        + "\"resource\":\(quoted(document.id)),"
        + "\"decision\":\(explanation.decision.isAllowed),\"rules\":[\(rules)]}"
    )
  }

  private func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
