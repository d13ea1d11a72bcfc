/// The hash of names and the checksum of sections: wyhash's mul-mix, on little-endian words.
///
/// Made to spread names and to notice accidents. It is no cryptography: whoever can write a file
/// can also write its checksums.
package enum ArtifactHash {
  @inline(__always)
  static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.low ^ product.high
  }

  private static let first: UInt64 = 0xa076_1d64_78bd_642f
  private static let second: UInt64 = 0xe703_7ed1_a0b4_28db
  private static let third: UInt64 = 0x8ebc_6af0_9c88_c6e3

  /// The hash of a name in a name space, for tables with a seed.
  ///
  /// - Complexity: O(length).
  package static func name(_ bytes: UnsafeRawBufferPointer, space: UInt32, seed: UInt32) -> UInt64 {
    let count = bytes.count
    func word(_ offset: Int) -> UInt64 {
      UInt64(
        littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      )
    }
    func half(_ offset: Int) -> UInt64 {
      UInt64(
        UInt32(
          littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
        )
      )
    }
    var left: UInt64 = 0
    var right: UInt64 = 0
    var state = first ^ (UInt64(seed) << 32 | UInt64(space)) &* third
    if count > 16 {
      var offset = 0
      while count &- offset > 16 {
        state = mix(word(offset) ^ second, word(offset &+ 8) ^ state)
        offset &+= 16
      }
      left = word(count &- 16)
      right = word(count &- 8)
    } else if count >= 4 {
      let step = (count >> 3) << 2
      left = half(0) << 32 | half(step)
      right = half(count &- 4) << 32 | half(count &- 4 &- step)
    } else if count > 0 {
      left =
        unsafe UInt64(bytes[0]) << 16 | UInt64(bytes[count >> 1]) << 8 | UInt64(bytes[count &- 1])
    }
    return mix(second ^ UInt64(truncatingIfNeeded: count), mix(left ^ second, right ^ state))
  }

  /// The checksum of a run of bytes; the seed tells digests of one run apart.
  ///
  /// Two lanes of 16 bytes a step; the rest is folded in byte by byte, then the length.
  /// - Complexity: O(length), about 8 GB/s.
  package static func checksum(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) -> UInt64 {
    // Far from what words usually are: a lane that equals its word would forget the other one.
    var one = seed ^ 0x5896_36a5_c2d9_0f77
    var two = seed ^ 0x1d8e_4e27_c47d_124f
    var offset = 0
    let count = bytes.count
    while offset &+ 32 <= count {
      let a = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      let b = unsafe bytes.loadUnaligned(fromByteOffset: offset &+ 8, as: UInt64.self)
      let c = unsafe bytes.loadUnaligned(fromByteOffset: offset &+ 16, as: UInt64.self)
      let d = unsafe bytes.loadUnaligned(fromByteOffset: offset &+ 24, as: UInt64.self)
      one = mix(UInt64(littleEndian: a) ^ first, UInt64(littleEndian: b) ^ one)
      two = mix(UInt64(littleEndian: c) ^ second, UInt64(littleEndian: d) ^ two)
      offset &+= 32
    }
    while offset < count {
      one = mix(one ^ UInt64(unsafe bytes[offset]), third)
      offset &+= 1
    }
    return mix(one ^ first, two ^ second ^ UInt64(truncatingIfNeeded: count))
  }
}

/// Where the minimal perfect hash puts a name: hash and displace.
///
/// D. Belazzougui, F. Botelho, M. Dietzfelbinger, "Hash, Displace, and Compress", 2009, without the
/// compression: a name's bucket has a number that takes each of its names to a slot of its own.
package enum PerfectHash {
  /// How many buckets there are for so many names.
  package static func bucketCount(_ names: Int) -> Int { max(1, names / 3) }

  @inline(__always)
  static func scale(_ hash: UInt64, _ count: Int) -> Int {
    Int(truncatingIfNeeded: ((hash >> 32) &* UInt64(truncatingIfNeeded: count)) >> 32)
  }

  @inline(__always)
  package static func bucket(_ hash: UInt64, of buckets: Int) -> Int { scale(hash, buckets) }

  @inline(__always)
  package static func slot(_ hash: UInt64, displacement: UInt32, of slots: Int) -> Int {
    let moved = hash ^ (UInt64(displacement) &* 0x9e37_79b9_7f4a_7c15)
    return scale(moved &* 0xd6e8_feb8_6659_fd93, slots)
  }
}
