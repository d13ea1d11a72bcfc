import PolicyCompiler
import PolicyEngine
import PolicyModel

/// The vectors of classes of some variables, but for those that contradict themselves.
///
/// Variables that read one term are missing together; a relation is missing with its terms; all open
/// groups are unknown together; an element below a path is below all that the path is below.
struct VectorSpace {
  /// Whom a request is from first, then single terms, then what relates them.
  let indices: [VariableIndex]
  private let variables: [Variable]
  private let groups: Table<GroupIndex, Group>

  init(_ read: [VariableIndex], _ all: [Variable], _ set: PolicySet) {
    func rank(_ index: VariableIndex) -> Int {
      switch all[index.position].subject {
      case .kind: 0
      case .value(.principal): 1
      case .relation: 3
      default: 2
      }
    }
    indices = read.sorted { (rank($0), $0) < (rank($1), $1) }
    variables = indices.map { all[$0.position] }
    groups = set.groups
  }

  /// A vector as the maker of requests takes it.
  func classes(_ vector: [Int]) -> Way {
    zip(variables, vector).map { WayStep(variable: $0, number: $1) }
  }

  /// How many vectors there are, up to a number.
  ///
  /// - Complexity: O(limit × variables).
  func count(upTo limit: Int) -> Int {
    var found = 0
    forEach { _ in
      found += 1
      return found < limit
    }
    return found
  }

  /// Calls a function with each vector until it returns false.
  func forEach(_ body: ([Int]) -> Bool) {
    var vector: [Int] = []
    _ = extend(&vector, Choices(), body)
  }

  private func extend(_ vector: inout [Int], _ made: Choices, _ body: ([Int]) -> Bool) -> Bool {
    guard vector.count < variables.count else { return body(vector) }
    let variable = variables[vector.count]
    for number in variable.witnesses.indices {
      var made = made
      guard made.add(variable, number, groups) else { continue }
      vector.append(number)
      let goesOn = extend(&vector, made, body)
      vector.removeLast()
      if !goesOn { return false }
    }
    return true
  }

  /// A vector at random; nil where the first choices leave no other.
  func random(_ random: inout SplitMix) -> [Int]? {
    var made = Choices()
    var vector: [Int] = []
    for variable in variables {
      let count = variable.witnesses.count
      let start = random.below(count)
      let number = (0..<count).map { (start + $0) % count }.first { number in
        var next = made
        return next.add(variable, number, groups)
      }
      guard let number, made.add(variable, number, groups) else { return nil }
      vector.append(number)
    }
    return vector
  }

  /// What the classes chosen so far say of others.
  private struct Choices {
    private var isMissing: [Term: Bool] = [:]
    private var isAnonymous: Bool?
    private var areGroupsUnknown: Bool?
    private var elements: [Term: [(path: String, isBelow: Bool, isThere: Bool)]] = [:]

    /// Chooses a class; false if that contradicts what was chosen before.
    mutating func add(
      _ variable: Variable,
      _ number: Int,
      _ groups: Table<GroupIndex, Group>
    ) -> Bool {
      switch variable.subject {
      case .kind:
        if case .kind(let kind) = variable.witnesses[number] {
          isAnonymous = kind == .anonymous
          if kind == .anonymous { isMissing[.principal] = true }
        }
        return true
      case .group(let group): return add(group, number, isOpen: groups[group].isOpen)
      case .relation(_, let left, let right):
        let missing = [isMissing[left], isMissing[right]]
        if number > 0 { return !missing.contains(true) }
        return missing.contains(true) || missing.contains(nil)
      default:
        guard let term = variable.subject.onlyTerm else { return true }
        if let known = isMissing[term], known != (number == 0) { return false }
        isMissing[term] = number == 0
        return addElement(variable.subject, term, number == 2)
      }
    }

    private mutating func add(_ group: GroupIndex, _ number: Int, isOpen: Bool) -> Bool {
      if isAnonymous == true { return number == 1 }
      guard isOpen else { return true }
      if let areGroupsUnknown { return areGroupsUnknown == (number == 0) }
      areGroupsUnknown = number == 0
      return true
    }

    private mutating func addElement(
      _ subject: VariableSubject,
      _ term: Term,
      _ isThere: Bool
    ) -> Bool {
      let new: (path: String, isBelow: Bool, isThere: Bool)
      switch subject {
      case .element(_, .path(let path)): new = (path, false, isThere)
      case .elementUnder(_, let path): new = (path, true, isThere)
      default: return true
      }
      for old in elements[term] ?? [] {
        for (lower, upper) in [(old, new), (new, old)]
        where upper.isBelow && lower.isThere && !upper.isThere
          && PathText.isUnder(lower.path, upper.path)
        {
          return false
        }
      }
      elements[term, default: []].append(new)
      return true
    }
  }
}
