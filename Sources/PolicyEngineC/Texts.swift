internal import CPolicyEngine

/// A text by pointer and length, nil for a NULL pointer; messages call it by a name.
///
/// - Complexity: O(length).
/// - Throws: The length cannot be one, or the bytes are not UTF-8.
func optionalText(
  _ bytes: UnsafePointer<CChar>?,
  _ length: Int,
  _ name: String
) throws(Failure) -> String? {
  guard let bytes = unsafe bytes else {
    guard length <= 0, length >= -1 else {
      throw Failure(POL_NULL_ARGUMENT, "\(name) is NULL, and its length is \(length)")
    }
    return nil
  }
  guard length >= -1 else {
    throw Failure(
      POL_INVALID_TEXT,
      "the length of \(name) is \(UInt(bitPattern: length)), which no memory has"
    )
  }
  var count = length
  if length == -1 {
    count = 0
    while unsafe bytes[count] != 0 { count += 1 }
  }
  let raw = unsafe UnsafeRawBufferPointer(start: bytes, count: count)
  guard let text = unsafe String(validating: raw, as: UTF8.self) else {
    throw Failure(POL_INVALID_TEXT, "\(name) is not UTF-8")
  }
  return text
}

/// A text by pointer and length.
///
/// - Throws: As `optionalText`, or there is none.
func text(
  _ bytes: UnsafePointer<CChar>?,
  _ length: Int,
  _ name: String
) throws(Failure) -> String {
  guard let text = try unsafe optionalText(bytes, length, name) else { throw .null(name) }
  return text
}

/// The texts of an array.
///
/// - Throws: The count cannot be one, or a text is none.
func texts(
  _ first: UnsafePointer<pol_text>?,
  _ count: Int,
  _ name: String
) throws(Failure) -> [String] {
  let elements = try unsafe elements(first, count, name)
  var found: [String] = []
  for index in elements.indices {
    let element = unsafe elements[index]
    found.append(try unsafe text(element.bytes, element.length, "element \(index) of \(name)"))
  }
  return found
}

/// The elements of an array.
///
/// - Throws: The count cannot be one, or there are elements at NULL.
func elements<Element>(
  _ first: UnsafePointer<Element>?,
  _ count: Int,
  _ name: String
) throws(Failure) -> UnsafeBufferPointer<Element> {
  let most = Int.max / max(1, MemoryLayout<Element>.stride)
  guard count >= 0, count <= most else {
    throw Failure(
      POL_INVALID_VALUE,
      "the number of \(name) is \(UInt(bitPattern: count)), which no memory has"
    )
  }
  guard unsafe first != nil || count == 0 else { throw .null(name) }
  return unsafe UnsafeBufferPointer(start: first, count: count)
}

/// Writes a text with a NUL after it; there is room.
func write(_ text: String, to place: UnsafeMutablePointer<CChar>) {
  var count = 0
  for byte in text.utf8 {
    unsafe place[count] = CChar(bitPattern: byte)
    count += 1
  }
  unsafe place[count] = 0
}
