internal import CPolicyEngine

/// Why a call from another language cannot do its work.
struct Failure: Error {
  let status: pol_status
  /// One phrase for people.
  let message: String

  init(_ status: Int, _ message: String) {
    self.status = pol_status(truncatingIfNeeded: status)
    self.message = message
  }

  static func null(_ name: String) -> Failure { Failure(POL_NULL_ARGUMENT, "\(name) is NULL") }
}

/// Writes a failure where the caller wants it.
@inline(never)
func report(_ failure: Failure, _ error: UnsafeMutablePointer<pol_error>?) -> pol_status {
  guard let error = unsafe error else { return failure.status }
  unsafe error.pointee.status = failure.status
  unsafe withUnsafeMutableBytes(of: &error.pointee.message) { room in
    // A NUL of the caller's would end the message: it is shown instead, as U+2400.
    let bytes = failure.message.utf8.flatMap { $0 == 0 ? [0xe2, 0x90, 0x80] : [$0] }
    var count = min(bytes.count, room.count - 1)
    // A character that does not fit is left out whole: its later bytes are 10xxxxxx.
    if count < bytes.count { while count > 0, bytes[count] & 0xc0 == 0x80 { count -= 1 } }
    unsafe room.copyBytes(from: bytes[..<count])
    unsafe room[count] = 0
    unsafe error.pointee.length = UInt32(count)
  }
  return failure.status
}

/// Does the work of a call, and reports why it cannot.
@inline(__always)
func attempt(
  _ place: UnsafeMutablePointer<pol_error>?,
  _ body: () throws(Failure) -> Void
) -> pol_status {
  do throws(Failure) {
    try body()
    return pol_status(POL_OK)
  } catch {
    return unsafe report(error, place)
  }
}
