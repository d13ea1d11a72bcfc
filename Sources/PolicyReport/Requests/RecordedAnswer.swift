/// What was answered to a request when its line was written.
package struct RecordedAnswer: Hashable, Sendable {
  package let isAllowed: Bool
  /// The deciding rules by their ids, in their order; none for a deny by default.
  package let rules: [String]
}

/// The parts of a line that are about the answer, as far as they have been read.
struct AnswerParts {
  var decision: Bool?
  var effect: String?
  var rules: [String] = []
  var omitted: [String] = []
}

extension RequestReader {
  /// The version of decision logs that is read.
  private static let version: Int64 = 1

  /// Reads a member that a decision log has beside the request; whether it is one.
  mutating func answerPart(_ member: JSONMember, _ answer: inout AnswerParts) -> Bool {
    let value = member.value
    switch member.key {
    case "v":
      if case .integer(Self.version) = value { break }
      problems.append("`v` is not \(Self.version), the version of decision logs that is read")
    case "decision":
      if case .bool(let decision) = value {
        answer.decision = decision
      } else {
        problems.append("`decision` is \(value.kind), not a boolean")
      }
    case "effect": answer.effect = string(value, at: "effect")
    case "by":
      guard let word = string(value, at: "by") else { break }
      let known = ["rule", "default", "error"]
      if !known.contains(word) {
        problems.append("`by` is none of \(known.joined(separator: ", "))")
      }
    case "reasons":
      answer.rules = elements(value, at: "reasons").compactMap { rule($0, at: $1) }
    case "omitted":
      answer.omitted = elements(value, at: "omitted").compactMap { string($0, at: $1) }
    case "at", "set", "error": _ = string(value, at: member.key)
    default: return false
    }
    return true
  }

  /// The id of the rule of a reason.
  private mutating func rule(_ value: JSONValue, at path: String) -> String? {
    var id: String?
    for member in members(value, at: path) {
      switch member.key {
      case "rule": id = string(member.value, at: path + ".rule")
      case "policy", "file", "line", "because": break
      default:
        unknown(member.key, in: path + ".", ["policy", "rule", "file", "line", "because"])
      }
    }
    if id == nil, isObject(value) { missing(path + ".rule") }
    return id
  }

  /// The answer, where there is one.
  mutating func recorded(_ answer: AnswerParts) -> RecordedAnswer? {
    if let effect = answer.effect {
      let isAllow = effect.utf8.elementsEqual("allow".utf8)
      guard isAllow || effect.utf8.elementsEqual("deny".utf8) else {
        problems.append("`effect` is neither `allow` nor `deny`")
        return nil
      }
      if isAllow != answer.decision ?? isAllow {
        problems.append("`effect` is not what `decision` says")
      }
      return RecordedAnswer(isAllowed: isAllow, rules: answer.rules)
    }
    return answer.decision.map { RecordedAnswer(isAllowed: $0, rules: answer.rules) }
  }
}
