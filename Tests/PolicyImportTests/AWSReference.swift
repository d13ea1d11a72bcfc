import Foundation

/// Policy documents as AWS describes their evaluation, decided by hand.
///
/// It is the tests' measure, written apart from the importer after "Policy evaluation logic" and
/// "IAM JSON policy elements: Condition operators" of the IAM User Guide, and not AWS itself.
struct AWSReference {
  struct Request {
    var action: String
    var resource: String
    /// Values as AWS has them: texts, or several of them.
    var context: [String: Any] = [:]
  }

  /// Documents as JSONSerialization reads them.
  let documents: [[String: Any]]

  func allows(_ request: Request) -> Bool {
    var isAllowed = false
    for statement in documents.flatMap({ Self.list($0["Statement"]) }) {
      guard let statement = statement as? [String: Any], applies(statement, request) else {
        continue
      }
      if statement["Effect"] as? String == "Deny" { return false }
      isAllowed = true
    }
    return isAllowed
  }

  private static func list(_ value: Any?) -> [Any] { (value as? [Any]) ?? value.map { [$0] } ?? [] }

  private func applies(_ statement: [String: Any], _ request: Request) -> Bool {
    func isOne(_ key: String, _ test: (String) -> Bool) -> Bool? {
      if let plain = statement[key] {
        return Self.list(plain).contains { ($0 as? String).map(test) ?? false }
      }
      if let negated = statement["Not" + key] {
        return !Self.list(negated).contains { ($0 as? String).map(test) ?? false }
      }
      return nil
    }
    let action = request.action.lowercased()
    guard isOne("Action", { Self.glob(Array($0.lowercased()), Array(action)) }) ?? false else {
      return false
    }
    let isResource = isOne("Resource") { pattern in
      guard let text = resolved(pattern, request) else { return false }
      return Self.glob(text, request.resource.map(Token.character))
    }
    guard isResource ?? true else { return false }
    for (name, keys) in statement["Condition"] as? [String: [String: Any]] ?? [:] {
      for (key, values) in keys where !holds(name, key, Self.list(values), request) { return false }
    }
    return true
  }

  /// A character that stands for itself, or any one, or any run.
  private enum Token: Equatable {
    case character(Character), one, run
  }

  /// A pattern with its variables replaced; nil where one has no value.
  private func resolved(_ text: String, _ request: Request) -> [Token]? {
    var tokens: [Token] = []
    var rest = Substring(text)
    while let first = rest.first {
      if rest.hasPrefix("${"), let end = rest.firstIndex(of: "}") {
        let name = String(rest.dropFirst(2).prefix(upTo: end))
        rest = rest[rest.index(after: end)...]
        if ["*", "?", "$"].contains(name) {
          tokens.append(.character(Character(name)))
        } else {
          guard let value = request.context[name] as? String else { return nil }
          tokens += value.map(Token.character)
        }
        continue
      }
      tokens.append(first == "*" ? .run : first == "?" ? .one : .character(first))
      rest = rest.dropFirst()
    }
    return tokens
  }

  private static func glob(_ pattern: [Token], _ text: [Token]) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    let rest = Array(pattern.dropFirst())
    switch first {
    case .run: return (0...text.count).contains { glob(rest, Array(text.dropFirst($0))) }
    case .one: return !text.isEmpty && glob(rest, Array(text.dropFirst()))
    case .character: return text.first == first && glob(rest, Array(text.dropFirst()))
    }
  }

  private static func glob(_ pattern: [Character], _ text: [Character]) -> Bool {
    glob(
      pattern.map { $0 == "*" ? .run : $0 == "?" ? .one : .character($0) },
      text.map(Token.character)
    )
  }

  private func holds(_ name: String, _ key: String, _ values: [Any], _ request: Request) -> Bool {
    var name = name
    var quantifier: String?
    if let colon = name.firstIndex(of: ":") {
      quantifier = String(name[..<colon])
      name = String(name[name.index(after: colon)...])
    }
    let ifExists = name.hasSuffix("IfExists")
    if ifExists { name = String(name.dropLast(8)) }
    let found = request.context[key]
    let texts = values.map { "\($0)" }
    if name == "Null" { return texts == [found == nil ? "true" : "false"] }
    let isNegated = name.contains("Not")
    guard let found else { return ifExists || quantifier == "ForAllValues" || isNegated }
    let own = Self.list(found).map { "\($0)" }
    func isOne(_ value: String) -> Bool? {
      var result = false
      for text in texts {
        guard let matches = compare(name.replacing("Not", with: ""), value, text, request) else {
          return nil
        }
        if matches { result = true }
      }
      return isNegated ? !result : result
    }
    let each = own.map(isOne)
    guard !each.contains(nil) else { return false }
    if quantifier == "ForAllValues" { return each.allSatisfy { $0 ?? false } }
    return each.contains { $0 ?? false }
  }

  /// Whether a value of the request fits one of the policy; nil where a variable has no value.
  private func compare(_ name: String, _ own: String, _ text: String, _ request: Request) -> Bool? {
    func ordered<Value: Comparable>(_ left: Value?, _ right: Value?) -> Bool {
      guard let left, let right else { return false }
      if name.hasSuffix("LessThan") { return left < right }
      if name.hasSuffix("LessThanEquals") { return left <= right }
      if name.hasSuffix("GreaterThan") { return left > right }
      if name.hasSuffix("GreaterThanEquals") { return left >= right }
      return left == right
    }
    switch name {
    case "StringEquals", "StringEqualsIgnoreCase":
      guard
        let tokens = resolved(
          text.replacing("*", with: "${*}").replacing("?", with: "${?}"),
          request
        )
      else { return nil }
      let plain: [Character] = tokens.compactMap { token in
        if case .character(let character) = token { return character }
        return nil
      }
      return name == "StringEquals"
        ? String(plain) == own : String(plain).lowercased() == own.lowercased()
    case "StringLike":
      return resolved(text, request).map { Self.glob($0, own.map(Token.character)) }
    case "ArnLike", "ArnEquals":
      let left = own.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
      let right = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
      return left.count == right.count
        && zip(left, right).allSatisfy { Self.glob(Array($1), Array($0)) }
    case "Bool": return own.lowercased() == text.lowercased()
    case "IpAddress":
      func bits(_ text: Substring) -> UInt32 {
        text.split(separator: ".").reduce(0) { $0 << 8 | (UInt32($1) ?? 0) }
      }
      let parts = text.split(separator: "/")
      let length = parts.count > 1 ? UInt32(parts[1]) ?? 32 : 32
      let mask = length == 0 ? 0 : UInt32.max << (32 - length)
      return bits(Substring(own)) & mask == bits(parts[0]) & mask
    default:
      if name.hasPrefix("Numeric") { return ordered(Double(own), Double(text)) }
      let formatter = ISO8601DateFormatter()
      func date(_ text: String) -> Double? {
        Double(text) ?? formatter.date(from: text)?.timeIntervalSince1970
      }
      return ordered(date(own), date(text))
    }
  }
}
