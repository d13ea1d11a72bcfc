import PolicyModel
import PolicySource

/// What one domain of a Casbin policy says: the actions of subjects, and who is in which role.
struct CasbinDomain: Sendable {
  private struct Actions {
    var allowed: Set<ActionName> = []
    var denied: Set<ActionName> = []
  }

  /// A policy that a subject needs.
  struct Policy {
    let subject: Name
    let includes: [Name]
    let rules: [PolicyDraft.Rule]
    let span: SourceSpan
  }

  private var actions: [Name: Actions] = [:]
  /// The roles that a subject is in by itself.
  private var roles: [Name: Set<Name>] = [:]
  private var hasMembers: Set<Name> = []
  /// Where a subject is named first.
  private var places: [Name: SourceSpan] = [:]

  mutating func add(_ action: ActionName, denies: Bool, to subject: Name, _ span: SourceSpan) {
    places[subject] = places[subject] ?? span
    if denies {
      actions[subject, default: Actions()].denied.insert(action)
    } else {
      actions[subject, default: Actions()].allowed.insert(action)
    }
  }

  mutating func add(_ member: Name, to role: Name, _ span: SourceSpan) {
    places[member] = places[member] ?? span
    places[role] = places[role] ?? span
    guard member != role else { return }
    roles[member, default: []].insert(role)
    hasMembers.insert(role)
  }

  mutating func addRoles(of other: CasbinDomain) {
    roles.merge(other.roles) { $0.union($1) }
    hasMembers.formUnion(other.hasMembers)
    places.merge(other.places) { own, _ in own }
  }

  /// Whether a subject has members, so that requests hold it.
  func isRole(_ subject: Name) -> Bool { hasMembers.contains(subject) }

  /// The subjects with members, in any order.
  var roleNames: Set<Name> { hasMembers }

  /// Every role and subject with policies of its own, sorted.
  ///
  /// Roles that are in each other have one meaning, but policies may not include each other. So each
  /// of them has the rules of all.
  /// - Complexity: O(roles × (roles + actions)) at worst, where roles are in each other.
  func policies() -> [Policy] {
    let rings = self.rings()
    return hasMembers.union(actions.keys).sorted().map { subject in
      var ring = rings[subject] ?? []
      ring.insert(subject)
      var own = Actions()
      var includes: Set<Name> = []
      for member in ring {
        own.allowed.formUnion(actions[member]?.allowed ?? [])
        own.denied.formUnion(actions[member]?.denied ?? [])
        includes.formUnion(roles[member] ?? [])
      }
      var rules: [PolicyDraft.Rule] = []
      for (effect, actions) in [(Effect.allow, own.allowed), (.deny, own.denied)]
      where !actions.isEmpty {
        rules.append(
          PolicyDraft.Rule(effect: effect, actions: ActionName.patterns(of: actions))
        )
      }
      return Policy(
        subject: subject,
        includes: isRole(subject) ? includes.subtracting(ring).sorted() : [],
        rules: rules,
        span: places[subject] ?? SourceSpan(file: FileID(0), lower: 0, upper: 0)
      )
    }
  }

  /// The users that each policy is to be given to, both sorted.
  ///
  /// Casbin does not tell users from roles, so that a role is given to the user of its name too.
  func assignments() -> [(policy: Name, users: [Name])] {
    var result: [Name: Set<Name>] = hasMembers.reduce(into: [:]) { $0[$1] = [$1] }
    for (member, roles) in roles where !isRole(member) {
      for role in roles { result[role, default: []].insert(member) }
    }
    for subject in actions.keys where !isRole(subject) {
      result[subject, default: []].insert(subject)
    }
    return result.sorted { $0.key < $1.key }.map { ($0.key, $0.value.sorted()) }
  }

  /// A role that is further from a subject than every implementation of Casbin follows.
  ///
  /// - Complexity: O(subjects × roles).
  func tooDeep() -> (subject: Name, role: Name, span: SourceSpan)? {
    for subject in roles.keys.sorted() {
      let distances = distances(from: subject)
      if let far = distances.filter({ $0.value > 9 }).keys.min() {
        let place = places[subject] ?? SourceSpan(file: FileID(0), lower: 0, upper: 0)
        return (subject, far, place)
      }
    }
    return nil
  }

  /// The roles that lead back to each role that is in itself.
  private func rings() -> [Name: Set<Name>] {
    var reached: [Name: Set<Name>] = [:]
    for role in hasMembers { reached[role] = Set(distances(from: role).keys) }
    return reached.compactMapValues { $0 }.reduce(into: [:]) { rings, entry in
      let ring = entry.value.filter { reached[$0]?.contains(entry.key) ?? false }
      if ring.count > 1 { rings[entry.key] = ring }
    }
  }

  /// How many roles lead to each role that a subject has; 0 for itself.
  private func distances(from subject: Name) -> [Name: Int] {
    var distances = [subject: 0]
    var border = [subject]
    while let first = border.first {
      let next = (distances[first] ?? 0) + 1
      var found: [Name] = []
      for member in border {
        for role in roles[member] ?? [] where distances[role] == nil {
          distances[role] = next
          found.append(role)
        }
      }
      border = found
    }
    return distances
  }
}
