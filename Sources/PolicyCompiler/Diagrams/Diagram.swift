/// A function from the classes of variables to three values, as a node of a `DiagramStore`.
///
/// Two functions of one store are the same exactly when their diagrams are equal. The three values
/// are those of Kleene's logic for conditions, and nothing, allow and deny for cells.
package struct Diagram: Hashable, Comparable, Sendable {
  let raw: UInt32

  init(raw: UInt32) { self.raw = raw }

  /// The constant with the given value, 0 to 2.
  init(constant: UInt32) { raw = constant }

  package static let no = Diagram(raw: 0)
  package static let unknown = Diagram(raw: 1)
  package static let yes = Diagram(raw: 2)

  package static let nothing = no
  package static let allow = unknown
  package static let deny = yes

  /// The value, if it is the same for all classes.
  package var constant: UInt8? { raw < 3 ? UInt8(raw) : nil }

  package var isConstant: Bool { raw < 3 }

  /// By age: a diagram is younger than all those that it consists of.
  package static func < (left: Diagram, right: Diagram) -> Bool { left.raw < right.raw }
}

/// A function of two of the three values, applied leaf by leaf.
package struct Operation: Hashable, Sendable {
  /// Two bits for each pair of values, the pair (left, right) at `(left * 3 + right) * 2`.
  let table: UInt32

  package init(_ result: (UInt8, UInt8) -> UInt8) {
    var table: UInt32 = 0
    for left in UInt8(0)..<3 {
      for right in UInt8(0)..<3 {
        table |= UInt32(result(left, right)) << UInt32((left * 3 + right) * 2)
      }
    }
    self.table = table
  }

  func callAsFunction(_ left: UInt32, _ right: UInt32) -> UInt32 {
    table >> ((left * 3 + right) * 2) & 3
  }

  var isCommutative: Bool {
    self(0, 1) == self(1, 0) && self(0, 2) == self(2, 0) && self(1, 2) == self(2, 1)
  }

  /// Kleene's `and`: the minimum.
  package static let and = Operation { min($0, $1) }
  /// Kleene's `or`, and the union of cells (deny over allow over nothing): the maximum.
  package static let or = Operation { max($0, $1) }
  /// What a policy decides (right) when its activation is as it is (left): only a deny counts
  /// when it is unknown.
  package static let activate = Operation { activation, cell in
    switch activation {
    case 2: cell
    case 1: cell == 2 ? 2 : 0
    default: 0
    }
  }
}

/// A function of one of the three values, applied leaf by leaf.
package struct Mapping: Hashable, Sendable {
  /// Two bits for each value.
  let table: UInt32

  package init(no: UInt8, unknown: UInt8, yes: UInt8) {
    table = UInt32(no) | UInt32(unknown) << 2 | UInt32(yes) << 4
  }

  func callAsFunction(_ value: UInt32) -> UInt32 { table >> (value * 2) & 3 }

  static let identity = Mapping(no: 0, unknown: 1, yes: 2)
  /// Kleene's `not`.
  package static let not = Mapping(no: 2, unknown: 1, yes: 0)
  /// What an allow contributes to its cell: it applies only when its force is true.
  package static let allowing = Mapping(no: 0, unknown: 0, yes: 1)
  /// What a deny contributes to its cell: it applies unless its force is false.
  package static let denying = Mapping(no: 0, unknown: 2, yes: 2)
}
