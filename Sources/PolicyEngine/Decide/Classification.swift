extension Tables {
  /// Takes the value of a term to the classes of the variables that read it.
  ///
  /// Relations to other terms are left to `relate`. - Complexity: O(length of the value), and
  /// O(log cuts) for numbers, times and addresses.
  func classify(
    _ value: Value,
    _ run: Range<Int>,
    _ classes: UnsafeMutableBufferPointer<UInt32>
  ) {
    for index in run {
      let step = steps[index]
      guard let kind = StepKind(rawValue: step.kind) else { continue }
      switch kind {
      case .presence: unsafe classes[Int(step.slot)] = 1
      case .elements: unsafe elements(of: value, step, classes)
      case .elementsUnder: unsafe elementsUnder(of: value, step, classes)
      case .relation: break
      default: unsafe classes[Int(step.slot)] = number(of: value, step, kind)
      }
    }
  }

  /// The class of a value that is no set; 0, as if missing, for one of another type, which requests
  /// never have.
  func number(of value: Value, _ step: StepRecord, _ kind: StepKind) -> UInt32 {
    switch (kind, value) {
    case (.bool, .bool(let flag)): return flag ? step.b : step.a
    case (.int, .int(let number)):
      let region = count(step.b) { numbers[Int(step.a) + $0] <= number }
      return classes[Int(step.c) + region]
    case (.time, .time(let instant)):
      let region = count(step.b) { index in
        let seconds = numbers[Int(step.a) + 2 * index]
        return seconds < instant.seconds
          || seconds == instant.seconds
            && numbers[Int(step.a) + 2 * index + 1] <= Int64(instant.nanoseconds)
      }
      return classes[Int(step.c) + region]
    case (.ip, .ip(let address)): return number(of: address, step)
    case (.text, .string(let text)):
      return position(of: text, in: step.a) ?? step.b
    case (.patternText, .string(let text)):
      if let number = position(of: text, in: step.a) { return number }
      return classes[Int(step.f) + state(after: text, step)]
    // Someone anonymous has no id, and no name space.
    case (.principal, .principal(let id)) where id.kind != .anonymous:
      return position(of: id.id, in: step.a &+ UInt32(id.kind.rawValue)) ?? step.b
    case (.path, .path(let path)):
      var found: (index: UInt32, isExact: Bool)?
      forEachPrefix(of: path, in: step.a, upTo: step.e) { found = ($0, $1) }
      guard let found else { return step.b }
      return classes[Int(step.c) + 2 * Int(found.index) + (found.isExact ? 0 : 1)]
    case (.matches, .string(let text)): return matches(text, step) ? 2 : 1
    default: return 0
    }
  }

  /// How many of some cuts, which ascend, are not above a value.
  ///
  /// - Complexity: O(log cuts).
  @inline(__always)
  private func count(_ cuts: UInt32, _ isNotAbove: (Int) -> Bool) -> Int {
    var low = 0
    var high = Int(cuts)
    while low < high {
      let middle = (low + high) / 2
      if isNotAbove(middle) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func number(of address: IPAddress, _ step: StepRecord) -> UInt32 {
    if address.isVersion4 {
      let region = count(step.b) { numbers[Int(step.a) + $0] <= Int64(address.low) }
      return classes[Int(step.c) + region]
    }
    let region = count(step.e) { index in
      let high = UInt64(bitPattern: numbers[Int(step.d) + 2 * index])
      let low = UInt64(bitPattern: numbers[Int(step.d) + 2 * index + 1])
      return (high, low) <= (address.high, address.low)
    }
    return classes[Int(step.c) + Int(step.b) + 1 + region]
  }

  /// The state of an automaton after a text.
  ///
  /// - Complexity: O(length).
  private func state(after text: String, _ step: StepRecord) -> Int {
    var state = 0
    for byte in text.utf8 {
      let symbol = Int(symbols[Int(step.b) * 256 + Int(byte)])
      state = Int(transitions[Int(step.c) + state * Int(step.d) + symbol])
    }
    return state
  }

  /// Whether a text matches the runs of a pattern, which are texts in section `strings`.
  private func matches(_ text: String, _ step: StepRecord) -> Bool {
    let runs = (Int(step.a)..<Int(step.a) + Int(step.b)).map { index in
      let ref = strings[index]
      return unsafe self.text.withElements(Int(ref.offset)..<Int(ref.offset) + Int(ref.length)) {
        unsafe Array($0)
      }
    }
    return LikePattern(runs: runs).matches(text)
  }

  /// Calls a function with each listed path that a path is or lies below, from the root on.
  ///
  /// - Complexity: O(longest listed path × its segments), whatever the path.
  private func forEachPrefix(
    of path: String,
    in space: UInt32,
    upTo longest: UInt32,
    _ body: (_ index: UInt32, _ isExact: Bool) -> Void
  ) {
    let bytes = Array(path.utf8)
    unsafe bytes.withUnsafeBytes { bytes in
      for end in 0...min(bytes.count, Int(longest)) {
        guard unsafe end == bytes.count || bytes[end] == UInt8(ascii: "/") else { continue }
        let prefix = unsafe UnsafeRawBufferPointer(rebasing: bytes[..<end])
        if let index = unsafe position(prefix, in: space) { body(index, end == bytes.count) }
      }
    }
  }

  /// Marks the variables of the elements that a set has; those of the others are false.
  private func elements(
    of value: Value,
    _ step: StepRecord,
    _ classes: UnsafeMutableBufferPointer<UInt32>
  ) {
    for index in 0..<Int(step.b) { unsafe classes[slot(step, index)] = 1 }
    func mark(_ name: String, _ space: UInt32) {
      guard let index = position(of: name, in: space) else { return }
      unsafe classes[slot(step, Int(index))] = 2
    }
    switch value {
    case .strings(let names), .paths(let names): for name in names { mark(name, step.a) }
    case .principals(let ids):
      for id in ids where id.kind != .anonymous {
        mark(id.id, step.a &+ UInt32(id.kind.rawValue))
      }
    default: break
    }
  }

  private func elementsUnder(
    of value: Value,
    _ step: StepRecord,
    _ classes: UnsafeMutableBufferPointer<UInt32>
  ) {
    for index in 0..<Int(step.b) { unsafe classes[slot(step, index)] = 1 }
    guard case .paths(let paths) = value else { return }
    for path in paths {
      forEachPrefix(of: path, in: step.a, upTo: step.d) { index, _ in
        unsafe classes[slot(step, Int(index))] = 2
      }
    }
  }

  private func slot(_ step: StepRecord, _ index: Int) -> Int {
    Int(classes[Int(step.c) + index])
  }
}
