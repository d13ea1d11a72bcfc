public import CPolicyEngine
import PolicyEngine

// The functions of policyengine.h that set attributes.

extension HeldRequest {
  /// The attribute that a caller holds.
  private func attribute(_ attribute: pol_attribute) throws(Failure) -> PolicyEngine.Attribute {
    guard let position = loaded.engine.attributePosition(attribute.private_),
      position < loaded.attributes.count
    else {
      throw Failure(POL_OTHER_ENGINE, "the attribute is none of this engine's catalogue")
    }
    return loaded.attributes[position]
  }

  mutating func set(_ name: pol_attribute, to value: Value) throws(Failure) {
    let attribute = try attribute(name)
    do throws(RequestRefusal) {
      try request.set(attribute, to: value)
    } catch {
      throw Failure(POL_REFUSED, error.description)
    }
  }

  mutating func set(_ name: pol_attribute, _ value: RawValue) throws(Failure) {
    let attribute = try attribute(name)
    do throws(RequestRefusal) {
      try request.set(attribute, value)
    } catch {
      throw Failure(POL_REFUSED, error.description)
    }
  }
}

/// Sets an attribute of type Bool.
@c @implementation
public func pol_request_set_bool(
  _ request: OpaquePointer?,
  _ attribute: pol_attribute,
  _ value: Bool,
  _ error: UnsafeMutablePointer<pol_error>?
) -> pol_status {
  unsafe attempt(error) { () throws(Failure) in
    try unsafe RequestHandle.known(request).pointee.content.set(attribute, to: .bool(value))
  }
}

/// Sets an attribute of type Int.
@c @implementation
public func pol_request_set_int(
  _ request: OpaquePointer?,
  _ attribute: pol_attribute,
  _ value: Int64,
  _ error: UnsafeMutablePointer<pol_error>?
) -> pol_status {
  unsafe attempt(error) { () throws(Failure) in
    try unsafe RequestHandle.known(request).pointee.content.set(attribute, to: .int(value))
  }
}

/// Sets an attribute whose values are written as text.
@c @implementation
public func pol_request_set_text(
  _ request: OpaquePointer?,
  _ attribute: pol_attribute,
  _ text: UnsafePointer<CChar>?,
  _ text_length: Int,
  _ error: UnsafeMutablePointer<pol_error>?
) -> pol_status {
  unsafe attempt(error) { () throws(Failure) in
    let place = try unsafe RequestHandle.known(request)
    let value = try unsafe PolicyEngineC.text(text, text_length, "the text")
    try unsafe place.pointee.content.set(attribute, RawValue.string(value))
  }
}

/// Sets an attribute of type Time.
@c @implementation
public func pol_request_set_time(
  _ request: OpaquePointer?,
  _ attribute: pol_attribute,
  _ seconds: Int64,
  _ nanoseconds: UInt32,
  _ error: UnsafeMutablePointer<pol_error>?
) -> pol_status {
  unsafe attempt(error) { () throws(Failure) in
    guard nanoseconds < 1_000_000_000 else {
      throw Failure(POL_INVALID_VALUE, "\(nanoseconds) nanoseconds are more than a second")
    }
    let instant = Instant(seconds: seconds, nanoseconds: nanoseconds)
    try unsafe RequestHandle.known(request).pointee.content.set(attribute, to: .time(instant))
  }
}

/// Sets an attribute of type IP.
@c @implementation
public func pol_request_set_ip(
  _ request: OpaquePointer?,
  _ attribute: pol_attribute,
  _ address: UnsafePointer<UInt8>?,
  _ byte_count: Int,
  _ error: UnsafeMutablePointer<pol_error>?
) -> pol_status {
  unsafe attempt(error) { () throws(Failure) in
    guard byte_count == 4 || byte_count == 16 else {
      let count = UInt(bitPattern: byte_count)
      throw Failure(POL_INVALID_VALUE, "an address has 4 or 16 bytes, and not \(count)")
    }
    let bytes = try unsafe elements(address, byte_count, "the address")
    func number(_ range: Range<Int>) -> UInt64 {
      range.reduce(0) { unsafe $0 << 8 | UInt64(bytes[$1]) }
    }
    let address =
      byte_count == 4
      ? IPAddress(version4: UInt32(number(0..<4)))
      : IPAddress(high: number(0..<8), low: number(8..<16))
    try unsafe RequestHandle.known(request).pointee.content.set(attribute, to: .ip(address))
  }
}

/// Sets an attribute of type Principal.
@c @implementation
public func pol_request_set_principal(
  _ request: OpaquePointer?,
  _ attribute: pol_attribute,
  _ kind: pol_kind,
  _ id: UnsafePointer<CChar>?,
  _ id_length: Int,
  _ error: UnsafeMutablePointer<pol_error>?
) -> pol_status {
  unsafe attempt(error) { () throws(Failure) in
    let id = try unsafe text(id, id_length, "the id")
    let kind: PrincipalKind =
      switch Int(kind) {
      case POL_USER: .user
      case POL_SERVICE_ACCOUNT: .serviceAccount
      default: throw Failure(POL_INVALID_VALUE, "\(kind) is no kind of principal that has an id")
      }
    let value = Value.principal(PrincipalID(kind: kind, id: id))
    try unsafe RequestHandle.known(request).pointee.content.set(attribute, to: value)
  }
}

/// Sets an attribute whose type is a set.
@c @implementation
public func pol_request_set_texts(
  _ request: OpaquePointer?,
  _ attribute: pol_attribute,
  _ texts: UnsafePointer<pol_text>?,
  _ text_count: Int,
  _ error: UnsafeMutablePointer<pol_error>?
) -> pol_status {
  unsafe attempt(error) { () throws(Failure) in
    let place = try unsafe RequestHandle.known(request)
    let elements = try unsafe PolicyEngineC.texts(texts, text_count, "the texts")
    try unsafe place.pointee.content.set(attribute, RawValue.array(elements.map { .string($0) }))
  }
}
