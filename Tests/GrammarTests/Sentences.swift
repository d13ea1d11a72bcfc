import PolicyTestSupport

/// Random sentences of the grammar, as tokens with a space between each two.
struct Sentences {
  private let grammar: Grammar
  /// How many productions deep the shallowest sentence of each production is.
  private let heights: [String: Int]
  private var random: RandomSource
  /// Productions that were used, so that a test can see that none was left out.
  private(set) var used: Set<String> = []

  init(_ grammar: Grammar, _ random: RandomSource) {
    self.grammar = grammar
    self.random = random
    heights = Self.heights(of: grammar)
  }

  /// The least fixed point, from unreachable downwards.
  private static func heights(of grammar: Grammar) -> [String: Int] {
    var heights = grammar.productions.mapValues { _ in 1_000 }
    var changed = true
    while changed {
      changed = false
      for (name, expression) in grammar.productions {
        let height = 1 + Self.height(expression, heights)
        if height < heights[name] ?? 0 {
          heights[name] = height
          changed = true
        }
      }
    }
    return heights
  }

  private static func height(_ expression: Expression, _ heights: [String: Int]) -> Int {
    switch expression {
    case .literal, .optional, .many: 0
    case .name(let name): heights[name] ?? 0
    case .sequence(let parts): parts.map { height($0, heights) }.max() ?? 0
    case .choice(let parts): parts.map { height($0, heights) }.min() ?? 0
    case .some(let inner): height(inner, heights)
    }
  }

  /// The tokens of a sentence of a production.
  mutating func sentence(of production: String) -> [String] {
    var tokens: [String] = []
    produce(.name(production), depth: 0, into: &tokens)
    return tokens
  }

  private mutating func produce(_ expression: Expression, depth: Int, into tokens: inout [String]) {
    switch expression {
    case .literal(let text):
      tokens.append(text)
    case .name(let name):
      if let terminal = terminal(name) {
        tokens.append(terminal)
      } else if let production = grammar.productions[name] {
        used.insert(name)
        produce(production, depth: depth + 1, into: &tokens)
      }
    case .sequence(let parts):
      for part in parts { produce(part, depth: depth, into: &tokens) }
    case .choice(let parts):
      // Deep inside, the shallowest alternatives, so that every sentence ends.
      let least = parts.map { Self.height($0, heights) }.min() ?? 0
      let open = depth > 12 ? parts.filter { Self.height($0, heights) == least } : parts
      produce(random.element(of: open), depth: depth, into: &tokens)
    case .optional(let inner):
      if depth <= 12, random.oneIn(2) { produce(inner, depth: depth, into: &tokens) }
    case .many(let inner):
      for _ in 0..<repetitions(depth) { produce(inner, depth: depth, into: &tokens) }
    case .some(let inner):
      for _ in 0..<1 + repetitions(depth) { produce(inner, depth: depth, into: &tokens) }
    }
  }

  private mutating func repetitions(_ depth: Int) -> Int {
    depth > 8 ? 0 : random.below(3)
  }

  private mutating func terminal(_ name: String) -> String? {
    switch name {
    case "name":
      random.element(of: [
        "device", "sim-card", "Größe", "_x1", "`pods, exec`", "`Model Administrator`", "allow",
        "list", "in", "test", "eu1", "user", "catalogue", "when", "deny", "group", "resource",
        "principal", "service", "policy", "not", "and", "can", "to", "let", "ou", "anyone",
      ])
    // Keywords that are not reserved, and reserved words in backquotes.
    case "policy-name", "let-name":
      random.element(of: [
        "Observer", "strong-auth", "corporate", "`and`", "`user`", "wind-farm-7", "to", "can",
        "cannot", "when", "unless", "because", "allow", "deny", "holds", "test", "assign", "let",
        "with", "as", "outside", "service", "policy", "includes",
      ])
    case "string":
      random.element(of: ["\"eu\"", "\"a\\\"b\\\\\"", "\"\"", "\"x\\u{1F600}\"", "\"10.0.0.0/8\""])
    case "integer":
      random.element(of: ["0", "-7", "1_000", "9223372036854775807"])
    case "glob":
      random.element(of: ["get-*", "*Tags", "*", "a*b*c"])
    default:
      nil
    }
  }
}
