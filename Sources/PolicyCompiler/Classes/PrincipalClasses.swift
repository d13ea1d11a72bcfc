package import PolicyEngine

extension Variable {
  /// The principals that conditions compare with, in order, each with its class, and the class of
  /// all others; nil for a variable that does not classify principals.
  package var principals: (named: [(id: PrincipalID, number: UInt32)], other: UInt32)? {
    guard case .principal(let constants, let other) = classifier else { return nil }
    return (constants, other)
  }

  /// The class of a principal that is there; nil for a variable that does not classify principals.
  ///
  /// - Complexity: O(log principals that are compared with).
  package func principalClass(_ id: PrincipalID) -> UInt32? {
    guard case .principal(let constants, let other) = classifier else { return nil }
    // They are in order, by kind and then by the bytes of the id.
    var low = 0
    var high = constants.count
    while low < high {
      let middle = (low + high) / 2
      let constant = constants[middle].id
      if constant == id { return constants[middle].number }
      let isBefore =
        constant.kind == id.kind
        ? constant.id.utf8.lexicographicallyPrecedes(id.id.utf8)
        : constant.kind.rawValue < id.kind.rawValue
      if isBefore { low = middle + 1 } else { high = middle }
    }
    return other
  }
}
