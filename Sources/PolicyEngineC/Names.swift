public import CPolicyEngine
import PolicyEngine

// The functions of policyengine.h that look names up.

/// Looks a name up in an engine.
private func lookUp<Found>(
  _ engine: OpaquePointer?,
  _ name: UnsafePointer<CChar>?,
  _ length: Int,
  _ find: (LoadedEngine, String) throws(RequestRefusal) -> Found
) throws(Failure) -> Found {
  let loaded = try unsafe EngineHandle.known(engine).pointee.content
  let name = try unsafe text(name, length, "the name")
  do throws(RequestRefusal) {
    return try find(loaded, name)
  } catch {
    throw Failure(POL_UNKNOWN_NAME, error.description)
  }
}

/// Looks an action up.
@c @implementation
public func pol_engine_action(
  _ engine: OpaquePointer?,
  _ name: UnsafePointer<CChar>?,
  _ name_length: Int,
  _ action: UnsafeMutablePointer<pol_action>?,
  _ error: UnsafeMutablePointer<pol_error>?
) -> pol_status {
  unsafe action?.pointee = pol_action()
  return unsafe attempt(error) { () throws(Failure) in
    guard let action = unsafe action else { throw .null("the place for the action") }
    let found = try unsafe lookUp(engine, name, name_length) {
      (loaded, name) throws(RequestRefusal) in
      try loaded.engine.action(name)
    }
    unsafe action.pointee.private_ = found.numbers
  }
}

/// Looks an attribute up.
@c @implementation
public func pol_engine_attribute(
  _ engine: OpaquePointer?,
  _ path: UnsafePointer<CChar>?,
  _ path_length: Int,
  _ attribute: UnsafeMutablePointer<pol_attribute>?,
  _ error: UnsafeMutablePointer<pol_error>?
) -> pol_status {
  unsafe attribute?.pointee = pol_attribute()
  return unsafe attempt(error) { () throws(Failure) in
    guard let attribute = unsafe attribute else { throw .null("the place for the attribute") }
    let found = try unsafe lookUp(engine, path, path_length) {
      (loaded, path) throws(RequestRefusal) in
      try loaded.engine.attribute(path)
    }
    unsafe attribute.pointee.private_ = found.numbers(type: UInt32(number(of: found.type)))
  }
}

/// Looks a unit up.
@c @implementation
public func pol_engine_unit(
  _ engine: OpaquePointer?,
  _ path: UnsafePointer<CChar>?,
  _ path_length: Int,
  _ unit: UnsafeMutablePointer<pol_unit>?,
  _ error: UnsafeMutablePointer<pol_error>?
) -> pol_status {
  unsafe unit?.pointee = pol_unit()
  return unsafe attempt(error) { () throws(Failure) in
    guard let unit = unsafe unit else { throw .null("the place for the unit") }
    let found = try unsafe lookUp(engine, path, path_length) {
      (loaded, path) throws(RequestRefusal) in
      try loaded.engine.unit(path)
    }
    unsafe unit.pointee.private_ = found.numbers
  }
}

/// Whether there is a policy of that name.
@c @implementation
public func pol_engine_policy(
  _ engine: OpaquePointer?,
  _ name: UnsafePointer<CChar>?,
  _ name_length: Int,
  _ error: UnsafeMutablePointer<pol_error>?
) -> pol_status {
  unsafe attempt(error) { () throws(Failure) in
    _ = try unsafe lookUp(engine, name, name_length) { (loaded, name) throws(RequestRefusal) in
      try loaded.engine.policy(name)
    }
  }
}

/// In no unit.
@c @implementation
public func pol_unit_outside() -> pol_unit {
  pol_unit(private_: PolicyEngine.Unit.outside.numbers)
}

/// The header's number of an attribute's type.
@c @implementation
public func pol_attribute_type(_ attribute: pol_attribute) -> pol_type {
  pol_type(truncatingIfNeeded: attribute.private_.1 >> 32)
}

/// The number that the header gives to a type.
private func number(of type: AttributeType) -> Int {
  switch type {
  case .bool: POL_TYPE_BOOL
  case .int: POL_TYPE_INT
  case .string: POL_TYPE_STRING
  case .ip: POL_TYPE_IP
  case .time: POL_TYPE_TIME
  case .path: POL_TYPE_PATH
  case .principal: POL_TYPE_PRINCIPAL
  case .strings: POL_TYPE_STRINGS
  case .paths: POL_TYPE_PATHS
  case .principals: POL_TYPE_PRINCIPALS
  case .oneOf: POL_TYPE_ONE_OF
  }
}
