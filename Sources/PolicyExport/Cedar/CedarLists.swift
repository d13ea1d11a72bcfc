/// Writes several comparisons of one thing with literals as one with a list of them.
///
/// `x == "a" || x == "b"` becomes `["a", "b"].contains(x)`, which is read and decided faster, and
/// does not nest however many there are.
enum CedarLists {
  private struct Key: Hashable {
    let form: CedarAtom.Shape.Form
    let isNegated: Bool
    let left: [UInt8]
  }

  private struct Found {
    let key: Key
    let left: String
    let literal: String
  }

  /// The parts of a conjunction or disjunction, lists in the place of their first comparison.
  ///
  /// - Complexity: O(size of the parts).
  static func collected(
    _ parts: [CedarExpression],
    isConjunction: Bool
  ) -> [CedarExpression] {
    let found = parts.map { part in
      comparison(part).flatMap { isListed($0.key, isConjunction) ? $0 : nil }
    }
    var literals: [Key: [String]] = [:]
    for case let one? in found { literals[one.key, default: []].append(one.literal) }
    guard literals.values.contains(where: { $0.count > 1 }) else { return parts }
    var result: [CedarExpression] = []
    for (part, one) in zip(parts, found) {
      guard let one, let all = literals[one.key] else {
        if one == nil { result.append(part) }
        continue
      }
      literals[one.key] = nil
      result.append(all.count > 1 ? list(one, all, isConjunction) : part)
    }
    return result
  }

  private static func comparison(_ part: CedarExpression) -> Found? {
    switch part {
    case .atom(let atom): found(atom, isNegated: false)
    case .not(.atom(let atom)): found(atom, isNegated: true)
    default: nil
    }
  }

  private static func found(_ atom: CedarAtom, isNegated: Bool) -> Found? {
    guard let shape = atom.shape, shape.form != .head else { return nil }
    let key = Key(form: shape.form, isNegated: isNegated, left: Array(shape.left.utf8))
    return Found(key: key, left: shape.left, literal: shape.right)
  }

  /// Whether comparisons that are joined so are one with a list.
  private static func isListed(_ key: Key, _ isConjunction: Bool) -> Bool {
    switch (key.form, key.isNegated) {
    case (.equal, false), (.contains, true): key.form == .equal ? !isConjunction : isConjunction
    case (.unequal, false): isConjunction
    case (.contains, false): true
    default: false
    }
  }

  private static func list(
    _ found: Found,
    _ literals: [String],
    _ isConjunction: Bool
  ) -> CedarExpression {
    let list = "[\(literals.joined(separator: ", "))]"
    switch (found.key.form, found.key.isNegated) {
    case (.contains, false):
      return .call("\(found.left).\(isConjunction ? "containsAll" : "containsAny")(\(list))")
    case (.contains, true):
      return .not(.call("\(found.left).containsAny(\(list))"))
    case (.unequal, _):
      return .not(.call("\(list).contains(\(found.left))"))
    default:
      return .call("\(list).contains(\(found.left))")
    }
  }
}
