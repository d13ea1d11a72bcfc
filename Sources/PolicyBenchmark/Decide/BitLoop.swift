import CBitLoop
import PolicyEngine

/// The loop in C that tests bits in the cells of subjects that the engine reads: the physical limit.
@safe final class BitLoop {
  /// How many requests there are.
  let count: Int
  private let subjects: UnsafeMutablePointer<UnsafePointer<UInt64>?>
  private let subjectCount: Int
  private let queries: UnsafeMutablePointer<cbit_query>
  /// Keeps the cells.
  private let workload: Workload

  /// Takes some requests of a workload, in their order.
  init(_ workload: Workload, _ indices: [Int]) {
    self.workload = workload
    count = indices.count
    subjectCount = workload.subjects.count
    unsafe subjects = .allocate(capacity: max(1, subjectCount))
    for (index, subject) in workload.subjects.enumerated() {
      unsafe (subjects + index).initialize(to: subject.memory.cells)
    }
    unsafe queries = .allocate(capacity: max(1, count))
    for (position, index) in indices.enumerated() {
      let place = workload.actions[index].place
      let query = cbit_query(subject: workload.subjectOf[index], position: place)
      unsafe (queries + position).initialize(to: query)
    }
  }

  deinit {
    unsafe subjects.deallocate()
    unsafe queries.deallocate()
  }

  /// How many of the requests from one on are allowed whatever else holds.
  func allowed(from first: Int = 0, count: Int) -> UInt64 {
    unsafe cbit_test_bits(subjects, queries + first, count)
  }

  /// What the bits say of a request: 0 nothing, 1 allow, 2 deny, 3 open.
  func cell(_ position: Int) -> UInt32 { unsafe cbit_cell(subjects, queries + position) }

  /// Takes what the requests read of subjects out of the caches.
  func evict(_ sweep: Sweep) {
    unsafe sweep.evict(UnsafeRawBufferPointer(start: subjects, count: subjectCount * 8))
    for position in 0..<count {
      let query = unsafe queries[position]
      guard let cells = unsafe subjects[Int(query.subject)] else { continue }
      unsafe sweep.evict(
        UnsafeRawBufferPointer(start: cells + Int(query.position >> 5), count: 8)
      )
      if !sweep.isByLine { return }
    }
  }
}

/// What takes memory out of the caches.
@safe package final class Sweep {
  /// Whether single lines are taken out; otherwise everything is, by reading much else.
  package let isByLine: Bool
  private let bytes: UnsafeMutableRawBufferPointer

  package init() {
    isByLine = cbit_evicts_lines() != 0
    unsafe bytes = .allocate(byteCount: isByLine ? 64 : 256 << 20, alignment: 64)
    unsafe bytes.initializeMemory(as: UInt8.self, repeating: 1)
  }

  deinit { unsafe bytes.deallocate() }

  func evict(_ memory: UnsafeRawBufferPointer) {
    unsafe _ = cbit_evict(
      memory.baseAddress,
      memory.count,
      bytes.baseAddress?.assumingMemoryBound(to: UInt8.self),
      bytes.count
    )
  }
}
