extension PolicyEngine {
  /// The answer to a request: one byte.
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

    /// The best cell: 0 nothing, 1 allow, 2 deny.
    @usableFromInline let cell: UInt8

    /// A decision of that effect.
    ///
    /// The basis means something for denies only: whatever is allowed, a rule allows.
    public init(effect: Effect, basis: Basis) {
      cell = effect == .allow ? 1 : basis == .rule ? 2 : 0
    }

    /// The answer for the best cell: 0 nothing, 1 allow, 2 deny.
    @inlinable @inline(__always) init(cell: UInt32) {
      self.cell = UInt8(truncatingIfNeeded: cell)
    }

    /// Whether the action may be done.
    @inlinable public var isAllowed: Bool { cell == 1 }

    /// What is answered.
    @inlinable public var effect: Effect { cell == 1 ? .allow : .deny }

    /// What the answer rests on.
    @inlinable public var basis: Basis { cell == 0 ? .byDefault : .rule }
  }
}

extension PolicyEngine.Decision: CustomStringConvertible {
  /// `allow`, `deny`, or `deny by default`.
  public var description: String {
    switch cell {
    case 1: "allow"
    case 2: "deny"
    default: "deny by default"
    }
  }
}
