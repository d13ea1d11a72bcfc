package import PolicyEngine

extension Variable {
  /// The class of a principal that is there; nil for a variable that does not classify principals.
  ///
  /// - Complexity: O(principals that are compared with).
  package func principalClass(_ id: PrincipalID) -> UInt32? {
    guard case .principal(let constants, let other) = classifier else { return nil }
    return constants.first { $0.id == id }?.number ?? other
  }
}
