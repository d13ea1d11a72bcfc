public import CPolicyEngine
import PolicyEngine

// The functions of policyengine.h that go from actions to positions and names.

extension LoadedEngine {
  /// The action that a caller holds.
  ///
  /// - Throws: It is none of this engine's catalogue.
  func action(_ action: pol_action) throws(Failure) -> PolicyEngine.Action {
    guard let found = engine.action(action.private_) else {
      throw Failure(POL_OTHER_ENGINE, "the action is none of this engine's catalogue")
    }
    return found
  }
}

/// How many actions there are; 0 for what is no engine.
@c @implementation
public func pol_engine_action_count(_ engine: OpaquePointer?) -> Int {
  unsafe EngineHandle.find(engine)?.pointee.content.engine.actionCount ?? 0
}

/// The action at a position of the catalogue.
@c @implementation
public func pol_engine_action_at(
  _ engine: OpaquePointer?,
  _ position: Int,
  _ action: UnsafeMutablePointer<pol_action>?,
  _ error: UnsafeMutablePointer<pol_error>?
) -> pol_status {
  unsafe action?.pointee = pol_action()
  return unsafe attempt(error) { () throws(Failure) in
    guard let action = unsafe action else { throw .null("the place for the action") }
    let loaded = try unsafe EngineHandle.known(engine).pointee.content
    let count = loaded.engine.actionCount
    guard position >= 0, position < count else {
      throw Failure(
        POL_INVALID_VALUE,
        "there is no action \(UInt(bitPattern: position)): the catalogue has \(count)"
      )
    }
    unsafe action.pointee.private_ = loaded.engine.action(at: UInt32(position)).numbers
  }
}

/// The position of an action in the catalogue.
@c @implementation
public func pol_engine_action_position(
  _ engine: OpaquePointer?,
  _ action: pol_action,
  _ position: UnsafeMutablePointer<Int>?,
  _ error: UnsafeMutablePointer<pol_error>?
) -> pol_status {
  unsafe position?.pointee = 0
  return unsafe attempt(error) { () throws(Failure) in
    guard let position = unsafe position else { throw .null("the place for the position") }
    let loaded = try unsafe EngineHandle.known(engine).pointee.content
    unsafe position.pointee = loaded.engine.catalogueIndex(of: try loaded.action(action))
  }
}

/// Writes the name of an action with a NUL, and its length without.
@c @implementation
public func pol_engine_action_name(
  _ engine: OpaquePointer?,
  _ action: pol_action,
  _ name: UnsafeMutablePointer<CChar>?,
  _ capacity: Int,
  _ name_length: UnsafeMutablePointer<Int>?,
  _ error: UnsafeMutablePointer<pol_error>?
) -> pol_status {
  unsafe name_length?.pointee = 0
  if capacity > 0 { unsafe name?.pointee = 0 }
  return unsafe attempt(error) { () throws(Failure) in
    let loaded = try unsafe EngineHandle.known(engine).pointee.content
    let found = loaded.engine.name(of: try loaded.action(action))
    unsafe name_length?.pointee = found.utf8.count
    guard capacity > found.utf8.count else {
      throw Failure(POL_TOO_SMALL, "the name takes \(found.utf8.count) bytes and a NUL")
    }
    guard let name = unsafe name else { throw .null("the place for the name") }
    unsafe write(found, to: name)
  }
}
