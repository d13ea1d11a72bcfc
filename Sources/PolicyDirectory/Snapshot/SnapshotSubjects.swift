public import PolicyEngine

extension DirectorySnapshot {
  /// Prepares a principal with what the policy set assigns and what this snapshot grants.
  ///
  /// - Parameters:
  ///   - principal: Who it is. Of one who does not say, the denies of all that any such principal is
  ///     granted count, as they do for assignments.
  ///   - policies: The policies that it holds besides.
  ///   - groups: The open groups that it is in; nil when that is not known.
  /// - Returns: A subject of `engine`, which later grants do not change.
  /// - Complexity: As of preparing a subject, with its grants among its assignments.
  /// - Throws: `RequestRefusal` with everything that is wrong.
  public func subject(
    _ principal: PolicyEngine.Principal,
    holding policies: [HeldPolicy] = [],
    groups: [String]? = nil
  ) throws(RequestRefusal) -> PolicyEngine.Subject {
    subject(try engine.subjectData(principal, holding: policies, groups: groups))
  }

  /// Prepares a principal whose names are resolved.
  package func subject(_ data: SubjectData) -> PolicyEngine.Subject {
    var data = data
    data.given = given(to: data)
    return engine.subject(data)
  }

  /// Everything that is granted to a principal: to everyone, to itself, to its groups.
  private func given(to data: SubjectData) -> [GivenPolicy] {
    var result: [GivenPolicy] = []
    func add(_ target: GrantTarget, isSure: Bool = true) {
      guard let grants = grantsOf[target] else { return }
      let words = subject(of: target).description
      for grant in grants { result.append(grant.given(to: words, isSure: isSure)) }
    }
    add(.everyone)
    if data.kind == .anonymous {
      add(.anonymous)
      return result
    }
    switch data.identity {
    case .named(let id): add(.principal(PrincipalID(kind: data.kind, id: id)))
    case .someone: break
    case .unknown:
      let granted = data.kind == .user ? users : serviceAccounts
      var all: [ResolvedGrant] = []
      granted.forEach { grant, _ in all.append(grant) }
      let words = data.kind == .user ? "some user" : "some service account"
      result += all.sorted().map { $0.given(to: words, isSure: false) }
    }
    for (group, truth) in engine.tables.memberships(of: data).enumerated() where truth > 0 {
      add(.group(GroupIndex(group)), isSure: truth == 2)
    }
    return result
  }
}

extension ResolvedGrant {
  fileprivate func given(to subject: String, isSure: Bool) -> GivenPolicy {
    GivenPolicy(to: subject, policy, in: unit, onConditionOf: condition, isSure: isSure)
  }
}
