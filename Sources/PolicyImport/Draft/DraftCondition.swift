/// A condition on its way to policy text.
indirect enum DraftCondition: Sendable {
  /// One check, as it is written.
  case check(String)
  /// Two sides with an operator that has a negation of its own.
  case compare(String, String, String)
  case not(DraftCondition)
  /// True where all are; the empty one always is.
  case all([DraftCondition])
  /// True where one is; the empty one never is.
  case any([DraftCondition])

  /// All of these, without levels that mean nothing.
  static func every(_ parts: [DraftCondition]) -> DraftCondition {
    let flat = parts.flatMap { part in
      if case .all(let inner) = part { inner } else { [part] }
    }
    return flat.count == 1 ? flat[0] : .all(flat)
  }

  /// One of these, without levels that mean nothing.
  static func some(_ parts: [DraftCondition]) -> DraftCondition {
    let flat = parts.flatMap { part in
      if case .any(let inner) = part { inner } else { [part] }
    }
    return flat.count == 1 ? flat[0] : .any(flat)
  }

  var isAlways: Bool { if case .all(let parts) = self { parts.isEmpty } else { false } }
  var isNever: Bool { if case .any(let parts) = self { parts.isEmpty } else { false } }

  /// The condition as policy text; neither always nor never is one.
  var text: String { text(inside: 0) }

  /// The level is what is around it: nothing, `or`, `and` or `not`.
  private func text(inside level: Int) -> String {
    switch self {
    case .check(let text): return text
    case .compare(let left, let word, let right): return "\(left) \(word) \(right)"
    case .not(.compare(let left, let word, let right)):
      return "\(left) \(word == "==" ? "!=" : "not \(word)") \(right)"
    case .not(let inner): return "not " + inner.text(inside: 3)
    case .all(let parts):
      let text = parts.map { $0.text(inside: 2) }.joined(separator: " and ")
      return level > 0 ? "(\(text))" : text
    case .any(let parts):
      let text = parts.map { $0.text(inside: 1) }.joined(separator: " or ")
      return level > 0 ? "(\(text))" : text
    }
  }
}
