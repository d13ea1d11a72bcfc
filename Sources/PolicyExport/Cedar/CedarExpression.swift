/// An expression of Cedar that is true or false for every request, and never an error.
///
/// Cedar skips a policy whose evaluation fails. A forbidding one would be lost so, hence nothing is
/// read here that was not asked for with `has` before.
indirect enum CedarExpression: Hashable, Sendable {
  case constant(Bool)
  case atom(CedarAtom)
  case not(CedarExpression)
  case all([CedarExpression])
  case any([CedarExpression])

  /// Something that is called, such as `context.ip.isInRange(…)`, or read, such as `context.mfa`.
  static func call(_ text: String, _ shape: CedarAtom.Shape? = nil) -> CedarExpression {
    .atom(CedarAtom(text: text, opposite: nil, isCall: true, shape: shape))
  }

  /// Two things with a sign between them, and the sign that says the opposite, if there is one.
  static func relation(
    _ left: String,
    _ sign: String,
    _ right: String,
    opposite: String? = nil
  ) -> CedarExpression {
    .atom(
      CedarAtom(
        text: "\(left) \(sign) \(right)",
        opposite: opposite.map { "\(left) \($0) \(right)" },
        isCall: false,
        shape: nil
      )
    )
  }

  /// `left == literal`, of which several about one thing become one list.
  static func equality(_ left: String, _ literal: String) -> CedarExpression {
    .atom(
      CedarAtom(
        text: "\(left) == \(literal)",
        opposite: "\(left) != \(literal)",
        isCall: false,
        shape: CedarAtom.Shape(.equal, left, literal)
      )
    )
  }

  /// A relation of the principal or the resource that the head of a policy can have.
  static func head(_ variable: CedarVariable, _ rest: String) -> CedarExpression {
    .atom(
      CedarAtom(
        text: "\(variable.rawValue) \(rest)",
        opposite: nil,
        isCall: false,
        shape: CedarAtom.Shape(.head, variable.rawValue, rest)
      )
    )
  }

  var negated: CedarExpression {
    switch self {
    case .constant(let value): .constant(!value)
    case .not(let inner): inner
    case .atom(let atom): atom.negated.map { .atom($0) } ?? .not(self)
    case .all, .any: .not(self)
    }
  }

  /// Whether it is more than a conjunction or disjunction of atoms.
  private var isNested: Bool {
    switch self {
    case .constant, .atom, .not(.atom): false
    case .not: true
    case .all(let parts), .any(let parts):
      parts.contains { part in
        if case .all = part { return true }
        if case .any = part { return true }
        return part.isNested
      }
    }
  }

  static func every(_ parts: [CedarExpression]) -> CedarExpression {
    joined(parts, isConjunction: true)
  }

  static func either(_ parts: [CedarExpression]) -> CedarExpression {
    joined(parts, isConjunction: false)
  }

  /// The parts as one expression, each once unless it is nested, in the order in which they come first.
  ///
  /// - Complexity: O(parts): what is nested is not looked into.
  private static func joined(_ parts: [CedarExpression], isConjunction: Bool) -> CedarExpression {
    var flat: [CedarExpression] = []
    var seen: Set<CedarExpression> = []
    for part in parts {
      let inner: [CedarExpression]
      switch (part, isConjunction) {
      case (.all(let parts), true), (.any(let parts), false): inner = parts
      case (.constant(isConjunction), _): inner = []
      case (.constant, _): return part
      default: inner = [part]
      }
      for part in inner where part.isNested || seen.insert(part).inserted { flat.append(part) }
    }
    flat = CedarLists.collected(flat, isConjunction: isConjunction)
    if flat.count == 1 { return flat[0] }
    if flat.isEmpty { return .constant(isConjunction) }
    return isConjunction ? .all(flat) : .any(flat)
  }
}

/// What the head of a policy speaks of.
enum CedarVariable: String, Hashable, Sendable {
  case principal, resource
}

/// A smallest expression as it is written.
struct CedarAtom: Sendable {
  /// What an atom is about, where that lets it be written in another way.
  struct Shape: Sendable {
    enum Form: Sendable {
      case equal, unequal
      /// `left.contains(literal)`.
      case contains
      /// `left`, a variable, in a relation that may stand in the head of a policy.
      case head
    }

    let form: Form
    let left: String
    let right: String

    init(_ form: Form, _ left: String, _ right: String) {
      self.form = form
      self.left = left
      self.right = right
    }
  }

  let text: String
  /// The text of the negation, where that needs no `!`.
  let opposite: String?
  /// Whether `!` binds to all of it.
  let isCall: Bool
  let shape: Shape?

  /// The opposite as an atom, where it is one.
  fileprivate var negated: CedarAtom? {
    guard let opposite else { return nil }
    let turned = shape.flatMap { shape -> Shape? in
      switch shape.form {
      case .equal: Shape(.unequal, shape.left, shape.right)
      case .unequal: Shape(.equal, shape.left, shape.right)
      case .contains, .head: nil
      }
    }
    return CedarAtom(text: opposite, opposite: text, isCall: isCall, shape: turned)
  }
}

/// Texts are compared by their bytes: canonically equivalent literals are different ones.
extension CedarAtom: Hashable {
  static func == (left: CedarAtom, right: CedarAtom) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
  }
}
