extension PolicyEngine {
  /// Decides for a subject when nothing is known of the resource and the context.
  ///
  /// Allocates nothing, locks nothing, counts no reference, throws nothing.
  /// - Complexity: One load where the subject's policies decide whatever the resource is; otherwise
  ///   O(policies that the subject comes by + variables that their cells read).
  @inlinable @inline(__always)
  public func decide(_ subject: Subject, _ action: Action) -> Decision {
    precondition(
      action.isChecked(by: subject.seal ^ mark),
      "a subject and an action are those of the engine that decides"
    )
    let cell = subject.cell(action)
    if cell < 3 { return Decision(cell: cell) }
    return unsafe PolicyEngine.decideOpen(subject.cells, action)
  }

  /// Decides a request.
  ///
  /// Allocates nothing, locks nothing, counts no reference, throws nothing.
  /// - Complexity: One load where the subject's policies decide whatever the resource is; otherwise
  ///   O(policies that the subject comes by + variables that their cells read).
  @inlinable @inline(__always)
  public func decide(_ request: Request) -> Decision {
    precondition(
      request.action.isChecked(by: request.subject.seal ^ mark),
      "a subject and an action are those of the engine that decides"
    )
    let cell = request.subject.cell(request.action)
    if cell < 3 { return Decision(cell: cell) }
    return unsafe PolicyEngine.decideOpen(
      request.subject.cells,
      request.action,
      request.unit.code,
      request.classes
    )
  }

  /// Decides many requests: `decisions[i]` for `requests[i]`.
  ///
  /// Allocates nothing if there are as many decisions as requests already.
  public func decide(_ requests: [Request], into decisions: inout [Decision]) {
    decisions.resize(to: requests.count)
    for index in requests.indices { decisions[index] = decide(requests[index]) }
  }

  /// Decides many actions for one subject when nothing is known of the resource and the context:
  /// `decisions[i]` for `actions[i]`.
  ///
  /// Allocates nothing if there are as many decisions as actions already.
  public func decide(
    _ subject: Subject,
    _ actions: [Action],
    into decisions: inout [Decision]
  ) {
    decisions.resize(to: actions.count)
    for index in actions.indices { decisions[index] = decide(subject, actions[index]) }
  }
}

extension [PolicyEngine.Decision] {
  fileprivate mutating func resize(to count: Int) {
    if self.count == count { return }
    self = Array(repeating: PolicyEngine.Decision(cell: 0), count: count)
  }
}

extension PolicyEngine {
  /// Decides an open cell of a subject, of which nothing but the subject is known.
  ///
  /// Takes pointers, so that nothing of what holds them is counted on the way.
  @usableFromInline @inline(never)
  static func decideOpen(_ cells: UnsafePointer<UInt64>, _ action: Action) -> Decision {
    let header = unsafe SubjectHeader.before(cells)
    return unsafe Decision(
      cell: header.decide(action.position, UnitCode.unknown, header.pointee.classes)
    )
  }

  /// Decides an open cell of a request.
  @usableFromInline @inline(never)
  static func decideOpen(
    _ cells: UnsafePointer<UInt64>,
    _ action: Action,
    _ unit: UInt32,
    _ classes: UnsafePointer<UInt32>
  ) -> Decision {
    unsafe Decision(cell: SubjectHeader.before(cells).decide(action.position, unit, classes))
  }
}

// Of the pointer, so that only what is read of a header is loaded.
extension UnsafePointer<SubjectHeader> {
  /// The best cell for the position of an action that is open: 0 nothing, 1 allow, 2 deny.
  @inline(__always)
  func decide(
    _ position: UInt32,
    _ unit: UInt32,
    _ classes: UnsafePointer<UInt32>
  ) -> UInt32 {
    let word = Int(position &>> 6)
    let bit = UInt64(position & 63)
    let best = unsafe UInt32(truncatingIfNeeded: pointee.floor[word] &>> bit) & 1
    let link = unsafe pointee.links[word]
    let rank = (link.change & (UInt64.max &>> (63 &- bit))).nonzeroBitCount
    let route = unsafe pointee.routes[Int(truncatingIfNeeded: link.base) &+ rank &- 1]
    if route == ArtifactFormat.none {
      return unsafe decideAll(position, unit, classes, best)
    }
    return unsafe max(best, outcome(pointee.quick + Int(route), classes))
  }

  /// The outcome of a table, 0 to 2, for the classes of all variables.
  @inline(__always)
  private func outcome(
    _ table: UnsafePointer<QuickTable>,
    _ classes: UnsafePointer<UInt32>
  ) -> UInt32 {
    let mapValues = unsafe pointee.mapValues
    func value(_ part: QuickTable.Part) -> UInt32 {
      let number = unsafe classes[Int(part.slot)] & part.mask
      return unsafe mapValues[Int(part.offset) &+ Int(number)] & part.mask
    }
    let sum =
      unsafe value(table.pointee.first) &+ value(table.pointee.second)
      &+ value(table.pointee.third) &+ value(table.pointee.fourth)
    let byte = unsafe pointee.outcomes[Int(table.pointee.root) &+ Int(sum &>> 2)]
    return UInt32(byte) &>> ((sum & 3) &<< 1) & 3
  }

  /// The best cell over everything that gives the subject a policy.
  @inline(never)
  private func decideAll(
    _ position: UInt32,
    _ unit: UInt32,
    _ classes: UnsafePointer<UInt32>,
    _ floor: UInt32
  ) -> UInt32 {
    let tables = unsafe pointee.tables.sections
    let action = unsafe pointee.wordActions[Int(position &>> 6)] &+ (position & 63)
    // A catalogue is as its file says, so that a place beyond its actions is not taken on trust.
    precondition(
      unsafe Int(action) < tables.pointee.actions.count,
      "an action is one of its catalogue"
    )
    let record = unsafe tables.pointee.actions[action]
    let open = unsafe pointee.open
    var best = floor
    var index = 0
    while best < 2 && index < open.count {
      best = unsafe max(best, tables.pointee.deciding.cell(of: open[index], record, unit, classes))
      index &+= 1
    }
    return best
  }
}
