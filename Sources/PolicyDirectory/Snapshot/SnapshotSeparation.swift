import PolicyEngine

/// Someone who may come to hold policies, as `nobody holds` counts: what only a request can bring
/// about (open groups together, policies held) is not counted.
private enum Holder {
  case everyone
  case anonymous
  case principal(PrincipalID)
  /// Whoever is in an open group.
  case open(GroupIndex)

  /// Those to whom what is granted reaches the holder.
  func targets(in tables: Tables) -> [GrantTarget] {
    switch self {
    case .everyone: return [.everyone]
    case .anonymous: return [.everyone, .anonymous]
    case .principal(let id):
      let groups = tables.position(of: id)?.groups.range ?? 0..<0
      return [.everyone, .principal(id)]
        + groups.map { .group(GroupIndex(Int(tables.groupLists[$0]))) }
    case .open(let group):
      return [.everyone]
        + tables.groups[group.position].containers.range.map {
          .group(GroupIndex(Int(tables.groupLists[$0])))
        }
    }
  }
}

extension DirectorySnapshot {
  /// Refuses a policy that would give someone two of those that nobody holds together.
  ///
  /// The places and the conditions of grants do not matter.
  func checkSeparation(
    of policy: PolicyIndex,
    for target: GrantTarget
  ) throws(GrantRefusal) {
    let duties = names.duties[policy.position]
    if duties.isEmpty { return }
    for duty in duties where duty.given.count > 1 {
      throw refusal(duty.given[0], duty.given[1], subject(of: target).description)
    }
    for holder in holders(reachedBy: target) {
      for reached in holder.targets(in: engine.tables) {
        for held in policies(given: reached) {
          for duty in duties {
            guard
              let other = names.duties[held.position].first(where: {
                $0.separation == duty.separation
              })?.given.first(where: { $0 != duty.given[0] })
            else { continue }
            throw refusal(duty.given[0], other, words(holder))
          }
        }
      }
    }
  }

  private func refusal(
    _ policy: PolicyIndex,
    _ other: PolicyIndex,
    _ holder: String
  ) -> GrantRefusal {
    let tables = engine.tables
    func name(_ policy: PolicyIndex) -> String {
      tables.text(tables.policies[policy.position].name) ?? ""
    }
    return .separation(policy: name(policy), from: name(other), holder: holder)
  }

  private func words(_ holder: Holder) -> String {
    switch holder {
    case .everyone: "everyone"
    case .anonymous: "an anonymous principal"
    case .principal(let id): subject(of: .principal(id)).description
    case .open(let group): "whoever is in \(subject(of: .group(group)))"
    }
  }

  /// Everyone who comes by what is granted to a target.
  ///
  /// - Complexity: O(1) for a principal, O(n log n) in all principals for groups and everyone.
  private func holders(reachedBy target: GrantTarget) -> [Holder] {
    let tables = engine.tables
    switch target {
    case .anonymous: return [.anonymous]
    case .principal(let id): return [.principal(id)]
    case .group(let group):
      let declared = tables.principalIDs.filter { id in
        tables.position(of: id)?.groups.range.contains {
          Int(tables.groupLists[$0]) == group.position
        } ?? false
      }
      return declared.map { .principal($0) }
        + tables.openGroups.filter { open in
          tables.groups[open.position].containers.range.contains {
            Int(tables.groupLists[$0]) == group.position
          }
        }.map { .open($0) }
    case .everyone:
      var principals = Set(tables.principalIDs)
      grantsOf.forEach { target, _ in
        if case .principal(let id) = target { principals.insert(id) }
      }
      return [.everyone, .anonymous] + principals.inOrder.map { .principal($0) }
        + tables.openGroups.map { .open($0) }
    }
  }

  /// The policies that the policy set assigns to a target, and those granted to it.
  private func policies(given target: GrantTarget) -> [PolicyIndex] {
    let tables = engine.tables
    let assigned =
      switch target {
      case .everyone: tables.run(.everyoneStart, .everyoneCount)
      case .anonymous: tables.run(.anonymousStart, .anonymousCount)
      case .principal(let id): tables.position(of: id)?.assignments.range ?? 0..<0
      case .group(let group): tables.groups[group.position].assignments.range
      }
    let policies = assigned.flatMap { position in
      tables.assignments[tables.assignmentLists[position]].grants.range.map {
        PolicyIndex(Int(tables.grants[$0].policy))
      }
    }
    return policies + (grantsOf[target] ?? []).map(\.policy)
  }
}

extension Tables {
  /// What is declared of a principal.
  fileprivate func position(of id: PrincipalID) -> PrincipalRecord? {
    let space = id.kind == .user ? NameSpace.user : NameSpace.serviceAccount
    return position(of: id.id, in: space).map { principals[$0] }
  }

  /// The principals that the policy set names, in the order of kinds and ids.
  fileprivate var principalIDs: [PrincipalID] {
    let found = names.indices.compactMap { index -> PrincipalID? in
      let record = names[index]
      guard let id = text(record.text) else { return nil }
      switch record.space {
      case NameSpace.user: return .user(id)
      case NameSpace.serviceAccount: return .serviceAccount(id)
      default: return nil
      }
    }
    return Set(found).inOrder
  }

  fileprivate var openGroups: [GroupIndex] {
    groups.indices.filter { groups[$0].flags & GroupFlag.isOpen != 0 }.map { GroupIndex($0) }
  }
}

extension Set<PrincipalID> {
  /// By kind, then by the bytes of the ids.
  fileprivate var inOrder: [PrincipalID] {
    sorted { left, right in
      left.kind == right.kind
        ? left.id.utf8.lexicographicallyPrecedes(right.id.utf8)
        : left.kind.rawValue < right.kind.rawValue
    }
  }
}
