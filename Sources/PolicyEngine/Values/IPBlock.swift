/// A block of IP addresses in CIDR notation (RFC 4632), such as `10.0.0.0/8`.
///
/// A single address is a block of itself alone. No IPv4 address is in an IPv6 block, and the other
/// way round: `::/0` is every IPv6 address, not every address.
public struct IPBlock: Hashable, Sendable {
  /// The lowest address of the block.
  public let first: IPAddress
  /// The highest address of the block.
  public let last: IPAddress

  /// Why a text is not a block.
  public enum Malformation: Error, Hashable, Sendable {
    /// The part before the `/` is not an address.
    case address
    /// The part after the `/` is not a length of that version: 0 to 32, or 0 to 128.
    case length
    /// Bits beyond the length are set; the block that was probably meant is given.
    case hostBits(meant: String)
  }

  /// Reads a block, or an address as a block of one.
  ///
  /// - Complexity: O(length).
  public init(_ text: String) throws(Malformation) {
    let bytes = Array(text.utf8)
    guard let slash = bytes.firstIndex(of: UInt8(ascii: "/")) else {
      guard let address = IPAddress(bytes: bytes[...]) else { throw .address }
      first = address
      last = address
      return
    }
    guard let address = IPAddress(bytes: bytes[..<slash]) else { throw .address }
    let mapped = address.isVersion4 && bytes[..<slash].contains(UInt8(ascii: ":"))
    let digits = bytes[(slash + 1)...]
    guard (1...3).contains(digits.count), digits.allSatisfy({ (48...57).contains($0) }),
      digits.count == 1 || digits.first != 48
    else { throw .length }
    var length = digits.reduce(0) { $0 * 10 + Int($1 - 48) }
    if mapped {
      guard (96...128).contains(length) else { throw .length }
      length -= 96
    }
    guard length <= (address.isVersion4 ? 32 : 128) else { throw .length }
    let (lowest, highest) = IPBlock.bounds(of: address, length: length)
    guard lowest == address else { throw .hostBits(meant: "\(lowest)/\(length)") }
    first = lowest
    last = highest
  }

  /// Whether an address lies in the block.
  public func contains(_ address: IPAddress) -> Bool {
    address.isVersion4 == first.isVersion4 && first <= address && address <= last
  }

  private static func bounds(of address: IPAddress, length: Int) -> (IPAddress, IPAddress) {
    if address.isVersion4 {
      let host = length == 0 ? UInt32.max : length == 32 ? 0 : UInt32.max >> UInt32(length)
      let bits = UInt32(truncatingIfNeeded: address.low)
      return (IPAddress(version4: bits & ~host), IPAddress(version4: bits | host))
    }
    let hostHigh = length >= 64 ? 0 : UInt64.max >> UInt64(length)
    let hostLow = length <= 64 ? UInt64.max : length == 128 ? 0 : UInt64.max >> UInt64(length - 64)
    let lowest = IPAddress(high: address.high & ~hostHigh, low: address.low & ~hostLow)
    let highest = IPAddress(high: address.high | hostHigh, low: address.low | hostLow)
    // `::/80` and its like end with the addresses that map IPv4, which are no IPv6 addresses.
    return (lowest, highest.isVersion4 ? IPAddress(high: 0, low: 0xfffe_ffff_ffff) : highest)
  }
}
