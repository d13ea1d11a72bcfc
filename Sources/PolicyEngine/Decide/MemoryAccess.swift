// What decisions read, as it lies in memory: for measurements beside a loop in C, and for nothing
// that decides.

extension Section {
  /// Its bytes; they stay as they are while the engine lives.
  package var memory: UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(start: base, count: count * MemoryLayout<Element>.stride)
  }
}

extension PolicyEngine.Action {
  /// Its position in the catalogue, and where the planes of subjects have its bit.
  package var place: (index: UInt32, word: UInt32, bit: UInt32) { (index, word, bit) }
}

extension PolicyEngine.Unit {
  /// The number that tables have for it.
  package var number: UInt32 { code }
}

extension PolicyEngine.Request {
  /// The class of every variable.
  package var classNumbers: [UInt32] { classes }
}

/// Something that gives a subject a policy, as plain numbers.
package struct GrantNumbers: Sendable {
  package let policy: UInt32
  package let low: UInt32
  package let high: UInt32
  package let condition: UInt32
  package let truth: UInt32
}

extension PolicyEngine.Subject {
  /// Its planes, one for every 64 actions; they live as long as it does.
  package var planeMemory: UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(
      start: planes,
      count: wordCount * MemoryLayout<SubjectPlane>.stride
    )
  }

  /// What open cells look at.
  package var grantNumbers: [GrantNumbers] {
    openGrants.map {
      GrantNumbers(
        policy: $0.policy,
        low: $0.low,
        high: $0.high,
        condition: $0.condition,
        truth: $0.truth
      )
    }
  }
}
