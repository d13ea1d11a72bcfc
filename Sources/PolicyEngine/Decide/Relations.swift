extension Tables {
  /// Classifies how a term stands to the terms that conditions compare it with.
  ///
  /// - Parameters:
  ///   - run: The steps of the term.
  ///   - classes: The classes of all variables.
  ///   - value: What the request says of a term, by its code.
  func relate(
    _ run: Range<Int>,
    _ classes: UnsafeMutableBufferPointer<UInt32>,
    _ value: (UInt32) -> Value?
  ) {
    for index in run where steps[index].kind == StepKind.relation.rawValue {
      let step = steps[index]
      guard let left = value(step.b), let right = value(step.c) else { continue }
      unsafe classes[Int(step.slot)] = related(left, step.a, right)
    }
  }
}

/// The class of a pair of values: 1 and 2 for no and yes; 1 to 3 for less, equal and greater.
private func related(_ left: Value, _ relation: UInt32, _ right: Value) -> UInt32 {
  func truth(_ value: Bool) -> UInt32 { value ? 2 : 1 }
  func order<Number: Comparable>(_ left: Number, _ right: Number) -> UInt32 {
    left < right ? 1 : left == right ? 2 : 3
  }
  switch (relation, left, right) {
  case (0, _, _): return truth(left == right)
  case (1, .int(let left), .int(let right)): return order(left, right)
  case (1, .time(let left), .time(let right)): return order(left, right)
  case (2, .path(let path), .path(let ancestor)):
    return truth(PathText.isUnder(path, ancestor))
  case (2, .paths(let paths), .path(let ancestor)):
    return truth(paths.contains { PathText.isUnder($0, ancestor) })
  case (3, _, _): return truth(left.hasElement(right))
  case (4, _, _): return truth(right.contains { left.hasElement($0) })
  case (5, _, _): return truth(!right.contains { !left.hasElement($0) })
  default: return 0
  }
}

extension Value {
  /// Whether a set has an element.
  fileprivate func hasElement(_ element: Value) -> Bool {
    contains { $0 == element }
  }

  /// Whether a set has an element of which something is true.
  fileprivate func contains(_ isWanted: (Value) -> Bool) -> Bool {
    switch self {
    case .strings(let values): values.contains { isWanted(.string($0)) }
    case .paths(let values): values.contains { isWanted(.path($0)) }
    case .principals(let values): values.contains { isWanted(.principal($0)) }
    default: false
    }
  }
}
