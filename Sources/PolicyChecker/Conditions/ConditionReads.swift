import PolicyModel
import PolicySource

/// A condition together with what it reads.
struct BuiltCondition {
  let condition: Condition
  let reads: ConditionReads

  /// The same with everything that it reads once only: for a `let`, at whose use only what is read
  /// matters, and not how often.
  var withoutRepetitions: BuiltCondition {
    BuiltCondition(condition: condition, reads: reads.withoutRepetitions)
  }
}

/// What a condition reads, and how large it has become, while it is being built.
struct ConditionReads {
  /// A term at the place where the text around the condition names it.
  struct Use {
    let term: Term
    let span: SourceSpan
  }

  /// A `has`, and whether it stands under an odd number of negations.
  struct Presence: Hashable {
    let term: Term
    let span: SourceSpan
    /// The use of the `let` that it stands in, if any.
    var letUse: SourceSpan?
    var isNegated: Bool
  }

  /// In which way a condition has become too large.
  enum Excess {
    case checks, elements, depth

    var limit: Int {
      switch self {
      case .checks: 10_000
      case .elements: 100_000
      case .depth: 1_000
      }
    }
  }

  private(set) var uses: [Use] = []
  private(set) var presences: [Presence] = []
  /// The checks after `let`s are expanded, those of list elements apart.
  var checks = 0
  /// The elements of the lists of these checks.
  var elements = 0
  private var depth = 0
  private var deepest = 0
  private var isNegated = false

  var excess: Excess? {
    if checks > Excess.checks.limit { return .checks }
    if elements > Excess.elements.limit { return .elements }
    return deepest > Excess.depth.limit ? .depth : nil
  }

  mutating func note(_ term: Term, at span: SourceSpan) {
    uses.append(Use(term: term, span: span))
  }

  mutating func noteHas(_ term: Term, at span: SourceSpan) {
    presences.append(Presence(term: term, span: span, letUse: nil, isNegated: isNegated))
  }

  /// Adds what a `let` reads where it is used.
  mutating func note(_ other: ConditionReads, usedAt place: SourceSpan) {
    uses += other.uses.map { Use(term: $0.term, span: place) }
    presences += other.presences.map { presence in
      var presence = presence
      presence.letUse = place
      presence.isNegated = presence.isNegated != isNegated
      return presence
    }
    checks += other.checks
    elements += other.elements
    deepest = max(deepest, depth + other.deepest)
  }

  /// Builds a part one level further down.
  mutating func nested(
    isNegation: Bool = false,
    _ build: (inout ConditionReads) -> Condition?
  ) -> Condition? {
    let outer = (depth, isNegated)
    depth += 1
    deepest = max(deepest, depth)
    if isNegation { isNegated.toggle() }
    defer { (depth, isNegated) = outer }
    return build(&self)
  }

  fileprivate var withoutRepetitions: ConditionReads {
    var result = self
    var seenTerms: Set<Term> = []
    result.uses = uses.filter { seenTerms.insert($0.term).inserted }
    var seen: Set<Presence> = []
    result.presences = presences.compactMap { presence in
      var presence = presence
      presence.letUse = nil
      return seen.insert(presence).inserted ? presence : nil
    }
    return result
  }
}
