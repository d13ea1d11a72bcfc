import PolicyEngine

/// To whom a policy is granted, by positions.
enum GrantTarget: Hashable, Sendable {
  case everyone
  case anonymous
  case principal(PrincipalID)
  case group(GroupIndex)
}

/// What is granted to someone, by positions.
struct ResolvedGrant: Hashable, Sendable {
  let policy: PolicyIndex
  /// Nil for everywhere.
  let unit: UnitIndex?
  /// The assignment whose condition it is; nil for none.
  let condition: AssignmentIndex?

  private var order: (Int, Int, Int) {
    (policy.position, unit?.position ?? -1, condition?.position ?? -1)
  }
}

extension ResolvedGrant: Comparable {
  static func < (left: ResolvedGrant, right: ResolvedGrant) -> Bool { left.order < right.order }
}

extension [ResolvedGrant] {
  /// Where a grant is in these, which ascend, or would be.
  ///
  /// - Complexity: O(log n).
  func place(of grant: ResolvedGrant) -> (index: Int, isThere: Bool) {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < grant { low = middle + 1 } else { high = middle }
    }
    return (low, low < count && self[low] == grant)
  }
}
