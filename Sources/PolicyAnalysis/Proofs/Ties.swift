import PolicyCompiler
import PolicyEngine
import PolicyModel

/// What goes together among the variables of some terms, whatever the request.
///
/// Several variables may ask about one term: whether a set has this element and that, whether it is
/// there at all, how it compares with another. They are missing together, and an element that lies
/// below a path is below all that the path is below. Without this, proofs would be about requests
/// that there cannot be. It is true of every request, so that proofs stay proofs; it need not be
/// all that is true.
struct Ties {
  let variables: [Variable]
  /// Whether the principal has no id to compare; nil when it may have one or not.
  let isAnonymous: Bool?

  /// Yes for all classes that requests can have, as far as the variables of a diagram go.
  ///
  /// - Complexity: O(variables²) combinations for those that ask about one set of paths.
  func diagram(of support: [VariableIndex], _ store: inout DiagramStore) -> Diagram {
    var single: [Term: VariableIndex] = [:]
    var elements: [Term: [(index: VariableIndex, path: String, isBelow: Bool)]] = [:]
    var result = Diagram.yes
    func isMissing(_ variable: VariableIndex) -> Diagram {
      store.classes([0], of: variable)
    }
    func add(_ part: Diagram) {
      result = store.combine(.and, result, part)
    }
    let read = support.filter { $0.position < variables.count }
    for index in read {
      guard let term = variables[index.position].subject.onlyTerm else { continue }
      if let first = single[term] {
        let (one, other) = (isMissing(first), isMissing(index))
        add(store.implication(one, other))
        add(store.implication(other, one))
      } else {
        single[term] = index
      }
      switch variables[index.position].subject {
      case .element(_, .path(let path)): elements[term, default: []].append((index, path, false))
      case .elementUnder(_, let path): elements[term, default: []].append((index, path, true))
      default: break
      }
    }
    for index in read {
      guard case .relation(_, let left, let right) = variables[index.position].subject else {
        continue
      }
      let isUnrelated = isMissing(index)
      let missing = [left, right].map { term -> Diagram? in
        if term == .principal, let isAnonymous { return isAnonymous ? Diagram.yes : .no }
        return single[term].map { isMissing($0) }
      }
      for part in missing { if let part { add(store.implication(part, isUnrelated)) } }
      if let one = missing[0], let other = missing[1] {
        let either = store.combine(.or, one, other)
        add(store.implication(isUnrelated, either))
      }
    }
    for (_, asked) in elements.sorted(by: { $0.value[0].index < $1.value[0].index }) {
      for lower in asked {
        for upper in asked where upper.isBelow && upper.index != lower.index {
          guard PathText.isUnder(lower.path, upper.path) else { continue }
          let isLower = store.classes([2], of: lower.index)
          let isUpper = store.classes([2], of: upper.index)
          add(store.implication(isLower, isUpper))
        }
      }
    }
    return result
  }
}

extension VariableSubject {
  /// The term that the variable asks about, if it is a single one.
  var onlyTerm: Term? {
    switch self {
    case .value(let term), .presence(let term), .element(let term, _), .elementUnder(let term, _),
      .matches(let term, _):
      term
    case .relation, .group, .kind, .unit, .derived: nil
    }
  }

  /// The terms that the variable asks about.
  var terms: [Term] {
    if case .relation(_, let left, let right) = self { return [left, right] }
    return onlyTerm.map { [$0] } ?? []
  }
}
