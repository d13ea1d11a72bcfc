extension PolicyEngine {
  /// What each policy says of one action, one bit a policy.
  ///
  /// A policy stands in at most one of the two sets.
  public struct PolicyAnswers: Hashable, Sendable {
    /// Policies that allow the action, whatever the request says.
    public let yes: PolicyBits
    /// Policies that allow the action on conditions: some classes of attributes are allowed, and some
    /// are not.
    ///
    /// Conditions are taken as the tables have them, so that two that tie one attribute to another
    /// may be a case that no request is in; `pol` can prove which.
    public let depends: PolicyBits
  }

  /// Some policies, one bit each, in the order of their declaration.
  public struct PolicyBits: Sequence, Hashable, Sendable {
    let bits: BitWords
    let home: UInt64

    /// How many policies there are.
    ///
    /// - Complexity: O(policies / 64).
    public var count: Int { bits.count }

    /// Whether there is none.
    ///
    /// - Complexity: O(policies / 64).
    public var isEmpty: Bool { bits.isEmpty }

    /// Whether a policy is among them; never for one of another engine.
    public func contains(_ policy: Policy) -> Bool {
      policy.home == home && bits.contains(Int(policy.index))
    }

    /// The policies, one after the other.
    public func makeIterator() -> Iterator { Iterator(policies: self) }

    /// Goes through policies in the order of their declaration.
    public struct Iterator: IteratorProtocol {
      let policies: PolicyBits
      var position = 0

      /// The next policy; nil after the last.
      public mutating func next() -> Policy? {
        guard let found = policies.bits.next(from: position) else { return nil }
        position = found + 1
        return Policy(index: UInt32(found), home: policies.home)
      }
    }
  }

  /// Which policies allow an action, with all that they include: surely, or on conditions.
  ///
  /// What a policy denies under another's name does not count here: this is about each by itself.
  /// - Complexity: O(policies), and O(size of its table) for a conditional cell.
  public func whoCan(_ action: Action) -> PolicyAnswers {
    let index = index(of: action)
    var yes = BitWords(bitCount: tables.policies.count)
    var depends = yes
    for policy in tables.policies.indices {
      switch reach(of: UInt32(policy), index) {
      case .allow: yes.insert(policy)
      case .perhaps: depends.insert(policy)
      case .nothing, .deny: break
      }
    }
    return PolicyAnswers(
      yes: PolicyBits(bits: yes, home: home.serial),
      depends: PolicyBits(bits: depends, home: home.serial)
    )
  }

  /// What a policy can come to for an action.
  enum Reach: UInt8, Comparable {
    /// Never an allow and never a deny.
    case nothing
    /// A deny at least in some cases, and never an allow.
    case deny
    /// An allow in some cases only.
    case perhaps
    /// An allow, whatever the request says.
    case allow

    static func < (left: Reach, right: Reach) -> Bool { left.rawValue < right.rawValue }
  }

  /// What a policy can come to for an action, with all that it includes.
  ///
  /// - Complexity: O(1), and O(size of its table) for a conditional cell.
  func reach(of policy: UInt32, _ action: UInt32) -> Reach {
    let deciding = tables.deciding
    let record = tables.actions[action]
    let plane = deciding.plane(policy, record)
    switch plane.cell(record.bit) {
    case 0: return .nothing
    case 1: return .allow
    case 2: return .deny
    default:
      let outcomes = deciding.outcomes(of: plane.table(record.bit, in: deciding.cells))
      if outcomes & 0b010 == 0 { return outcomes & 0b100 == 0 ? .nothing : .deny }
      return outcomes == 0b010 ? .allow : .perhaps
    }
  }
}

extension DecisionTables {
  /// The outcomes that a table has, as three bits: nothing, allow, deny.
  ///
  /// - Complexity: O(outcomes), or O(nodes) of a diagram.
  func outcomes(of table: UInt32) -> UInt8 {
    let record = tables[table]
    guard record.form == 0 else { return outcomes(below: record.root) }
    // A position of the table is a sum of one value of each map; the sums there are, are few.
    var positions: Set<UInt32> = [0]
    for index in record.readers.range {
      let map = maps[readers[index].map]
      let values = Set(map.values.map { mapValues[$0] })
      positions = positions.reduce(into: Set()) { sums, base in
        for value in values { sums.insert(base &+ value) }
      }
    }
    var found: UInt8 = 0
    for position in positions {
      let byte = outcomes[Int(record.root) + Int(position >> 2)]
      found |= 1 << (byte >> UInt8((position & 3) << 1) & 3)
      if found == 0b111 { break }
    }
    return found
  }

  /// The outcomes below a node.
  private func outcomes(below root: UInt32) -> UInt8 {
    var found: UInt8 = 0
    var seen: Set<UInt32> = [root]
    var stack = [root]
    while let reference = stack.popLast() {
      guard reference > 2 else {
        found |= 1 << UInt8(reference)
        continue
      }
      let map = maps[nodes[reference - 3].map]
      for index in map.values {
        if seen.insert(mapValues[index]).inserted { stack.append(mapValues[index]) }
      }
    }
    return found
  }
}
