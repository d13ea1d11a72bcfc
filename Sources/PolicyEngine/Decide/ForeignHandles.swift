// Handles as the numbers that other languages hold. What comes back may be anything, so that each
// number is compared with what the engine would have given.

extension PolicyEngine.Action {
  /// What another language holds of it.
  package var numbers: (UInt64, UInt64) { (bits, ~bits) }
}

extension PolicyEngine.Attribute {
  /// What another language holds of it: the type as a number of that language's.
  package func numbers(type: UInt32) -> (UInt64, UInt64) {
    (catalogue, UInt64(type) << 32 | UInt64(index))
  }
}

extension PolicyEngine.Unit {
  /// What another language holds of it: zeros for an unknown one.
  package var numbers: (UInt64, UInt64) { (home, UInt64(~code)) }
}

extension PolicyEngine {
  /// How many actions the catalogue has.
  package var actionCount: Int { tables.actions.count }

  /// How many attributes the catalogue declares.
  package var attributeCount: Int { tables.attributes.count }

  /// The attribute at a position of the catalogue.
  ///
  /// - Complexity: O(words of a one-of type).
  package func attribute(at index: Int) -> Attribute? {
    attribute(UInt32(index)).map {
      Attribute(catalogue: tables.catalogueIdentity, index: UInt32(index), type: $0.type)
    }
  }

  /// The action that another language holds; nil where it is none of this engine's catalogue.
  package func action(_ numbers: (UInt64, UInt64)) -> Action? {
    let action = Action(
      position: UInt32(truncatingIfNeeded: numbers.0),
      catalogue: numbers.0
    )
    guard numbers.0 == ~numbers.1, isHome(of: action) else { return nil }
    // The places behind the last action of a service are no action's.
    let index = unsafe shortcuts.wordActions[Int(action.position >> 6)] + (action.position & 63)
    guard Int(index) < tables.actions.count, self.action(at: index) == action else { return nil }
    return action
  }

  /// The position of an action in the catalogue, from 0.
  package func catalogueIndex(of action: Action) -> Int { Int(index(of: action)) }

  /// The position of the attribute that another language holds; nil where it is none of this
  /// engine's catalogue.
  package func attributePosition(_ numbers: (UInt64, UInt64)) -> Int? {
    let index = Int(UInt32(truncatingIfNeeded: numbers.1))
    guard numbers.0 == tables.catalogueIdentity, index < tables.attributes.count else { return nil }
    return index
  }

  /// The unit that another language holds; nil where this engine did not look it up.
  package func unit(_ numbers: (UInt64, UInt64)) -> Unit? {
    guard numbers.1 <= UInt64(UInt32.max) else { return nil }
    let code = ~UInt32(truncatingIfNeeded: numbers.1)
    if numbers.0 == 0 {
      return code >= UnitCode.outside ? Unit(code: code) : nil
    }
    guard numbers.0 == home.serial, Int(code) < tables.units.count else { return nil }
    return Unit(code: code, home: home.serial)
  }
}

extension PolicyEngine.Request {
  /// Decides it by the engine of its subject; the action must be one of that engine's.
  @inlinable @inline(__always) package func decided() -> PolicyEngine.Decision { decided(action) }

  /// Decides another action, all else being the same; it must be one of the subject's engine.
  @inlinable @inline(__always)
  package func decided(_ action: PolicyEngine.Action) -> PolicyEngine.Decision {
    let cell = subject.cell(action)
    if cell < 3 { return PolicyEngine.Decision(cell: cell) }
    return unsafe PolicyEngine.decideOpen(subject.cells, action, unit.code, classes)
  }
}
