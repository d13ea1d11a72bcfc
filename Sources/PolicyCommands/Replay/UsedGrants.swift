import PolicyEngine
import PolicyModel

/// The grants of a policy set as they are written: each policy of an assignment, to each subject.
struct WrittenGrants: Sendable {
  let set: PolicySet
  /// By assignment, the position of its first grant.
  private let starts: [Int]

  init(_ set: PolicySet) {
    self.set = set
    var count = 0
    starts = set.assignments.elements.map { assignment in
      defer { count += assignment.policies.count * assignment.subjects.count }
      return count
    }
  }

  /// Marks the grants of an assignment by which a request comes by a policy, at least so surely.
  func mark(
    _ policy: PolicyIndex,
    of index: AssignmentIndex,
    for request: RequestData,
    atLeast least: Truth,
    in used: inout UsedGrants
  ) {
    let assignment = set.assignments[index]
    for (row, given) in assignment.policies.enumerated() where given == policy {
      for (column, subject) in assignment.subjects.enumerated() {
        let grant = starts[index.position] + row * assignment.subjects.count + column
        guard !used.grants.contains(grant),
          anySubject([subject], is: request, in: set) >= least
        else { continue }
        used.grants.insert(grant)
      }
    }
  }

  /// Calls a function with each grant, its position first.
  func forEach(_ body: (Int, Assignment, PolicyIndex, Subject) -> Void) {
    for index in set.assignments.indices {
      let assignment = set.assignments[index]
      for (row, policy) in assignment.policies.enumerated() {
        for (column, subject) in assignment.subjects.enumerated() {
          let grant = starts[index.position] + row * assignment.subjects.count + column
          body(grant, assignment, policy, subject)
        }
      }
    }
  }
}

/// What allowed some requests: rules, and grants by their positions in `WrittenGrants`.
struct UsedGrants: Sendable {
  var rules = Marks()
  var grants = Marks()

  mutating func unite(_ other: UsedGrants) {
    rules.unite(other.rules)
    grants.unite(other.grants)
  }

  /// A set of positions that is as large as its highest one.
  struct Marks: Sendable {
    private var words: [UInt64] = []

    func contains(_ position: Int) -> Bool {
      let word = position >> 6
      return word < words.count && words[word] >> UInt64(position & 63) & 1 == 1
    }

    mutating func insert(_ position: Int) {
      let word = position >> 6
      while words.count <= word { words.append(0) }
      words[word] |= 1 << UInt64(position & 63)
    }

    mutating func unite(_ other: Marks) {
      while words.count < other.words.count { words.append(0) }
      for index in other.words.indices { words[index] |= other.words[index] }
    }
  }
}
