/// Compares the cells of policies of two engines, action by action.
struct CellComparison {
  private let new: Tables
  private let old: Tables
  /// Whether actions have the same places in both, so that planes can be compared.
  private let isAligned: Bool
  /// Where each action is in the old engine, and what is gone; nothing if they have the same places.
  private let oldActions: [UInt32?]
  private let goneActions: [UInt32]
  private(set) var tables: TableComparison
  /// The last two tables, and what they came to: cells in a row have the same ones.
  private var last: (key: UInt64, pairs: OutcomePairs)?

  /// `groups` says how groups changed; nil is to take the truth of a membership as given.
  init(_ new: PolicyEngine, _ old: PolicyEngine, groups: GroupChanges? = nil) {
    self.new = new.tables
    self.old = old.tables
    tables = TableComparison(new.tables, old.tables, groups: groups)
    isAligned = new.hasSameCatalogue(as: old) && new.hasSameServices(as: old)
    let back = isAligned ? [] : Self.positions(of: old.tables, in: new.tables)
    oldActions = isAligned ? [] : Self.positions(of: new.tables, in: old.tables)
    goneActions = back.indices.filter { back[$0] == nil }.map { UInt32($0) }
  }

  /// Where actions of the same names are.
  private static func positions(of tables: Tables, in other: Tables) -> [UInt32?] {
    tables.actions.indices.map { action in
      other.position(tables.bytes(of: tables.actions[action].name), in: NameSpace.action)
    }
  }

  /// Whether a policy decides every action as another one of the old engine.
  ///
  /// - Complexity: O(actions), less where both have the same actions.
  mutating func areSame(_ policy: UInt32, _ oldPolicy: UInt32) -> Bool {
    var isSame = true
    forEachChange(policy, oldPolicy) { _, _, _ in isSame = false }
    return isSame
  }

  /// Calls a function with every action that a policy may decide otherwise, in the order of the new
  /// engine's actions, behind which those are that are gone; a policy or action that is not there says
  /// nothing.
  ///
  /// - Complexity: O(actions), less where both have the same actions.
  mutating func forEachChange(
    _ policy: UInt32?,
    _ oldPolicy: UInt32?,
    _ body: (_ action: UInt32?, _ oldAction: UInt32?, OutcomePairs) -> Void
  ) {
    if isAligned, let policy, let oldPolicy {
      aligned(policy, oldPolicy, body)
      return
    }
    for action in new.actions.indices {
      let oldAction = isAligned ? UInt32(action) : oldActions[action]
      let pairs = pairs(
        policy.map { new.cell($0, UInt32(action)) } ?? .nothing,
        oldPolicy.flatMap { policy in oldAction.map { old.cell(policy, $0) } } ?? .nothing
      )
      if !pairs.isSubset(of: .same) { body(UInt32(action), oldAction, pairs) }
    }
    for action in goneActions {
      let pairs = pairs(.nothing, oldPolicy.map { old.cell($0, action) } ?? .nothing)
      if !pairs.isSubset(of: .same) { body(nil, action, pairs) }
    }
  }

  /// Looks only at actions whose bits differ, or that are conditional.
  private mutating func aligned(
    _ policy: UInt32,
    _ oldPolicy: UInt32,
    _ body: (_ action: UInt32?, _ oldAction: UInt32?, OutcomePairs) -> Void
  ) {
    for service in new.services.indices {
      let record = new.services[service]
      let page = Int(new.pages[Int(policy) * new.services.count + service])
      let oldPage = Int(old.pages[Int(oldPolicy) * old.services.count + service])
      for word in 0..<Int(record.words.count) {
        let (now, then) = (new.planes[page + word], old.planes[oldPage + word])
        var rest = (now.low ^ then.low) | (now.high ^ then.high) | now.low & now.high
        while rest != 0 {
          let bit = UInt32(rest.trailingZeroBitCount)
          rest &= rest - 1
          let pairs = pairs(new.cell(now, bit), old.cell(then, bit))
          guard !pairs.isSubset(of: .same) else { continue }
          let action = record.actions.start + UInt32(word) << 6 + bit
          body(action, action, pairs)
        }
      }
    }
  }

  private mutating func pairs(_ cell: Cell, _ oldCell: Cell) -> OutcomePairs {
    switch (cell, oldCell) {
    case (.table(let table), .table(let oldTable)):
      let key = UInt64(table) << 32 | UInt64(oldTable)
      if let last, last.key == key { return last.pairs }
      let found = tables.pairs(table, oldTable)
      last = (key, found)
      return found
    case (.table(let table), .plain(let before)):
      return OutcomePairs(anyOf: tables.mask(table), and: 1 << UInt8(before))
    case (.plain(let now), .table(let table)):
      return OutcomePairs(anyOf: 1 << UInt8(now), and: tables.oldMask(table))
    case (.plain(let now), .plain(let before)): return OutcomePairs(new: now, old: before)
    }
  }

  /// The outcomes that a policy has over all actions, a bit each.
  ///
  /// - Complexity: O(words + conditional cells).
  mutating func outcomes(of policy: UInt32, isNew: Bool) -> UInt8 {
    let sections = isNew ? new : old
    var found: UInt8 = 0
    for service in sections.services.indices {
      let page = Int(sections.pages[Int(policy) * sections.services.count + service])
      for word in 0..<Int(sections.services[service].words.count) {
        let plane = sections.planes[page + word]
        if plane.low & ~plane.high != 0 { found |= 0b010 }
        if plane.high & ~plane.low != 0 { found |= 0b100 }
        var rest = plane.low & plane.high
        while rest != 0, found & 0b110 != 0b110 {
          let bit = UInt32(rest.trailingZeroBitCount)
          rest &= rest - 1
          let table = plane.table(bit, in: sections.cells)
          found |= isNew ? tables.mask(table) : tables.oldMask(table)
        }
      }
    }
    return found
  }

  /// The outcomes that two conditions of assignments have together.
  mutating func conditions(_ condition: UInt32, _ oldCondition: UInt32) -> OutcomePairs {
    tables.pairs(condition: condition, oldCondition)
  }
}

/// What a plane says of an action.
enum Cell {
  /// 0 nothing, 1 allow, 2 deny.
  case plain(UInt32)
  /// What a table comes to.
  case table(UInt32)

  static let nothing = Cell.plain(0)
}

extension Tables {
  /// The cell of a policy for an action.
  fileprivate func cell(_ policy: UInt32, _ action: UInt32) -> Cell {
    let record = actions[action]
    return cell(deciding.plane(policy, record), record.bit)
  }

  fileprivate func cell(_ plane: PlaneRecord, _ bit: UInt32) -> Cell {
    let cell = plane.cell(bit)
    return cell == 3 ? .table(plane.table(bit, in: cells)) : .plain(cell)
  }
}
