import PolicyEngine
import PolicyModel

/// What a policy set says of named principals, for data.
struct CedarPrincipals: Sendable {
  /// The groups, policies and tags of one principal.
  struct Declared: Sendable {
    var groups: Set<GroupIndex> = []
    var policies: Set<PolicyIndex> = []
    /// The units in which it has a policy.
    var tags: [PolicyIndex: Set<UnitIndex>] = [:]
  }

  private var declared: [PrincipalID: Declared] = [:]
  /// The policies of everyone in a group, without a place or a condition.
  private(set) var policiesOfGroups: [GroupIndex: Set<PolicyIndex>] = [:]

  /// - Complexity: O(members of groups + assignments × their subjects, policies and places).
  init(_ set: PolicySet) {
    for index in set.groups.indices {
      for member in set.groups[index].members {
        declared[member, default: Declared()].groups.insert(index)
      }
    }
    for assignment in set.assignments.elements {
      for subject in assignment.subjects where Self.isData(subject, of: assignment) {
        switch subject {
        case .principal(let id): give(assignment, to: id)
        case .group(let group):
          policiesOfGroups[group, default: []].formUnion(assignment.policies)
        case .everyone, .anonymous: break
        }
      }
    }
  }

  private mutating func give(_ assignment: Assignment, to id: PrincipalID) {
    if assignment.places.isEmpty {
      declared[id, default: Declared()].policies.formUnion(assignment.policies)
    }
    for policy in assignment.policies where !assignment.places.isEmpty {
      declared[id, default: Declared()].tags[policy, default: []].formUnion(assignment.places)
    }
  }

  /// Whether an assignment to a subject is data: it has no condition, and needs no place that only
  /// principals can have a tag for.
  static func isData(_ subject: Subject, of assignment: Assignment) -> Bool {
    guard assignment.condition == nil else { return false }
    switch subject {
    case .principal: return true
    case .group: return assignment.places.isEmpty
    case .everyone, .anonymous: return false
    }
  }

  /// The principals of which something is said, users first, in the byte order of their ids.
  var ids: [PrincipalID] {
    declared.keys.sorted { left, right in
      left.kind == right.kind
        ? left.id.utf8.lexicographicallyPrecedes(right.id.utf8)
        : left.kind.rawValue < right.kind.rawValue
    }
  }

  subscript(id: PrincipalID) -> Declared { declared[id] ?? Declared() }
}
