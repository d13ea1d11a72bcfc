/// An IP address of version 4 or 6.
///
/// An IPv4-mapped IPv6 address (`::ffff:10.0.0.1`, RFC 4291 section 2.5.5.2) is its IPv4 address,
/// whichever way it was written; the two versions are otherwise never equal and never in each
/// other's blocks.
@frozen public struct IPAddress: Hashable, Sendable {
  /// The first 64 bits of an IPv6 address; 0 for IPv4.
  public let high: UInt64
  /// The last 64 bits of an IPv6 address, or the 32 bits of an IPv4 address.
  public let low: UInt64
  /// Whether this is an IPv4 address.
  public let isVersion4: Bool

  /// The IPv4 address with the given 32 bits, first octet highest.
  public init(version4 bits: UInt32) {
    self.init(high: 0, low: UInt64(bits), isVersion4: true)
  }

  private init(high: UInt64, low: UInt64, isVersion4: Bool) {
    self.high = high
    self.low = low
    self.isVersion4 = isVersion4
  }

  /// The IPv6 address with the given bits, or the IPv4 address that it maps.
  public init(high: UInt64, low: UInt64) {
    if high == 0, low >> 32 == 0xffff {
      self.init(high: 0, low: low & 0xffff_ffff, isVersion4: true)
    } else {
      self.init(high: high, low: low, isVersion4: false)
    }
  }

  /// Reads an address in its usual notation: dotted decimal, or RFC 4291 section 2.2.
  ///
  /// Octets with leading zeros, zone identifiers and blocks are refused.
  /// - Complexity: O(length).
  public init?(_ text: String) {
    self.init(bytes: Array(text.utf8)[...])
  }

  init?(bytes: ArraySlice<UInt8>) {
    if bytes.contains(UInt8(ascii: ":")) {
      guard let (high, low) = IPAddress.version6(bytes) else { return nil }
      self.init(high: high, low: low)
    } else {
      guard let bits = IPAddress.version4(bytes) else { return nil }
      self.init(version4: bits)
    }
  }

  private static func version4(_ bytes: ArraySlice<UInt8>) -> UInt32? {
    var bits: UInt32 = 0
    var octets = 0
    for part in bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
      guard octets < 4, (1...3).contains(part.count), part.count == 1 || part.first != 48 else {
        return nil
      }
      var octet: UInt32 = 0
      for digit in part {
        guard (48...57).contains(digit) else { return nil }
        octet = octet * 10 + UInt32(digit - 48)
      }
      guard octet <= 255 else { return nil }
      bits = bits << 8 | octet
      octets += 1
    }
    return octets == 4 ? bits : nil
  }

  private static func version6(_ bytes: ArraySlice<UInt8>) -> (UInt64, UInt64)? {
    var groups: [UInt16] = []
    var gap: Int?
    var rest = bytes
    if rest.starts(with: [58, 58]) {
      gap = 0
      rest = rest.dropFirst(2)
    } else if rest.first == 58 {
      return nil
    }
    while !rest.isEmpty {
      let end = rest.firstIndex(of: 58) ?? rest.endIndex
      let part = rest[rest.startIndex..<end]
      if end == rest.endIndex, part.contains(UInt8(ascii: ".")) {
        guard let bits = version4(part) else { return nil }
        groups.append(UInt16(bits >> 16))
        groups.append(UInt16(truncatingIfNeeded: bits))
        rest = []
        break
      }
      guard (1...4).contains(part.count) else { return nil }
      var group: UInt16 = 0
      for byte in part {
        guard let digit = hexadecimal(byte) else { return nil }
        group = group << 4 | UInt16(digit)
      }
      groups.append(group)
      rest = rest[end...]
      guard !rest.isEmpty else { break }
      rest = rest.dropFirst()
      if rest.first == 58 {
        guard gap == nil else { return nil }
        gap = groups.count
        rest = rest.dropFirst()
      } else if rest.isEmpty {
        return nil
      }
    }
    if let gap {
      guard groups.count < 8 else { return nil }
      groups.insert(contentsOf: repeatElement(0, count: 8 - groups.count), at: gap)
    }
    guard groups.count == 8 else { return nil }
    let words = groups.map(UInt64.init)
    return (
      words[0] << 48 | words[1] << 32 | words[2] << 16 | words[3],
      words[4] << 48 | words[5] << 32 | words[6] << 16 | words[7]
    )
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
  }
}

extension IPAddress: Comparable {
  /// Orders by version, then by number.
  public static func < (left: IPAddress, right: IPAddress) -> Bool {
    if left.isVersion4 != right.isVersion4 { return left.isVersion4 }
    return (left.high, left.low) < (right.high, right.low)
  }
}

extension IPAddress: CustomStringConvertible {
  /// The address in its usual notation (IPv6 by RFC 5952).
  public var description: String {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the address in its usual notation; takes no memory but that of the bytes.
  func write(to bytes: inout [UInt8]) {
    if isVersion4 {
      for octet: UInt64 in 0..<4 {
        if octet > 0 { bytes.append(UInt8(ascii: ".")) }
        bytes.append(decimal: Int64(low >> (24 - 8 * octet) & 255))
      }
      return
    }
    // The longest run of groups that are 0, the first of several.
    var best = 0..<0
    var start = 0
    while start < 8 {
      var end = start
      while end < 8, group(end) == 0 { end += 1 }
      if end - start >= 2, end - start > best.count { best = start..<end }
      start = end + 1
    }
    var index = 0
    while index < 8 {
      if best.contains(index) {
        bytes.append(plain: "::")
        index = best.upperBound
        continue
      }
      if index > 0, index != best.upperBound { bytes.append(UInt8(ascii: ":")) }
      bytes.append(hexadecimal: group(index))
      index += 1
    }
  }

  /// One of the eight groups of 16 bits.
  private func group(_ index: Int) -> UInt64 {
    (index < 4 ? high : low) >> UInt64(48 - 16 * (index & 3)) & 0xffff
  }
}
