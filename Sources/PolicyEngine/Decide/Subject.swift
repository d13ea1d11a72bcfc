extension PolicyEngine {
  /// A principal with its groups and policies, prepared once for many requests.
  ///
  /// What its policies decide whatever the resource and the attributes are, is united in one table
  /// of two bits an action: most decisions are then one load. A subject keeps its engine, and
  /// copying one shares what was prepared. It takes 5/8 of a byte for each action of the catalogue (those
  /// of a service count as a multiple of 64), 64 bytes for each grant that it comes by (a policy in a
  /// place), 4 bytes for each variable that conditions read, and 4 for each change of table among its open
  /// cells.
  @safe @frozen public struct Subject: @unchecked Sendable {
    /// Two bits an action: 0 nothing, 1 allow, 2 deny, 3 open.
    ///
    /// Before them is the `SubjectHeader`.
    @usableFromInline let cells: UnsafePointer<UInt64>
    @usableFromInline let home: EngineHome
    /// What `Action.isChecked` compares: the catalogue and the engine above, the highest place of
    /// actions below.
    @usableFromInline let seal: UInt64
    @usableFromInline let storage: SubjectStorage

    /// The engine that prepared it, and that can decide for it.
    public var engine: PolicyEngine { storage.engine }

    init(_ engine: PolicyEngine, _ data: SubjectData) {
      storage = SubjectStorage(engine, data)
      unsafe cells = storage.cells
      home = engine.home
      seal = engine.seal ^ engine.mark
    }

    var data: SubjectData { storage.data }

    /// What decisions read of it beyond the cells.
    var header: SubjectHeader {
      unsafe SubjectHeader.before(cells).pointee
    }

    /// What the cells say of an action: 0 nothing, 1 allow, 2 deny, 3 open.
    ///
    /// Without a branch. The caller has compared the seal, which holds the number of places, so that
    /// the position is one of the cells'.
    @inlinable @inline(__always)
    func cell(_ action: Action) -> UInt32 {
      let word = unsafe cells[Int(action.position &>> 5)]
      return UInt32(truncatingIfNeeded: word &>> (UInt64(action.position & 31) &<< 1)) & 3
    }
  }

  /// Prepares a principal for many requests.
  ///
  /// - Parameters:
  ///   - principal: Who it is.
  ///   - policies: The policies that it holds besides those of the policy set.
  ///   - groups: The open groups that it is in; nil when that is not known. Names that no open
  ///     group has are ignored, since others may well know groups that these policies do not.
  /// - Returns: The prepared subject.
  /// - Complexity: O(policies that it comes by × words of actions + n log n in its assignments).
  /// - Throws: `RequestRefusal` with everything that is wrong.
  public func subject(
    _ principal: Principal,
    holding policies: [HeldPolicy] = [],
    groups: [String]? = nil
  ) throws(RequestRefusal) -> Subject {
    subject(try subjectData(principal, holding: policies, groups: groups))
  }

  /// A principal with its names resolved.
  package func subjectData(
    _ principal: Principal,
    holding policies: [HeldPolicy],
    groups: [String]?
  ) throws(RequestRefusal) -> SubjectData {
    var document = RequestDocument(action: "")
    document.subjectType = principal.kind.word
    document.subjectID = principal.id
    document.policies = policies
    document.groups = groups
    return try document.resolvedSubject(in: self)
  }

  /// Prepares a principal whose names are resolved.
  package func subject(_ data: SubjectData) -> Subject { Subject(self, data) }
}

/// What decisions read of a subject beyond its cells; it stands in memory just before them.
///
/// What open cells need first is in the line before the cells.
@safe struct SubjectHeader {
  /// What open cells without a route must look at.
  let open: UnsafeBufferPointer<SubjectGrant>
  /// Everything that gives it a policy, in order.
  let all: UnsafeBufferPointer<SubjectGrant>
  let tables: Tables
  /// For each word, the tables of what is open.
  let links: UnsafePointer<SubjectLink>
  let routes: UnsafePointer<UInt32>
  /// One bit an action: what is allowed already where the cell is open, unless something denies it.
  let floor: UnsafePointer<UInt64>
  let quick: UnsafePointer<QuickTable>
  let mapValues: UnsafePointer<UInt32>
  let outcomes: UnsafePointer<UInt8>
  let wordActions: UnsafePointer<UInt32>
  /// The classes of what is known of it.
  let classes: UnsafePointer<UInt32>

