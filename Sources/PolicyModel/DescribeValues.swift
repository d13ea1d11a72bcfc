package import PolicyEngine

/// A value as policy text writes it.
///
/// - Complexity: O(length of the text).
package func describe(_ value: Value) -> String {
  switch value {
  case .bool(let value): "\(value)"
  case .int(let value): "\(value)"
  case .string(let value), .path(let value): describe(string: value)
  case .ip(let value): describe(string: "\(value)")
  case .time(let value): describe(string: "\(value)")
  case .principal(let value): describe(value)
  case .strings(let values), .paths(let values):
    "[" + values.map { describe(string: $0) }.joined(separator: ", ") + "]"
  case .principals(let values):
    "[" + values.map { describe($0) }.joined(separator: ", ") + "]"
  }
}

/// A user or service account as policy text writes it, such as `user "ada@acme.example"`.
package func describe(_ principal: PrincipalID) -> String {
  "\(principal.kind.word) \(describe(string: principal.id))"
}

/// A block in CIDR notation, or the address if it holds no other.
package func describe(_ block: IPBlock) -> String {
  guard block.first != block.last else { return describe(string: "\(block.first)") }
  // The bits in which the lowest and the highest address differ are those of the host.
  let host =
    64 - (block.first.high ^ block.last.high).leadingZeroBitCount
    + (64 - (block.first.low ^ block.last.low).leadingZeroBitCount)
  return describe(string: "\(block.first)/\((block.first.isVersion4 ? 32 : 128) - host)")
}

/// A `like` pattern with its stars, literal stars escaped.
package func describe(_ pattern: LikePattern) -> String {
  let runs = pattern.runs.map { run in
    describe(string: String(decoding: run, as: UTF8.self), isPattern: true).dropFirst().dropLast()
  }
  return "\"" + runs.joined(separator: "*") + "\""
}
