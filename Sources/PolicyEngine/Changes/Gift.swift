/// A policy that an assignment gives somebody: in numbers that two artifacts have in common
/// (`CommonNames`), but for the condition.
struct Gift {
  /// Whom an assignment names.
  enum Recipient: Hashable {
    case everyone
    case anonymous
    case principal(UInt32)
    case group(UInt32)
    /// A user whom some assignment names, when it is not known which user it is: perhaps.
    case someUser
    /// The same of service accounts.
    case someServiceAccount
  }

  /// Where it counts.
  enum Place: Hashable {
    case everywhere
    /// In a unit and all below.
    case unit(UInt32)
    /// In units that are no subtree, which no compiler writes.
    case other
  }

  /// What is given to whom, and where.
  struct Key: Hashable {
    var recipient: Recipient
    let policy: UInt32
    var place: Place
  }

  let key: Key
  /// The table of its condition in its own artifact; none when there is none.
  let condition: UInt32
  /// The policy in its own artifact.
  let policy: UInt32

  /// Whether it is never known to be the principal's, so that only denies count.
  var isPerhaps: Bool { key.recipient == .someUser || key.recipient == .someServiceAccount }
}

/// All gifts of an artifact, in its order of assignments for each recipient.
struct Gifts {
  private(set) var all: [Gift] = []
  private(set) var places: [Gift.Key: [Int]] = [:]
  /// The policies that groups are given, in their own artifact.
  private(set) var policiesOfGroups: [UInt32: Set<UInt32>] = [:]

  /// - Complexity: O(assignments × policies that each gives).
  init(
    _ tables: Tables,
    principals: [CommonNames.Principal],
    groups: [UInt32],
    policies: [UInt32],
    units: [UInt32],
    isTree: Bool
  ) {
    func place(_ grant: GrantRecord) -> Gift.Place {
      if grant.low == 0, grant.high == ArtifactFormat.none { return .everywhere }
      // The loader has proved that there is such a unit.
      let isSubtree = isTree && tables.units[grant.low].end == grant.high
      return isSubtree ? .unit(units[Int(grant.low)]) : .other
    }
    func add(_ run: Range<Int>, _ recipient: Gift.Recipient) {
      for index in run {
        let assignment = tables.assignments[tables.assignmentLists[index]]
        for position in assignment.grants.range {
          let grant = tables.grants[position]
          let key = Gift.Key(
            recipient: recipient,
            policy: policies[Int(grant.policy)],
            place: place(grant)
          )
          places[key, default: []].append(all.count)
          if case .group(let group) = recipient {
            policiesOfGroups[group, default: []].insert(grant.policy)
          }
          all.append(
            Gift(key: key, condition: assignment.condition, policy: grant.policy)
          )
        }
      }
    }
    add(tables.run(.everyoneStart, .everyoneCount), .everyone)
    add(tables.run(.anonymousStart, .anonymousCount), .anonymous)
    for principal in principals {
      add(tables.principals[principal.index].assignments.range, .principal(principal.number))
    }
    for group in tables.groups.indices {
      add(tables.groups[group].assignments.range, .group(groups[group]))
    }
    add(tables.run(.namedUserStart, .namedUserCount), .someUser)
    add(tables.run(.namedServiceAccountStart, .namedServiceAccountCount), .someServiceAccount)
  }
}
