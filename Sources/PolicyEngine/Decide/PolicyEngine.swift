/// Compiled policies: answers requests in time that does not grow with their number.
///
/// An engine never changes, and may be used from any number of threads at once.
public final class PolicyEngine: Sendable {
  package let tables: Tables
  private let memory: ArtifactMemory

  /// Loads compiled policies, and verifies them.
  ///
  /// - Complexity: O(bytes).
  /// - Throws: `ArtifactError` when the bytes are not what the compiler wrote.
  public convenience init(bytes: [UInt8]) throws(ArtifactError) {
    try self.init(ArtifactMemory(copying: bytes))
  }

  /// Loads compiled policies from memory that stays as it is.
  package init(_ memory: ArtifactMemory) throws(ArtifactError) {
    self.memory = memory
    tables = try unsafe Tables(validating: memory.bytes)
  }

  /// Tells versions of the policies' sources apart; no cryptography.
  public var sourceDigest: ArtifactDigest { tables.sourceDigest }

  /// Tells versions of what requests consist of apart: actions and attributes.
  public var catalogueDigest: ArtifactDigest { tables.catalogueDigest }

  /// The most attributes and relations that one cell reads: the bound of a decision.
  public var readBound: Int { tables.summary(.readBound) }
}

/// The bytes of an artifact, held until the last engine that reads them is gone.
@safe package final class ArtifactMemory: @unchecked Sendable {
  package let bytes: UnsafeRawBufferPointer
  private let release: @Sendable (UnsafeRawBufferPointer) -> Void

  /// Bytes that stay as they are until they are released.
  package init(
    _ bytes: UnsafeRawBufferPointer,
    release: @escaping @Sendable (UnsafeRawBufferPointer) -> Void
  ) {
    unsafe self.bytes = unsafe bytes
    unsafe self.release = unsafe release
  }

  /// A copy at the alignment that sections have.
  package convenience init(copying source: [UInt8]) {
    let copy = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(1, source.count),
      alignment: ArtifactFormat.alignment
    )
    unsafe copy.copyBytes(from: source)
    unsafe self.init(UnsafeRawBufferPointer(rebasing: copy[..<source.count])) { bytes in
      unsafe bytes.deallocate()
    }
  }

  deinit { unsafe release(bytes) }
}
