import PolicyEngine
import PolicyModel

/// A condition over numbered atoms.
indirect enum Formula: Sendable {
  case constant(Bool)
  case not(Formula)
  case all([Formula])
  case any([Formula])
  case atom(Int)
}

/// What is asked of a variable.
enum AtomTest: Hashable, Sendable {
  /// Any of some checks of one value.
  case checks([Check])
  /// The value, or the set, is there.
  case present
  /// Yes for every value, or for none: a term compared with itself.
  case always(Bool)
  /// The variable has just two answers.
  case isTrue
  /// How the left term stands to the right one, as a set of -1, 0 and 1.
  case ordered(less: Bool, equal: Bool, greater: Bool)
  case kind(PrincipalKind)
}

/// A question asked of one variable.
struct Atom: Hashable, Sendable {
  /// The position of the subject in the order of first use.
  let subject: Int
  let test: AtomTest
}

/// Takes conditions apart into atoms, each once.
struct AtomCollector {
  private let catalogue: Catalogue
  private(set) var subjects: [VariableSubject] = []
  private(set) var atoms: [Atom] = []
  private var indexOfSubject: [VariableSubject: Int] = [:]
  private var indexOfAtom: [Atom: Int] = [:]

  init(_ catalogue: Catalogue) {
    self.catalogue = catalogue
  }

  func type(of term: Term) -> AttributeType { catalogue.type(of: term) }

  /// - Complexity: O(size of the condition).
  mutating func formula(_ condition: Condition) -> Formula {
    switch condition {
    case .constant(let value): .constant(value)
    case .not(let inner): .not(formula(inner))
    case .all(let parts): .all(joint(parts, negated: true))
    case .any(let parts): .any(joint(parts, negated: false))
    case .check(let check, _): .atom(atom(check))
    }
  }

  /// The parts of a disjunction; checks of one value become one atom.
  ///
  /// So `x in [a, b]` asks once, and `a` and `b` can be one class. In a conjunction the negated
  /// checks are joined, for `x not in [a, b]` in its other forms.
  private mutating func joint(_ parts: [Condition], negated: Bool) -> [Formula] {
    var formulas: [Formula] = []
    var checks: [Int: [Check]] = [:]
    var order: [Int] = []
    for part in parts {
      guard let check = plainCheck(part, negated: negated),
        case (let subject, .checks(let own)) = reading(check)
      else {
        formulas.append(formula(part))
        continue
      }
      let index = index(of: subject)
      if checks[index] == nil { order.append(index) }
      checks[index, default: []] += own
    }
    for index in order {
      let atom = Formula.atom(add(Atom(subject: index, test: .checks(checks[index] ?? []))))
      formulas.append(negated ? .not(atom) : atom)
    }
    return formulas
  }

  private func plainCheck(_ condition: Condition, negated: Bool) -> Check? {
    switch condition {
    case .check(let check, _): negated ? nil : check
    case .not(.check(let check, _)): negated ? check : nil
    default: nil
    }
  }

  private mutating func atom(_ check: Check) -> Int {
    let (subject, test) = reading(check)
    return add(Atom(subject: index(of: subject), test: test))
  }

  private mutating func index(of subject: VariableSubject) -> Int {
    if let known = indexOfSubject[subject] { return known }
    indexOfSubject[subject] = subjects.count
    subjects.append(subject)
    return subjects.count - 1
  }

  private mutating func add(_ atom: Atom) -> Int {
    if let known = indexOfAtom[atom] { return known }
    indexOfAtom[atom] = atoms.count
    atoms.append(atom)
    return atoms.count - 1
  }

  /// The variable that a check reads, and what it asks.
  private func reading(_ check: Check) -> (VariableSubject, AtomTest) {
    switch check {
    case .has(let term):
      (type(of: term).element == nil ? .value(term) : .presence(term), .present)
    case .inGroup(let group): (.group(group), .isTrue)
    case .isKind(let kind): (.kind, .kind(kind))
    case .isTrue(let term), .equals(let term, _), .compare(let term, _, _),
      .inBlock(let term, _), .like(let term, _):
      (.value(term), .checks([check]))
    case .under(let term, let path):
      type(of: term) == .paths
        ? (.elementUnder(term, path), .isTrue) : (.value(term), .checks([check]))
    case .contains(let term, let value): (.element(term, value), .isTrue)
    case .equalTerms(let left, let right):
      left == right ? (.value(left), .always(true)) : equality(left, right)
    case .compareTerms(let left, let order, let right):
      left == right
        ? (.value(left), .always(order == .lessOrEqual)) : comparison(left, order, right)
    case .underTerm(let left, let right):
      left == right && type(of: left) == .path
        ? (.value(left), .always(true)) : (.relation(.under, left, right), .isTrue)
    case .containsTerm(let left, let right): (.relation(.contains, left, right), .isTrue)
    case .containsAny(let left, let right):
      right < left
        ? (.relation(.containsAny, right, left), .isTrue)
        : (.relation(.containsAny, left, right), .isTrue)
    case .containsAll(let left, let right): (.relation(.containsAll, left, right), .isTrue)
    }
  }

  private func equality(_ left: Term, _ right: Term) -> (VariableSubject, AtomTest) {
    let (first, second) = right < left ? (right, left) : (left, right)
    return switch type(of: left) {
    case .int, .time:
      (.relation(.order, first, second), .ordered(less: false, equal: true, greater: false))
    default: (.relation(.equal, first, second), .isTrue)
    }
  }

  private func comparison(
    _ left: Term,
    _ order: Order,
    _ right: Term
  ) -> (VariableSubject, AtomTest) {
    let isEqual = order == .lessOrEqual
    return right < left
      ? (.relation(.order, right, left), .ordered(less: false, equal: isEqual, greater: true))
      : (.relation(.order, left, right), .ordered(less: true, equal: isEqual, greater: false))
  }
}

/// Attributes by position, then the principal, then the resource.
private func < (left: Term, right: Term) -> Bool {
  func rank(_ term: Term) -> Int {
    switch term {
    case .attribute(let index): index.position
    case .principal: .max - 1
    case .resource: .max
    }
  }
  return rank(left) < rank(right)
}
