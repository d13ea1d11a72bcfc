import PolicyEngine
import PolicyModel

/// Says membership in groups, which Cedar has as parents of principals.
struct CedarGroups: Sendable {
  /// What a group is made of, with the groups in it.
  private struct Contents {
    var hasOpen = false
    var kinds: Set<PrincipalKind> = []
  }

  private let names: [String]
  private let contents: [Contents]

  /// - Complexity: O(groups × groups in them).
  init(_ set: PolicySet) {
    names = set.groups.elements.map(\.heading.name)
    contents = set.groups.indices.map { root in
      var result = Contents()
      var seen: Set<GroupIndex> = [root]
      var rest = [root]
      while let index = rest.popLast() {
        let group = set.groups[index]
        if group.isOpen { result.hasOpen = true }
        result.kinds.formUnion(group.members.map(\.kind))
        rest += group.groups.filter { seen.insert($0).inserted }
      }
      return result
    }
  }

  /// Whether the principal is in a group, as far as the request says.
  func question(_ group: GroupIndex) -> CedarQuestion {
    let yes = isIn(group)
    return CedarQuestion(yes: yes, no: .every([yes.negated] + perhaps(group).map(\.negated)))
  }

  /// Whether the principal is in a group, or may be.
  func mayBeIn(_ group: GroupIndex) -> CedarExpression {
    .either([isIn(group)] + perhaps(group))
  }

  private func isIn(_ group: GroupIndex) -> CedarExpression {
    .head(.principal, "in \(CedarNames.entity(CedarType.group, names[group.position]))")
  }

  /// What leaves open whether the principal is in a group: groups that are not said, or an id.
  func perhaps(_ group: GroupIndex) -> [CedarExpression] {
    let contents = contents[group.position]
    let unsaid: [CedarExpression] = contents.hasOpen ? [CedarFacts.groupsAreKnown.negated] : []
    let kinds: [PrincipalKind] = [.user, .serviceAccount]
    return unsaid
      + kinds.filter { contents.kinds.contains($0) }.map { CedarFacts.isUnknown($0) }
  }
}

/// What requests may leave unsaid.
enum CedarFacts {
  /// The request says in which groups the principal is; the anonymous principal is in none.
  static let groupsAreKnown = CedarExpression.relation("principal", "in", #"Known::"groups""#)
  /// The request says where the resource belongs.
  private static let unitIsKnown = CedarExpression.relation("resource", "in", #"Known::"unit""#)

  /// The principal is of a kind, and the request does not say who it is.
  static func isUnknown(_ kind: PrincipalKind) -> CedarExpression {
    .head(.principal, "is \(CedarType.unknown(kind))")
  }

  /// The resource is in one of some units, or below; no units are everywhere.
  static func isIn(_ units: [String]) -> CedarExpression {
    let entities = units.map { CedarNames.entity(CedarType.unit, $0) }
    switch entities.count {
    case 0: return .constant(true)
    case 1: return .head(.resource, "in \(entities[0])")
    default: return .relation("resource", "in", "[\(entities.joined(separator: ", "))]")
    }
  }

  /// The resource is in one of some units, or may be.
  static func mayBeIn(_ units: [String]) -> CedarExpression {
    .either([isIn(units), unitIsKnown.negated])
  }

  /// The principal holds a policy in units, of which one has the resource.
  static func holdsHere(_ policy: String) -> CedarExpression {
    .every([holdsSomewhere(policy), .relation("resource", "in", units(of: policy))])
  }

  /// The same, or may be so since the request does not say where the resource belongs.
  static func mayHoldHere(_ policy: String) -> CedarExpression {
    let here = CedarExpression.relation("resource", "in", units(of: policy))
    return .every([holdsSomewhere(policy), .either([here, unitIsKnown.negated])])
  }

  private static func holdsSomewhere(_ policy: String) -> CedarExpression {
    .call("principal.hasTag(\(describe(string: policy)))")
  }

  private static func units(of policy: String) -> String {
    "principal.getTag(\(describe(string: policy)))"
  }
}
