/// What a subject may do whatever the resource is, for up to 64 actions.
@frozen @usableFromInline struct SubjectPlane: BitwiseCopyable, Sendable {
  /// With `high`: 00 nothing, 01 allow, 10 deny, 11 open (low bit first named).
  @usableFromInline var low: UInt64 = 0
  @usableFromInline var high: UInt64 = 0
  /// Where open: what is allowed already, unless something denies it.
  var floor: UInt64 = 0
}

extension PolicyEngine {
  /// A principal with its groups and policies, prepared once for many requests.
  ///
  /// What its policies decide whatever the resource and the attributes are, is united in bit planes:
  /// most decisions are then a test of two bits.
  @safe public final class Subject: @unchecked Sendable {
    /// The engine that prepared it, and that can decide for it.
    public let engine: PolicyEngine
    let data: SubjectData
    /// What open cells must look at.
    let openGrants: [SubjectGrant]
    /// The classes of what is known of it.
    let classes: [UInt32]
    @usableFromInline let planes: UnsafeMutablePointer<SubjectPlane>
    @usableFromInline let wordCount: Int

    init(_ engine: PolicyEngine, _ data: SubjectData) {
      let tables = engine.tables
      let memberships = tables.memberships(of: data)
      let grants = tables.grants(of: data, memberships)
      var classes = [UInt32](repeating: 0, count: tables.variables.count)
      unsafe classes.withUnsafeMutableBufferPointer {
        unsafe tables.classify(data, memberships, $0)
        unsafe tables.derive($0)
      }
      self.engine = engine
      self.data = data
      self.classes = classes
      openGrants = grants.filter { grant in
        !grant.isPlain
          || tables.policies[grant.policy].flags & PolicyFlag.isConditional != 0
      }
      wordCount = tables.summary(.wordCount)
      unsafe planes = .allocate(capacity: max(1, wordCount))
      unsafe planes.initialize(repeating: SubjectPlane(), count: max(1, wordCount))
      unite(grants)
    }

    deinit { unsafe planes.deallocate() }

    /// Unites what the grants decide.
    ///
    /// - Complexity: O(policies × words), a word for every 64 actions.
    private func unite(_ grants: [SubjectGrant]) {
      let tables = engine.tables
      var united: Set<UInt32> = []
      for grant in grants where !grant.isPlain || united.insert(grant.policy).inserted {
        for service in tables.services.indices {
          let words = tables.services[service].words.range
          let page = Int(tables.pages[Int(grant.policy) * tables.services.count + service])
          for offset in 0..<words.count {
            unsafe planes[words.lowerBound + offset].add(tables.planes[page + offset], grant)
          }
        }
      }
      for word in 0..<wordCount { unsafe planes[word].settle() }
    }
  }

  /// Prepares a principal for many requests.
  ///
  /// - Parameters:
  ///   - principal: Who it is.
  ///   - policies: The policies that it holds besides those of the policy set.
  ///   - groups: The open groups that it is in; nil when that is not known.
  /// - Returns: The prepared subject.
  /// - Throws: `RequestRefusal` with everything that is wrong.
  public func subject(
    _ principal: Principal,
    holding policies: [HeldPolicy] = [],
    groups: [String]? = nil
  ) throws(RequestRefusal) -> Subject {
    var document = RequestDocument(action: "")
    document.subjectType = principal.kind.word
    document.subjectID = principal.id
    document.policies = policies
    document.groups = groups
    return subject(try document.resolvedSubject(in: self))
  }

  /// Prepares a principal whose names are resolved.
  package func subject(_ data: SubjectData) -> Subject { Subject(self, data) }
}

extension SubjectPlane {
  /// Adds what a policy decides; until all are added, `low` is allow, `high` deny, `floor` open.
  fileprivate mutating func add(_ plane: PlaneRecord, _ grant: SubjectGrant) {
    let conditional = plane.low & plane.high
    if grant.isPlain {
      low |= plane.low & ~conditional
      high |= plane.high & ~conditional
      floor |= conditional
    } else {
      // Only a deny counts of what is perhaps in force.
      floor |= grant.truth == 2 ? plane.low | plane.high : plane.high
    }
  }

  /// Brings the three sets to their final form.
  fileprivate mutating func settle() {
    let (allow, deny, open) = (low, high, floor & ~high)
    low = open | allow & ~deny
    high = open | deny
    floor = allow & open
  }
}
