public import CPolicyEngine
package import PolicyEngine

// The functions of policyengine.h that make and change requests, but for attributes.

/// Makes a request that says nothing of the resource and the context yet.
@c @implementation
public func pol_request_new(
  _ subject: OpaquePointer?,
  _ action: pol_action,
  _ request: UnsafeMutablePointer<OpaquePointer?>?,
  _ error: UnsafeMutablePointer<pol_error>?
) -> pol_status {
  unsafe request?.pointee = nil
  return unsafe attempt(error) { () throws(Failure) in
    guard let request = unsafe request else { throw .null("the place for the request") }
    let held = try unsafe SubjectHandle.known(subject).pointee.content
    let made = held.loaded.engine.request(held.subject, try held.loaded.action(action))
    unsafe request.pointee = RequestHandle.give(HeldRequest(request: made, loaded: held.loaded))
  }
}

/// A handle of a request that Swift prepared: for measuring the same requests both ways.
package func giveRequest(_ request: PolicyEngine.Request) -> OpaquePointer {
  unsafe RequestHandle.give(
    HeldRequest(request: request, loaded: LoadedEngine(request.subject.engine))
  )
}

/// Frees the handle of a request.
@c @implementation
public func pol_request_free(_ request: OpaquePointer?) -> pol_status {
  unsafe RequestHandle.free(request)?.status ?? pol_status(POL_OK)
}

/// Forgets all that was set but the action.
@c @implementation
public func pol_request_reset(
  _ request: OpaquePointer?,
  _ error: UnsafeMutablePointer<pol_error>?
) -> pol_status {
  unsafe attempt(error) { () throws(Failure) in
    try unsafe RequestHandle.known(request).pointee.content.request.reset()
  }
}

/// Asks for another action.
@c @implementation
public func pol_request_set_action(
  _ request: OpaquePointer?,
  _ action: pol_action,
  _ error: UnsafeMutablePointer<pol_error>?
) -> pol_status {
  unsafe attempt(error) { () throws(Failure) in
    let place = try unsafe RequestHandle.known(request)
    let found = try unsafe place.pointee.content.loaded.action(action)
    unsafe place.pointee.content.request.action = found
  }
}

/// Says where the resource belongs.
@c @implementation
public func pol_request_set_unit(
  _ request: OpaquePointer?,
  _ unit: pol_unit,
  _ error: UnsafeMutablePointer<pol_error>?
) -> pol_status {
  unsafe attempt(error) { () throws(Failure) in
    let place = try unsafe RequestHandle.known(request)
    let found = try unsafe place.pointee.content.loaded.unit(unit)
    unsafe place.pointee.content.request.unit = found
  }
}

extension LoadedEngine {
  /// The unit that a caller holds.
  ///
  /// - Throws: It was not looked up in this engine.
  func unit(_ unit: pol_unit) throws(Failure) -> PolicyEngine.Unit {
    guard let found = engine.unit(unit.private_) else {
      throw Failure(POL_OTHER_ENGINE, "the unit was not looked up in this engine")
    }
    return found
  }
}

/// Says which resource it is.
@c @implementation
public func pol_request_set_resource_id(
  _ request: OpaquePointer?,
  _ id: UnsafePointer<CChar>?,
  _ id_length: Int,
  _ error: UnsafeMutablePointer<pol_error>?
) -> pol_status {
  unsafe attempt(error) { () throws(Failure) in
    let place = try unsafe RequestHandle.known(request)
    let id = try unsafe text(id, id_length, "the resource's id")
    unsafe place.pointee.content.request.setResourceID(id)
  }
}