  /// How far before the cells it stands: a multiple of their alignment.
  static let distance = 128

  static func before(_ cells: UnsafePointer<UInt64>) -> UnsafePointer<SubjectHeader> {
    let place = unsafe UnsafeRawPointer(cells) - distance
    return unsafe place.assumingMemoryBound(to: SubjectHeader.self)
  }
}

/// What was prepared for a subject, in one piece of memory: header, cells, floor, grants, classes.
@safe @usableFromInline final class SubjectStorage: @unchecked Sendable {
  let engine: PolicyEngine
  let data: SubjectData
  private let memory: UnsafeMutableRawPointer
  private let routes: UnsafeMutableRawPointer
  let cells: UnsafePointer<UInt64>

  init(_ engine: PolicyEngine, _ data: SubjectData) {
    let tables = engine.tables
    let memberships = tables.memberships(of: data)
    let grants = tables.grants(of: data, memberships)
    let words = tables.summary(.wordCount)
    let variables = tables.variables.count
    let floorAt = SubjectHeader.distance + 16 * words
    let linksAt = floorAt + 8 * words
    let grantsAt = linksAt + 16 * words
    let classesAt = grantsAt + MemoryLayout<SubjectGrant>.stride * 2 * grants.count
    unsafe memory = .allocate(byteCount: classesAt + 4 * max(1, variables), alignment: 64)
    let classes = unsafe (memory + classesAt)
      .bindMemory(to: UInt32.self, capacity: max(1, variables))
    unsafe classes.initialize(repeating: 0, count: max(1, variables))
    let buffer = unsafe UnsafeMutableBufferPointer(start: classes, count: variables)
    unsafe tables.classify(data, memberships, buffer)
    unsafe tables.derive(buffer)

    var known = unsafe SubjectKnowledge(tables, UnsafePointer(classes))
    let surely = grants.compactMap { known.closed($0) }
    let cells = unsafe (memory + SubjectHeader.distance)
      .bindMemory(to: UInt64.self, capacity: 2 * words)
    let floor = unsafe (memory + floorAt).bindMemory(to: UInt64.self, capacity: words)
    var found = SubjectRoutes(tables, engine.shortcuts)
    SubjectPlanes(tables, surely, &known).settle(&found) { word, low, high, allowed in
      unsafe cells[2 * word] = Bits.interleaved(low, high, half: 0)
      unsafe cells[2 * word + 1] = Bits.interleaved(low, high, half: 1)
      unsafe floor[word] = allowed
    }
    let links = unsafe Self.copy(found.links, to: memory + linksAt)
    unsafe routes = .allocate(byteCount: max(1, 4 * found.routes.count), alignment: 4)
    let open = surely.filter { grant in
      !grant.isPlain || tables.policies[grant.policy].flags & PolicyFlag.isConditional != 0
    }
    let place = unsafe Self.copy(open + grants, to: memory + grantsAt)
    let deciding = tables.deciding
    let header = unsafe SubjectHeader(
      open: UnsafeBufferPointer(start: place, count: open.count),
      all: UnsafeBufferPointer(start: place + open.count, count: grants.count),
      tables: tables,
      links: links,
      routes: Self.copy(found.routes, to: routes),
      floor: UnsafePointer(floor),
      quick: engine.shortcuts.tables,
      mapValues: deciding.mapValues.base,
      outcomes: deciding.outcomes.base,
      wordActions: engine.shortcuts.wordActions,
      classes: UnsafePointer(classes)
    )
    assert(MemoryLayout<SubjectHeader>.size <= SubjectHeader.distance, "there is room for it")
    unsafe memory.bindMemory(to: SubjectHeader.self, capacity: 1).initialize(to: header)
    unsafe self.cells = UnsafePointer(cells)
    self.engine = engine
    self.data = data
  }

  private static func copy<Element: BitwiseCopyable>(
    _ elements: [Element],
    to memory: UnsafeMutableRawPointer
  ) -> UnsafePointer<Element> {
    let place = unsafe memory.bindMemory(to: Element.self, capacity: elements.count)
    for (index, element) in elements.enumerated() {
      unsafe (place + index).initialize(to: element)
    }
    return unsafe UnsafePointer(place)
  }

  deinit {
    unsafe memory.deallocate()
    unsafe routes.deallocate()
  }
}
