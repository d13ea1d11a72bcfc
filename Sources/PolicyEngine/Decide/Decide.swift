extension PolicyEngine {
  /// Decides for a subject when nothing is known of the resource and the context.
  ///
  /// Allocates nothing, locks nothing, counts no reference, throws nothing.
  /// - Complexity: One load where the subject's policies decide whatever the resource is; otherwise
  ///   O(policies that the subject comes by + variables that their cells read).
  @inlinable @inline(__always)
  public func decide(_ subject: Subject, _ action: Action) -> Decision {
    let mixed = UInt64(subject.home.bits ^ home.bits) | (subject.catalogue ^ action.catalogue)
    precondition(mixed == 0, "a subject and an action are those of the engine that decides")
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
    let catalogues = request.subject.catalogue ^ request.action.catalogue
    let mixed = UInt64(request.subject.home.bits ^ home.bits) | catalogues
    precondition(mixed == 0, "a subject and an action are those of the engine that decides")
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
      cell: header.pointee.decide(action, UnitCode.unknown, header.pointee.classes)
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
    unsafe Decision(cell: SubjectHeader.before(cells).pointee.decide(action, unit, classes))
  }
}

extension SubjectHeader {
  /// The best cell for an action that is open: 0 nothing, 1 allow, 2 deny.
  @inline(__always)
  func decide(
    _ action: PolicyEngine.Action,
    _ unit: UInt32,
    _ classes: UnsafePointer<UInt32>
  ) -> UInt32 {
    let tables = unsafe tables.sections
    // A catalogue is as its file says, so that a position beyond the words is not taken on trust.
    precondition(
      unsafe Int(action.index) < tables.pointee.actions.count,
      "an action is one of its catalogue"
    )
    let record = unsafe tables.pointee.actions[action.index]
    let word = unsafe floor[Int(action.position &>> 6)]
    var best = UInt32(truncatingIfNeeded: word &>> UInt64(action.position & 63)) & 1
    var index = 0
    while unsafe best < 2 && index < open.count {
      best = unsafe max(best, tables.pointee.deciding.cell(of: open[index], record, unit, classes))
      index &+= 1
    }
    return best
  }
}
