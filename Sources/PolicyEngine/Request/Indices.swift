/// A position in one particular table, not to be mixed with positions in others.
package protocol TypedIndex: Hashable, Comparable, Sendable {
  init(_ position: Int)
  var position: Int { get }
}

extension TypedIndex {
  package static func < (left: Self, right: Self) -> Bool { left.position < right.position }
}

/// The position of a service in the catalogue.
package struct ServiceIndex: TypedIndex {
  private let raw: UInt32
  package init(_ position: Int) { raw = UInt32(position) }
  package var position: Int { Int(raw) }
}

/// The position of an action; those of one service, and of one action group, are contiguous.
package struct ActionIndex: TypedIndex {
  private let raw: UInt32
  package init(_ position: Int) { raw = UInt32(position) }
  package var position: Int { Int(raw) }
}

/// The position of a declared attribute.
package struct AttributeIndex: TypedIndex {
  private let raw: UInt32
  package init(_ position: Int) { raw = UInt32(position) }
  package var position: Int { Int(raw) }
}

/// The position of a policy.
package struct PolicyIndex: TypedIndex {
  private let raw: UInt32
  package init(_ position: Int) { raw = UInt32(position) }
  package var position: Int { Int(raw) }
}

/// The position of a rule; those that one policy declares are contiguous.
package struct RuleIndex: TypedIndex {
  private let raw: UInt32
  package init(_ position: Int) { raw = UInt32(position) }
  package var position: Int { Int(raw) }
}

/// The position of a group of principals.
package struct GroupIndex: TypedIndex {
  private let raw: UInt32
  package init(_ position: Int) { raw = UInt32(position) }
  package var position: Int { Int(raw) }
}

/// The position of an organisational unit in preorder: a subtree is contiguous.
package struct UnitIndex: TypedIndex {
  private let raw: UInt32
  package init(_ position: Int) { raw = UInt32(position) }
  package var position: Int { Int(raw) }
}

/// The position of an assignment.
package struct AssignmentIndex: TypedIndex {
  private let raw: UInt32
  package init(_ position: Int) { raw = UInt32(position) }
  package var position: Int { Int(raw) }
}

/// An array that only its own index type can subscript.
package struct Table<Index: TypedIndex, Element: Sendable>: Sendable {
  package private(set) var elements: [Element]

  package init(_ elements: [Element] = []) {
    self.elements = elements
  }

  package subscript(index: Index) -> Element {
    get { elements[index.position] }
    set { elements[index.position] = newValue }
  }

  package var count: Int { elements.count }
  package var isEmpty: Bool { elements.isEmpty }

  /// - Complexity: O(elements).
  package var indices: [Index] {
    // Not `map`, which takes three times as long where the type of the index is not known.
    var result: [Index] = []
    result.reserveCapacity(elements.count)
    for position in elements.indices { result.append(Index(position)) }
    return result
  }

  /// Adds an element and says where it is.
  package mutating func append(_ element: Element) -> Index {
    elements.append(element)
    return Index(elements.count - 1)
  }
}
