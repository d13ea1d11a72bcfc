package import PolicyEngine

// What the comparisons of the language mean for two values that are there. Values whose types do
// not fit each other are unequal, unordered and contain nothing; the checker lets no such question
// through, and requests are refused before.

extension Value {
  /// The elements of a set value; none for any other.
  package var elements: [Value] {
    switch self {
    case .strings(let values): values.map { .string($0) }
    case .paths(let values): values.map { .path($0) }
    case .principals(let values): values.map { .principal($0) }
    default: []
    }
  }

  /// Whether it is a set of values.
  package var isSet: Bool {
    switch self {
    case .strings, .paths, .principals: true
    default: false
    }
  }

  /// Whether both are the same value; sets are the same when their elements are.
  package func isSame(as other: Value) -> Bool {
    guard isSet, other.isSet else { return self == other }
    return elements.allSatisfy(other.containsElement) && other.elements.allSatisfy(containsElement)
  }

  /// Whether a set value has an element.
  package func containsElement(_ element: Value) -> Bool { elements.contains(element) }

  /// Whether an address lies in a block.
  package func isIn(_ block: IPBlock) -> Bool {
    guard case .ip(let address) = self else { return false }
    return block.contains(address)
  }

  /// Whether a text matches a pattern.
  package func isLike(_ pattern: LikePattern) -> Bool {
    guard case .string(let text) = self else { return false }
    return pattern.matches(text)
  }

  /// Whether a path, or any path of a set, is an ancestor, or any of a set of them, or lies below.
  package func isUnder(_ ancestor: Value) -> Bool {
    paths.contains { path in ancestor.paths.contains { PathText.isUnder(path, $0) } }
  }

  private var paths: [String] {
    switch self {
    case .path(let path): [path]
    case .paths(let paths): paths
    default: []
    }
  }
}

extension Order {
  /// Whether two integers, or two points in time, stand in this order.
  package func holds(_ left: Value, _ right: Value) -> Bool {
    switch (left, right) {
    case (.int(let left), .int(let right)): self == .less ? left < right : left <= right
    case (.time(let left), .time(let right)): self == .less ? left < right : left <= right
    default: false
    }
  }
}
