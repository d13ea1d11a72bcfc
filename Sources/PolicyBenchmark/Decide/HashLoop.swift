import CBitLoop
import PolicyEngine

/// The loop in C that hashes the texts of requests and reads one random slot for each.
@safe final class HashLoop {
  private let bytes: UnsafeMutablePointer<UInt8>
  private let texts: UnsafeMutablePointer<UnsafePointer<UInt8>?>
  private let lengths: UnsafeMutablePointer<UInt32>
  /// Where the texts of each request begin, and where the last one ends.
  private let starts: [Int]
  private let engine: PolicyEngine

  /// Takes the texts of each request; the slots are the names of the engine's tables.
  init(_ engine: PolicyEngine, _ requests: [[String]]) {
    self.engine = engine
    var starts = [0]
    for request in requests { starts.append((starts.last ?? 0) + request.count) }
    self.starts = starts
    let all = requests.flatMap { $0 }
    unsafe bytes = .allocate(capacity: max(1, all.reduce(0) { $0 + $1.utf8.count }))
    unsafe texts = .allocate(capacity: max(1, all.count))
    unsafe lengths = .allocate(capacity: max(1, all.count))
    var next = 0
    for (index, text) in all.enumerated() {
      unsafe (texts + index).initialize(to: UnsafePointer(bytes + next))
      unsafe (lengths + index).initialize(to: UInt32(text.utf8.count))
      for byte in text.utf8 {
        unsafe (bytes + next).initialize(to: byte)
        next += 1
      }
    }
  }

  deinit {
    unsafe bytes.deallocate()
    unsafe texts.deallocate()
    unsafe lengths.deallocate()
  }

  /// How many texts the first requests have.
  func textCount(_ requests: Int) -> Int { starts[min(requests, starts.count - 1)] }

  /// Hashes and reads for the first requests; the sum keeps a compiler from leaving it out.
  func sum(_ requests: Int) -> UInt64 {
    let names = unsafe engine.tables.names.memory
    return unsafe cbit_hash_and_read(
      texts,
      lengths,
      textCount(requests),
      names.baseAddress?.assumingMemoryBound(to: UInt8.self),
      UInt64(engine.tables.names.count),
      0
    )
  }
}

extension RequestDocument {
  /// Every text that a request by names has to look up: ids, names, and values that are texts.
  var texts: [String] {
    var found = [action]
    if let subjectID { found.append(subjectID) }
    found += policies.map(\.policy)
    if case .unit(let path) = unit { found.append(path) }
    for property in subjectProperties + resourceProperties + context {
      found.append(property.name)
      if case .string(let text) = property.value { found.append(text) }
    }
    return found
  }
}
