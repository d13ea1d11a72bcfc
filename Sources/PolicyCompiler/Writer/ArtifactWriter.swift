import PolicyEngine

extension ArtifactContents {
  /// The file: header, table of sections, sections.
  ///
  /// - Complexity: O(bytes).
  func file(sourceDigest: ArtifactDigest, catalogueDigest: ArtifactDigest) -> [UInt8] {
    let sections = ArtifactSection.allCases
    var body: [UInt8] = []
    var table: [UInt8] = []
    let bodyStart = ArtifactFormat.headerSize + sections.count * ArtifactFormat.entrySize
    for section in sections {
      while (bodyStart + body.count) % ArtifactFormat.alignment != 0 { body.append(0) }
      let bytes = bytes(of: section)
      append(section.rawValue, to: &table)
      append(UInt32(section.elementSize), to: &table)
      append(UInt64(bodyStart + body.count), to: &table)
      append(UInt64(bytes.count / section.elementSize), to: &table)
      append(unsafe bytes.withUnsafeBytes { unsafe ArtifactHash.checksum($0) }, to: &table)
      body.append(contentsOf: bytes)
    }
    var header = ArtifactFormat.magic
    append(ArtifactFormat.version, to: &header)
    append(ArtifactFormat.languageVersion, to: &header)
    append(UInt64(bodyStart + body.count), to: &header)
    append(UInt32(sections.count), to: &header)
    append(UInt32(0), to: &header)
    for half in [
      sourceDigest.first, sourceDigest.second, catalogueDigest.first, catalogueDigest.second,
    ] {
      append(half, to: &header)
    }
    let start = unsafe header.withUnsafeBytes { unsafe ArtifactHash.checksum($0) }
    append(
      unsafe table.withUnsafeBytes { unsafe ArtifactHash.checksum($0, seed: start) },
      to: &header
    )
    append(UInt64(0), to: &header)
    return header + table + body
  }

  private func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
    unsafe withUnsafeBytes(of: number.littleEndian) { unsafe bytes.append(contentsOf: $0) }
  }
}
