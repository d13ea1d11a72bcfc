// What decisions read, as it lies in memory: for measurements beside a loop in C, and for nothing
// that decides.

extension Section {
  /// Its bytes; they stay as they are while the engine lives.
  package var memory: UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(start: base, count: count * MemoryLayout<Element>.stride)
  }
}

extension PolicyEngine.Action {
  /// The position of its cell in those of subjects.
  package var place: UInt32 { position }
}

extension PolicyEngine.Unit {
  /// The number that tables have for it.
  package var number: UInt32 { code }
}

extension PolicyEngine.Request {
  /// The class of every variable.
  package var classNumbers: [UInt32] {
    let count = subject.engine.tables.variables.count
    return unsafe Array(UnsafeBufferPointer(start: classes, count: count))
  }
}

/// Something that gives a subject a policy, as plain numbers.
package struct GrantNumbers: Sendable {
  package let policy: UInt32
  package let low: UInt32
  package let high: UInt32
  package let condition: UInt32
  package let truth: UInt32
}

/// What was prepared of a subject, as it lies in memory; it stays while the subject does.
@safe package struct SubjectMemory {
  /// Two bits an action, 32 actions a word.
  package let cells: UnsafePointer<UInt64>
  /// What is allowed already where the cell is open: one bit an action.
  package let floor: UnsafePointer<UInt64>
  /// How many words `floor` has; `cells` has twice as many.
  package let wordCount: Int
  /// Where the header of a subject stands before its cells.
  package static let headerSize = SubjectHeader.distance
}

extension PolicyEngine.Subject {
  /// What decisions read of it.
  package var memory: SubjectMemory {
    unsafe SubjectMemory(
      cells: cells,
      floor: header.floor,
      wordCount: engine.tables.summary(.wordCount)
    )
  }

  /// What open cells look at.
  package var grantNumbers: [GrantNumbers] {
    unsafe header.open.indices.map { index in
      let grant = unsafe header.open[index]
      return GrantNumbers(
        policy: grant.policy,
        low: grant.low,
        high: grant.high,
        condition: grant.condition,
        truth: grant.truth
      )
    }
  }
}
