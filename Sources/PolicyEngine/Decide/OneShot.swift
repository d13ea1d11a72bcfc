extension PolicyEngine {
  /// Decides for a user by names, when nothing is known of the context, and of the resource at most
  /// where it belongs.
  ///
  /// Hashes each name once. Allocates nothing, locks nothing, counts no reference; only where
  /// conditions on the principal must be looked at, and more than 256 variables are read by all
  /// conditions, the classes of these take memory for the time being.
  /// - Parameters:
  ///   - user: The user's id.
  ///   - action: The name of the action, such as `device.delete`.
  ///   - unit: Where the resource belongs.
  ///   - groups: The open groups that the user is in; nil when that is not known. Names that no
  ///     open group has are ignored.
  /// - Returns: The decision.
  /// - Complexity: O(length of the names + grants of the user, its groups and everyone + variables
  ///   that their cells read).
  /// - Throws: `RequestRefusal` when the catalogue does not have the action.
  public func decide(
    user: String,
    _ action: String,
    in unit: Unit = .unknown,
    groups: [String]? = nil
  ) throws(RequestRefusal) -> Decision {
    try decide(.user, user, action, in: unit, groups: groups)
  }

  /// Decides for a service account by names, as for a user.
  ///
  /// - Throws: `RequestRefusal` when the catalogue does not have the action.
  public func decide(
    serviceAccount: String,
    _ action: String,
    in unit: Unit = .unknown,
    groups: [String]? = nil
  ) throws(RequestRefusal) -> Decision {
    try decide(.serviceAccount, serviceAccount, action, in: unit, groups: groups)
  }

  private func decide(
    _ kind: PrincipalKind,
    _ id: String,
    _ action: String,
    in unit: Unit,
    groups: [String]?
  ) throws(RequestRefusal) -> Decision {
    precondition(isHome(of: unit), "a unit is looked up in the engine that decides")
    guard let index = tables.position(of: action, in: NameSpace.action) else {
      throw RequestRefusal([.unknownAction(action)])
    }
    let space = kind == .user ? NameSpace.user : NameSpace.serviceAccount
    let visit = OneShot(
      tables: tables,
      kind: kind,
      principal: tables.position(of: id, in: space),
      action: tables.actions[index],
      unit: unit.code
    )
    let (best, isOpen) = unsafe visit.best(groups, nil)
    guard isOpen, best < 2 else { return Decision(cell: best) }
    return Decision(cell: visit.bestOpen(id, groups))
  }
}

/// One walk over all that gives a principal a policy.
struct OneShot {
  let tables: Tables
  let kind: PrincipalKind
  /// Where the principal is declared; nil when it is not.
  let principal: UInt32?
  let action: ActionRecord
  let unit: UInt32

  /// The best cell that does not need classes, and whether there are cells that do; with classes,
  /// the best of all.
  ///
  /// One assignment may come by several ways. The best of them counts, as it must: what a grant
  /// contributes grows with how surely it is in force.
  @inline(__always)
  func best(
    _ groups: [String]?,
    _ classes: UnsafePointer<UInt32>?
  ) -> (cell: UInt32, isOpen: Bool) {
    var scan = unsafe GrantScan(tables, action, unit, classes)
    unsafe scan.add(tables.run(.everyoneStart, .everyoneCount), truth: 2)
    if let principal {
      let record = tables.principals[principal]
      unsafe scan.add(record.assignments.range, truth: 2)
      for position in record.groups.range {
        unsafe scan.add(tables.groups[tables.groupLists[position]].assignments.range, truth: 2)
      }
    }
    forEachStated(groups) { group, truth in
      unsafe scan.add(tables.groups[group].assignments.range, truth: truth)
    }
    return unsafe (scan.best, scan.isOpen)
  }

  /// Calls a function with each group that is stated, and those around it; when nothing is stated,
  /// with each that the principal may be in.
  @inline(__always)
  private func forEachStated(
    _ names: [String]?,
    _ body: (_ group: UInt32, _ truth: UInt32) -> Void
  ) {
    guard let names else {
      for index in tables.run(.openGroupStart, .openGroupCount) {
        body(tables.groupLists[index], 1)
      }
      return
    }
    for name in names {
      guard let group = tables.position(of: name, in: NameSpace.group),
        tables.groups[group].flags & GroupFlag.isOpen != 0
      else { continue }
      for index in tables.groups[group].containers.range { body(tables.groupLists[index], 2) }
    }
  }

