/// Who makes a request, by positions.
package struct SubjectData: Sendable {
  package var kind: PrincipalKind
  package var identity: PrincipalIdentity
  /// The groups that are stated; nil when the request does not say.
  package var groups: [GroupIndex]?
  package var held: [Holding]
  /// What programs give it while they run.
  package var given: [GivenPolicy] = []

  package init(
    kind: PrincipalKind,
    identity: PrincipalIdentity,
    groups: [GroupIndex]?,
    held: [Holding]
  ) {
    self.kind = kind
    self.identity = identity
    self.groups = groups
    self.held = held
  }

  package init(_ request: RequestData) {
    self.init(
      kind: request.kind,
      identity: request.identity,
      groups: request.groups.map { $0.sorted() },
      held: request.held
    )
  }
}

/// A policy that a program gives a principal while it runs, as an assignment would.
package struct GivenPolicy: Hashable, Sendable {
  /// To whom it was given, for explanations: the principal, a group of it, everyone.
  package let subject: String
  package let policy: PolicyIndex
  /// The unit that it covers, with all below; nil for everywhere.
  package let unit: UnitIndex?
  /// The assignment on whose condition it is given; nil for none.
  package let condition: AssignmentIndex?
  /// Whether the principal is known to be one that is meant; otherwise only denies count.
  package let isSure: Bool

  package init(
    to subject: String,
    _ policy: PolicyIndex,
    in unit: UnitIndex?,
    onConditionOf condition: AssignmentIndex?,
    isSure: Bool
  ) {
    self.subject = subject
    self.policy = policy
    self.unit = unit
    self.condition = condition
    self.isSure = isSure
  }
}

/// Something that gives a subject a policy, as far as is known before the resource is.
struct SubjectGrant: Sendable {
  let policy: UInt32
  let low: UInt32
  let high: UInt32
  /// The table of the assignment's condition.
  let condition: UInt32
  /// 1 when it is not known whether the subject is one that the assignment names, else 2.
  let truth: UInt32
  /// The assignment; for a policy that is held or given, `none`.
  let assignment: UInt32
  /// The position among the held policies, and behind these among the given ones.
  let holding: Int

  /// In force whatever the resource and the attributes are.
  var isPlain: Bool {
    truth == 2 && condition == ArtifactFormat.none && low == 0 && high == ArtifactFormat.none
  }
}

extension Tables {
  /// Whether a principal is in each group: 0 no, 1 unknown, 2 yes.
  ///
  /// - Complexity: O(groups) bytes, and the lists of groups that it is in.
  package func memberships(of subject: SubjectData) -> [UInt8] {
    var truths = [UInt8](repeating: 0, count: groups.count)
    guard subject.kind != .anonymous else { return truths }
    func raise(_ run: Range<Int>, to truth: UInt8) {
      for index in run {
        let group = Int(groupLists[index])
        truths[group] = max(truths[group], truth)
      }
    }
    if subject.groups == nil { raise(run(.openGroupStart, .openGroupCount), to: 1) }
    for group in subject.groups ?? [] where group.position < groups.count {
      raise(groups[group.position].containers.range, to: 2)
    }
    switch subject.identity {
    case .named(let id):
      if let index = principal(subject.kind, id) {
        raise(principals[index].groups.range, to: 2)
      }
    case .someone: break
    case .unknown:
      raise(
        subject.kind == .user
          ? run(.userGroupStart, .userGroupCount)
          : run(.serviceAccountGroupStart, .serviceAccountGroupCount),
        to: 1
      )
    }
    return truths
  }

  private func principal(_ kind: PrincipalKind, _ id: String) -> UInt32? {
    position(of: id, in: kind == .user ? NameSpace.user : NameSpace.serviceAccount)
  }

