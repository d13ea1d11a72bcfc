// JSON and values as texts, appended to bytes that somebody keeps: no memory is taken but theirs.

extension [UInt8] {
  /// Appends a text that is JSON as it stands.
  mutating func append(plain text: StaticString) {
    unsafe append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    )
  }

  /// Appends a text as a JSON string (RFC 8259, section 7).
  ///
  /// - Complexity: O(length).
  mutating func append(quoted text: String) {
    append(UInt8(ascii: "\""))
    let isWritten: Void? = unsafe text.utf8.withContiguousStorageIfAvailable {
      unsafe append(escaping: $0)
    }
    if isWritten == nil { for byte in text.utf8 { append(escaped: byte) } }
    append(UInt8(ascii: "\""))
  }

  /// Appends a text of compiled policies as a JSON string; nothing for none.
  ///
  /// What is not UTF-8 in it is repaired, as it is for `Tables.text`: files may come from anyone.
  /// - Complexity: O(length).
  mutating func append(quoted text: TextRef, of tables: Tables) {
    append(UInt8(ascii: "\""))
    if text.offset != ArtifactFormat.none {
      // No closure, which would take memory where nothing is optimised.
      let start = unsafe tables.text.base + Int(text.offset)
      unsafe append(repaired: UnsafeBufferPointer(start: start, count: Int(text.length)))
    }
    append(UInt8(ascii: "\""))
  }

  /// Appends what a JSON string has between its quotes, of bytes that need not be UTF-8.
  mutating func append(repaired bytes: UnsafeBufferPointer<UInt8>) {
    guard unsafe bytes.contains(where: { $0 >= 0x80 }) else {
      return unsafe append(escaping: bytes)
    }
    var parser = Unicode.UTF8.ForwardParser()
    var rest = unsafe bytes.makeIterator()
    while true {
      switch unsafe parser.parseScalar(from: &rest) {
      case .valid(let scalar): for byte in scalar { append(escaped: byte) }
      case .error: append(plain: "\u{FFFD}")
      case .emptyInput: return
      }
    }
  }

  /// Appends runs of bytes that need no escape as they are.
  private mutating func append(escaping bytes: UnsafeBufferPointer<UInt8>) {
    var start = 0
    for index in bytes.indices {
      let byte = unsafe bytes[index]
      guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
        continue
      }
      unsafe append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<index]))
      append(escaped: byte)
      start = index + 1
    }
    unsafe append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start...]))
  }

  private mutating func append(escaped byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      append(UInt8(ascii: "\\"))
      append(byte)
    case 0..<0x20:
      append(plain: "\\u00")
      append(hexadecimal: UInt64(byte), digits: 2)
    default: append(byte)
    }
  }

  /// Appends a number in decimal digits, at least so many.
  mutating func append(decimal number: Int64, digits: Int = 1) {
    if number < 0 { append(UInt8(ascii: "-")) }
    let magnitude = number.magnitude
    var unit: UInt64 = 1
    var count = 1
    while count < digits || magnitude / unit >= 10 {
      unit *= 10
      count += 1
    }
    while unit > 0 {
      append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: magnitude / unit % 10))
      unit /= 10
    }
  }

  /// Appends a number in hexadecimal digits, at least so many, up to 16.
  mutating func append(hexadecimal number: UInt64, digits: Int = 1) {
    var count = digits
    while count < 16, number >> UInt64(4 * count) != 0 { count += 1 }
    while count > 0 {
      count -= 1
      let digit = UInt8(truncatingIfNeeded: number >> UInt64(4 * count)) & 15
      append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }

  /// Appends a value in the form in which requests say it; it has to have one.
  ///
  /// - Complexity: O(length).
  mutating func append(_ value: Value) {
    switch value {
    case .bool(let flag): flag ? append(plain: "true") : append(plain: "false")
    case .int(let number): append(decimal: number)
    case .string(let text), .path(let text): append(quoted: text)
    case .ip(let address):
      append(UInt8(ascii: "\""))
      address.write(to: &self)
      append(UInt8(ascii: "\""))
    case .time(let instant): append(quoted: instant)
    case .principal(let id): append(id)
    case .strings(let texts), .paths(let texts):
      append(texts) { $0.append(quoted: $1) }
    case .principals(let ids): append(ids) { $0.append($1) }
    }
  }

  mutating func append(quoted instant: Instant) {
    append(UInt8(ascii: "\""))
    instant.write(to: &self)
    append(UInt8(ascii: "\""))
  }

  private mutating func append(_ id: PrincipalID) {
    append(
      plain: id.kind == .user
        ? "{\"type\":\"user\",\"id\":" : "{\"type\":\"service-account\",\"id\":"
    )
    append(quoted: id.id)
    append(UInt8(ascii: "}"))
  }

  private mutating func append<Item>(
    _ elements: [Item],
    _ body: (inout [UInt8], Item) -> Void
  ) {
    append(UInt8(ascii: "["))
    for index in elements.indices {
      if index > 0 { append(UInt8(ascii: ",")) }
      body(&self, elements[index])
    }
    append(UInt8(ascii: "]"))
  }
}

extension Value {
  /// Whether requests can say the value: years are 0000 to 9999, and principals users or service
  /// accounts.
  var isSayable: Bool {
    switch self {
    case .time(let instant): instant.hasText
    case .principal(let id): id.kind != .anonymous
    case .principals(let ids): ids.allSatisfy { $0.kind != .anonymous }
    default: true
    }
  }
}
