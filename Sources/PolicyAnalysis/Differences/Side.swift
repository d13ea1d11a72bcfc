/// One of the two policy sets that are compared.
package enum Side: CaseIterable, Hashable, Sendable {
  case old, new

  package var other: Side { self == .old ? .new : .old }
}

/// Something for each of the two sides.
package struct SidePair<Value> {
  package var old: Value
  package var new: Value

  package init(_ old: Value, _ new: Value) {
    self.old = old
    self.new = new
  }

  package subscript(side: Side) -> Value {
    get { side == .old ? old : new }
    set { if side == .old { old = newValue } else { new = newValue } }
  }
}

extension SidePair: Sendable where Value: Sendable {}
extension SidePair: Equatable where Value: Equatable {}
extension SidePair: Hashable where Value: Hashable {}
