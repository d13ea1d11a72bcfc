import CBitLoop
import PolicyEngine

/// The loop in C that decides classified requests from the same tables, with the same steps.
@safe final class TableLoop {
  let count: Int
  private var tables: cbit_tables
  private let subjects: UnsafeMutablePointer<cbit_subject>
  private let grants: UnsafeMutablePointer<cbit_grant>
  private let requests: UnsafeMutablePointer<cbit_request>
  private let classes: UnsafeMutablePointer<UInt32>
  private let workload: Workload

  /// Takes some requests of a workload, whose attributes are classified.
  init(_ workload: Workload, _ indices: [Int], _ prepared: [PolicyEngine.Request]) {
    self.workload = workload
    count = indices.count
    let sections = workload.engine.tables
    unsafe tables = Self.tables(sections)
    let numbers = workload.subjects.map { $0.grantNumbers }
    unsafe grants = .allocate(capacity: max(1, numbers.reduce(0) { $0 + $1.count }))
    unsafe subjects = .allocate(capacity: max(1, numbers.count))
    var next = 0
    for (index, subject) in workload.subjects.enumerated() {
      let record = unsafe cbit_subject(
        cells: subject.memory.cells,
        floor: subject.memory.floor,
        grants: UnsafePointer(grants + next),
        grant_count: UInt64(numbers[index].count)
      )
      unsafe (subjects + index).initialize(to: record)
      for grant in numbers[index] {
        let record = cbit_grant(
          policy: grant.policy,
          low: grant.low,
          high: grant.high,
          condition: grant.condition,
          truth: grant.truth
        )
        unsafe (grants + next).initialize(to: record)
        next += 1
      }
    }
    let width = sections.variables.count
    unsafe classes = .allocate(capacity: max(1, width * indices.count))
    unsafe requests = .allocate(capacity: max(1, indices.count))
    for (position, index) in indices.enumerated() {
      let start = unsafe classes + position * width
      for (slot, number) in prepared[position].classNumbers.enumerated() {
        unsafe (start + slot).initialize(to: number)
      }
      let action = sections.actions[workload.requests[index].action.position]
      let record = unsafe cbit_request(
        subject: workload.subjectOf[index],
        position: workload.actions[index].place,
        unit: prepared[position].unit.number,
        service: action.service,
        page_word: action.word,
        reserved: 0,
        classes: UnsafePointer(start)
      )
      unsafe (requests + position).initialize(to: record)
    }
  }

  deinit {
    unsafe subjects.deallocate()
    unsafe grants.deallocate()
    unsafe requests.deallocate()
    unsafe classes.deallocate()
  }

  private static func tables(_ sections: Tables) -> cbit_tables {
    func start<Element>(
      _ memory: UnsafeRawBufferPointer,
      as type: Element.Type
    ) -> UnsafePointer<Element>? {
      unsafe memory.baseAddress?.assumingMemoryBound(to: type)
    }
    return unsafe cbit_tables(
      pages: start(sections.pages.memory, as: UInt32.self),
      planes: start(sections.planes.memory, as: cbit_page.self),
      cells: start(sections.cells.memory, as: UInt32.self),
      tables: start(sections.tables.memory, as: cbit_table.self),
      readers: start(sections.readers.memory, as: cbit_reader.self),
      maps: start(sections.maps.memory, as: cbit_map.self),
      map_values: start(sections.mapValues.memory, as: UInt32.self),
      outcomes: start(sections.outcomes.memory, as: UInt8.self),
      nodes: start(sections.nodes.memory, as: cbit_reader.self),
      services: UInt64(sections.services.count)
    )
  }

  /// How many of the requests from one on are allowed.
  func allowed(from first: Int = 0, count: Int) -> UInt64 {
    unsafe cbit_decide(&tables, subjects, requests + first, count)
  }

  /// Takes the sections that conditional cells read out of the caches.
  func evict(_ sweep: Sweep) {
    let sections = workload.engine.tables
    unsafe sweep.evict(sections.pages.memory)
    guard sweep.isByLine else { return }
    unsafe sweep.evict(sections.planes.memory)
    unsafe sweep.evict(sections.cells.memory)
    unsafe sweep.evict(sections.tables.memory)
    unsafe sweep.evict(sections.readers.memory)
    unsafe sweep.evict(sections.maps.memory)
    unsafe sweep.evict(sections.mapValues.memory)
    unsafe sweep.evict(sections.outcomes.memory)
    unsafe sweep.evict(sections.nodes.memory)
  }
}
