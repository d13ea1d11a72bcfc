/// Lays expressions out in lines.
///
/// What fits into a line stays in one; what does not breaks after the operators of its outermost
/// level. Operands that are conjunctions or disjunctions themselves have parentheses, also where
/// Cedar needs none.
extension CedarExpression {
  private static let width = 100
  /// How many operands stand beside each other without parentheses.
  private static let run = 16
  /// Levels that Cedar's parser, validator and evaluator take with a stack of 2 MB, with room left.
  static let deepest = 100

  /// The same expression with long runs of operands in parentheses, as a tree of low height.
  ///
  /// Cedar reads `a || b || c` as nested to the left, and gives up where that is too deep.
  /// - Complexity: O(size).
  var balanced: CedarExpression {
    switch self {
    case .constant, .atom: self
    case .not(let inner): .not(inner.balanced)
    case .all(let parts): .all(Self.grouped(parts.map(\.balanced)) { .all($0) })
    case .any(let parts): .any(Self.grouped(parts.map(\.balanced)) { .any($0) })
    }
  }

  private static func grouped(
    _ parts: [CedarExpression],
    _ join: ([CedarExpression]) -> CedarExpression
  ) -> [CedarExpression] {
    guard parts.count > run else { return parts }
    let chunk = (parts.count + run - 1) / run
    let groups = stride(from: 0, to: parts.count, by: chunk).map { start in
      let group = Array(parts[start..<min(start + chunk, parts.count)])
      return group.count == 1 ? group[0] : join(grouped(group, join))
    }
    return groups
  }

  /// How many levels it is nested as Cedar reads it: the first of a run of operands is deepest.
  ///
  /// - Complexity: O(size).
  var depth: Int {
    switch self {
    case .constant, .atom: 1
    case .not(let inner): inner.depth + 1
    case .all(let parts), .any(let parts):
      parts.enumerated().map { $1.depth + parts.count - max($0, 1) }.max() ?? 1
    }
  }

  /// The expression in lines that begin in a column.
  ///
  /// - Complexity: O(size × depth).
  func lines(at column: Int) -> [String] {
    let flat = text
    guard column + flat.utf8.count > Self.width else { return [flat] }
    switch self {
    case .constant, .atom: return [flat]
    case .not(let inner): return Self.wrapped("!(", inner.lines(at: column + 2))
    case .all(let parts): return Self.broken(parts, " &&", column)
    case .any(let parts): return Self.broken(parts, " ||", column)
    }
  }

  private static func broken(
    _ parts: [CedarExpression],
    _ sign: String,
    _ column: Int
  ) -> [String] {
    var lines: [String] = []
    for (index, part) in parts.enumerated() {
      var own = part.operandLines(at: column)
      if index + 1 < parts.count { own[own.count - 1] += sign }
      lines += own
    }
    return lines
  }

  private func operandLines(at column: Int) -> [String] {
    switch self {
    case .constant, .atom, .not: return lines(at: column)
    case .all, .any:
      let flat = operand
      if column + flat.utf8.count + 3 <= Self.width { return [flat] }
      return Self.wrapped("(", lines(at: column + 2))
    }
  }

  private static func wrapped(_ opening: String, _ lines: [String]) -> [String] {
    [opening] + lines.map { "  " + $0 } + [")"]
  }

  /// The expression in one line.
  private var text: String {
    switch self {
    case .constant(let value): "\(value)"
    case .atom(let atom): atom.text
    case .not(.atom(let atom)) where atom.isCall: "!\(atom.text)"
    case .not(let inner): "!(\(inner.text))"
    case .all(let parts): parts.map(\.operand).joined(separator: " && ")
    case .any(let parts): parts.map(\.operand).joined(separator: " || ")
    }
  }

  private var operand: String {
    switch self {
    case .constant, .atom, .not: text
    case .all, .any: "(\(text))"
    }
  }
}
