package import PolicyEngine
package import PolicySource

/// Something in a request that a condition reads.
package enum Term: Hashable, Sendable {
  case attribute(AttributeIndex)
  /// The principal itself: its kind and id.
  case principal
  /// The id of the resource.
  case resource
}

/// The order relations that checks need; the other two are negations of these.
package enum Order: Hashable, Sendable {
  case less, lessOrEqual
}

/// The smallest question a condition asks of a request, its literals already typed.
package enum Check: Hashable, Sendable {
  case has(Term)
  case inGroup(GroupIndex)
  case isKind(PrincipalKind)
  /// A Bool attribute by itself.
  case isTrue(Term)
  case equals(Term, Value)
  case compare(Term, Order, Value)
  case inBlock(Term, IPBlock)
  case like(Term, LikePattern)
  /// A path, or any element of a set of paths, is the given path or below it.
  case under(Term, String)
  case contains(Term, Value)
  case equalTerms(Term, Term)
  case compareTerms(Term, Order, Term)
  case underTerm(Term, Term)
  case containsTerm(Term, Term)
  case containsAny(Term, Term)
  case containsAll(Term, Term)

  /// What the check reads: nothing but the principal for `inGroup` and `isKind`.
  package var terms: [Term] {
    switch self {
    case .has(let term), .isTrue(let term), .equals(let term, _), .compare(let term, _, _),
      .inBlock(let term, _), .like(let term, _), .under(let term, _), .contains(let term, _):
      [term]
    case .equalTerms(let left, let right), .compareTerms(let left, _, let right),
      .underTerm(let left, let right), .containsTerm(let left, let right),
      .containsAny(let left, let right), .containsAll(let left, let right):
      [left, right]
    case .inGroup, .isKind:
      []
    }
  }
}

/// A condition with its names resolved, its `let`s expanded and its literals typed.
package indirect enum Condition: Hashable, Sendable {
  case constant(Bool)
  case not(Condition)
  case all([Condition])
  case any([Condition])
  case check(Check, SourceSpan)

  /// Every check in it, from left to right.
  package var checks: [(check: Check, span: SourceSpan)] {
    switch self {
    case .constant: []
    case .not(let inner): inner.checks
    case .all(let parts), .any(let parts): parts.flatMap(\.checks)
    case .check(let check, let span): [(check, span)]
    }
  }

  /// The same condition without places, so that equal conditions are equal wherever they stand.
  package var withoutPlaces: Condition {
    switch self {
    case .constant: self
    case .not(let inner): .not(inner.withoutPlaces)
    case .all(let parts): .all(parts.map(\.withoutPlaces))
    case .any(let parts): .any(parts.map(\.withoutPlaces))
    case .check(let check, _):
      .check(check, SourceSpan(file: FileID(0), lower: 0, upper: 0))
    }
  }
}
