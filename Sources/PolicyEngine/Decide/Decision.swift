extension PolicyEngine {
  /// The answer to a request.
  @frozen public struct Decision: Hashable, Sendable {
    /// What is answered.
    @frozen public enum Effect: UInt8, Hashable, Sendable {
      /// The action may be done.
      case allow = 0
      /// The action may not be done.
      case deny = 1
    }

    /// What the answer rests on.
    @frozen public enum Basis: UInt8, Hashable, Sendable {
      /// Rules applied.
      case rule = 0
      /// None did, and what is not allowed is denied.
      case byDefault = 1
    }

    /// What is answered.
    public let effect: Effect
    /// What the answer rests on.
    public let basis: Basis

    /// An answer.
    @inlinable public init(effect: Effect, basis: Basis) {
      self.effect = effect
      self.basis = basis
    }

    /// The answer for the best cell: 0 nothing, 1 allow, 2 deny.
    @inlinable init(cell: UInt32) {
      effect = cell == 1 ? .allow : .deny
      basis = cell == 0 ? .byDefault : .rule
    }

    /// Whether the action may be done.
    @inlinable public var isAllowed: Bool { effect == .allow }
  }
}