  /// Everything that gives a subject a policy: assignments in order, then what it holds, then what
  /// it is given.
  ///
  /// - Complexity: O(n log n) in the assignments that name the subject or a group of it.
  func grants(of subject: SubjectData, _ memberships: [UInt8]) -> [SubjectGrant] {
    var found: [(assignment: UInt32, truth: UInt32)] = []
    func add(_ run: Range<Int>, _ truth: UInt32) {
      for index in run { found.append((assignmentLists[index], truth)) }
    }
    add(run(.everyoneStart, .everyoneCount), 2)
    if subject.kind == .anonymous {
      add(run(.anonymousStart, .anonymousCount), 2)
    } else {
      switch subject.identity {
      case .named(let id):
        if let index = principal(subject.kind, id) { add(principals[index].assignments.range, 2) }
      case .someone: break
      case .unknown:
        add(
          subject.kind == .user
            ? run(.namedUserStart, .namedUserCount)
            : run(.namedServiceAccountStart, .namedServiceAccountCount),
          1
        )
      }
      for (group, truth) in memberships.enumerated() where truth > 0 {
        add(groups[group].assignments.range, UInt32(truth))
      }
    }
    found.sort { ($0.assignment, $1.truth) < ($1.assignment, $0.truth) }
    var result: [SubjectGrant] = []
    var last = ArtifactFormat.none
    for (assignment, truth) in found where assignment != last {
      last = assignment
      for index in assignments[assignment].grants.range {
        let grant = grants[index]
        result.append(
          SubjectGrant(
            policy: grant.policy,
            low: grant.low,
            high: grant.high,
            condition: assignments[assignment].condition,
            truth: truth,
            assignment: assignment,
            holding: 0
          )
        )
      }
    }
    if subject.kind != .anonymous {
      for (position, holding) in subject.held.enumerated() {
        result.append(held(holding, at: position))
      }
    }
    for (position, given) in subject.given.enumerated() {
      result.append(self.given(given, at: subject.held.count + position))
    }
    return result
  }

  private func given(_ given: GivenPolicy, at position: Int) -> SubjectGrant {
    let unit = given.unit
    return SubjectGrant(
      policy: UInt32(given.policy.position),
      low: unit.map { UInt32($0.position) } ?? 0,
      high: unit.map { units[$0.position].end } ?? ArtifactFormat.none,
      condition: given.condition.map { assignments[$0.position].condition } ?? ArtifactFormat.none,
      truth: given.isSure ? 2 : 1,
      assignment: ArtifactFormat.none,
      holding: position
    )
  }

  private func held(_ holding: Holding, at position: Int) -> SubjectGrant {
    let unit = holding.unit
    return SubjectGrant(
      policy: UInt32(holding.policy.position),
      low: unit.map { UInt32($0.position) } ?? 0,
      high: unit.map { units[$0.position].end } ?? ArtifactFormat.none,
      condition: ArtifactFormat.none,
      truth: 2,
      assignment: ArtifactFormat.none,
      holding: position
    )
  }

  /// The classes of what is known of a subject: its kind, its identity and its groups.
  func classify(
    _ subject: SubjectData,
    _ memberships: [UInt8],
    _ classes: UnsafeMutableBufferPointer<UInt32>
  ) {
    let kind = summary(.kindSlot)
    if kind > 0 { unsafe classes[kind - 1] = UInt32(subject.kind.rawValue) }
    for (group, truth) in memberships.enumerated() where groups[group].slot > 0 {
      // Classes are 0 unknown, 1 no, 2 yes.
      unsafe classes[Int(groups[group].slot) - 1] = truth == 1 ? 0 : truth == 0 ? 1 : 2
    }
    if let id = subject.principalID {
      unsafe classify(.principal(id), run(.principalStepStart, .principalStepCount), classes)
    }
  }
}

extension SubjectData {
  /// The principal by kind and id, if both are known.
  var principalID: PrincipalID? {
    guard case .named(let id) = identity, kind != .anonymous else { return nil }
    return PrincipalID(kind: kind, id: id)
  }
}

extension ResourceUnit {
  /// The unit as one number.
  var code: UInt32 {
    switch self {
    case .unknown: UnitCode.unknown
    case .outside: UnitCode.outside
    case .unit(let unit): UInt32(unit.position)
    }
  }
}