  /// The best cell of all, those that need the principal's classes included.
  @inline(never)
  func bestOpen(_ id: String, _ groups: [String]?) -> UInt32 {
    let count = max(1, tables.variables.count)
    return unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: count) { classes in
      unsafe classes.initialize(repeating: 0)
      let kindSlot = tables.summary(.kindSlot)
      if kindSlot > 0 { unsafe classes[kindSlot - 1] = UInt32(kind.rawValue) }
      // Classes of memberships are 0 unknown, 1 no, 2 yes.
      for group in tables.groups.indices where tables.groups[group].slot > 0 {
        unsafe classes[Int(tables.groups[group].slot) - 1] = 1
      }
      forEachStated(groups) { group, truth in
        let slot = Int(tables.groups[group].slot)
        if slot > 0 { unsafe classes[slot - 1] = truth == 1 ? 0 : 2 }
      }
      if let principal {
        for position in tables.principals[principal].groups.range {
          let slot = Int(tables.groups[tables.groupLists[position]].slot)
          if slot > 0 { unsafe classes[slot - 1] = 2 }
        }
      }
      unsafe tables.classify(
        .principal(PrincipalID(kind: kind, id: id)),
        tables.run(.principalStepStart, .principalStepCount),
        classes
      )
      unsafe tables.derive(
        UnsafeMutableBufferPointer(rebasing: classes[..<tables.variables.count])
      )
      return unsafe best(groups, UnsafePointer(classes.baseAddress)).cell
    }
  }
}

/// The best cell over assignments.
@unsafe private struct GrantScan {
  private let tables: Tables
  private let deciding: DecisionTables
  private let action: ActionRecord
  private let unit: UInt32
  private let classes: UnsafePointer<UInt32>?
  private(set) var best: UInt32 = 0
  private(set) var isOpen = false

  @inline(__always)
  init(
    _ tables: Tables,
    _ action: ActionRecord,
    _ unit: UInt32,
    _ classes: UnsafePointer<UInt32>?
  ) {
    unsafe self.tables = tables
    unsafe deciding = tables.deciding
    unsafe self.action = action
    unsafe self.unit = unit
    unsafe self.classes = classes
  }

  /// Adds assignments by a run of `assignmentLists`.
  @inline(__always)
  mutating func add(_ run: Range<Int>, truth: UInt32) {
    var index = run.lowerBound
    while index < run.upperBound {
      let assignment = unsafe tables.assignments[tables.assignmentLists[index]]
      var grant = Int(assignment.grants.start)
      let end = grant &+ Int(assignment.grants.count)
      while grant < end {
        unsafe add(tables.grants[grant], assignment.condition, truth)
        grant &+= 1
      }
      index &+= 1
    }
  }

  /// Adds a grant: a deny counts unless it is not in force, an allow only where it surely is.
  @inline(__always)
  private mutating func add(_ grant: GrantRecord, _ condition: UInt32, _ truth: UInt32) {
    let plane = unsafe deciding.plane(grant.policy, action)
    let plain = unsafe plane.cell(action.bit)
    if plain == 0 { return }
    var force = unsafe min(truth, UnitCode.place(grant.low, grant.high, covers: unit))
    if force == 0 { return }
    guard let classes = unsafe classes else {
      if plain == 3 || condition != ArtifactFormat.none {
        unsafe isOpen = true
      } else if plain == 2 || force == 2 {
        unsafe best = max(best, plain)
      }
      return
    }
    if condition != ArtifactFormat.none {
      force = unsafe min(force, deciding.outcome(condition, classes))
      if force == 0 { return }
    }
    let cell =
      unsafe plain == 3
      ? deciding.outcome(plane.table(action.bit, in: deciding.cells), classes) : plain
    if force == 2 || cell == 2 { unsafe best = max(best, cell) }
  }
}
