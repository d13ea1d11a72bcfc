package import PolicyEngine

/// Makes the checksums of changed artifacts right, for tests of what is refused besides.
package enum ArtifactRepair {
  /// Where the table of sections ends.
  package static let tableEnd =
    ArtifactFormat.headerSize + ArtifactSection.allCases.count * ArtifactFormat.entrySize

  /// Where the entry of a section begins.
  package static func entry(_ section: ArtifactSection) -> Int {
    ArtifactFormat.headerSize + Int(section.rawValue) * ArtifactFormat.entrySize
  }

  /// Makes every checksum that of its bytes, as far as sections are there.
  ///
  /// - Complexity: O(bytes).
  package static func renewChecksums(_ bytes: inout [UInt8]) {
    guard bytes.count >= tableEnd else { return }
    for section in ArtifactSection.allCases {
      let entry = entry(section)
      let (start, count) = (number(bytes, entry + 8), number(bytes, entry + 16))
      guard start <= UInt64(bytes.count), count <= UInt64(bytes.count) else { continue }
      let end = Int(start) + Int(count) * section.elementSize
      guard end <= bytes.count else { continue }
      store(checksum(bytes, Int(start)..<end), at: entry + 24, in: &bytes)
    }
    let seed = checksum(bytes, 0..<64)
    let header = checksum(bytes, ArtifactFormat.headerSize..<tableEnd, seed: seed)
    store(header, at: 64, in: &bytes)
  }

  private static func checksum(
    _ bytes: [UInt8],
    _ range: Range<Int>,
    seed: UInt64 = 0
  ) -> UInt64 {
    unsafe bytes.withUnsafeBytes { all in
      unsafe ArtifactHash.checksum(UnsafeRawBufferPointer(rebasing: all[range]), seed: seed)
    }
  }

  private static func number(_ bytes: [UInt8], _ offset: Int) -> UInt64 {
    (0..<8).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
  }

  private static func store(_ value: UInt64, at offset: Int, in bytes: inout [UInt8]) {
    for byte in 0..<8 {
      bytes[offset + byte] = UInt8(truncatingIfNeeded: value >> UInt64(8 * byte))
    }
  }
}
