/// Compiled policies: answers requests in time that does not grow with their number.
///
/// An engine never changes, and may be used from any number of threads at once. Deciding for a
/// prepared subject allocates nothing, takes no lock and counts no reference.
///
/// Handles (`Action`, `Unit`, `Attribute`, `Policy`) are names that were looked up once. An action
/// or an attribute is good for every engine with the same catalogue, so that it outlives an exchange of
/// the policies: `catalogueDigest` tells the same catalogues of files that one's own compiler wrote, and
/// the condition `.sameCatalogue` of an exchange those of any file. A unit, a policy and a subject are
/// good for the engine that made them, and for none that is loaded later, also where that one has the
/// memory of the first. To use one elsewhere is a mistake in the program, and stops it: see
/// `isHome(of:)`.
public final class PolicyEngine: Sendable {
  package let tables: Tables
  /// What the loader worked out of them.
  let shortcuts: Shortcuts
  /// What actions of this engine's catalogue are known by (`Action.isChecked`): 32 bits of a digest,
  /// and 32 for the highest place that they have in planes, which is below 2³¹.
  let seal: UInt64
  /// What tells this engine's subjects from those of others, in the upper 32 bits.
  @usableFromInline let mark: UInt64
  private let memory: ArtifactMemory
  /// Where the pointers for deciding are; what subjects and requests know this engine by.
  @usableFromInline let home: EngineHome

  /// Loads compiled policies from a copy of their bytes, and verifies them.
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
    shortcuts = Shortcuts(tables)
    home = EngineHome(tables)
    // Marks of engines that live at once are the same only if 2³² were loaded in between.
    mark = home.serial << 32
    let places = UInt64(tables.summary(.wordCount)) << 6
    // Without any action it goes below the catalogue, which then nothing is checked by.
    seal = ((tables.catalogueIdentity & ~UInt64(UInt32.max)) | places) &- 1
  }

  deinit {
    shortcuts.deallocate()
    tables.deallocate()
  }

  /// Tells versions of the policies' sources apart; no cryptography.
  public var sourceDigest: ArtifactDigest { tables.sourceDigest }

  /// Tells versions of what requests consist of apart: actions and attributes.
  public var catalogueDigest: ArtifactDigest { tables.catalogueDigest }

  /// The most attributes and relations that one cell reads: the bound of a decision.
  public var readBound: Int { tables.summary(.readBound) }

  /// How many bytes the compiled policies have.
  public var byteCount: Int { unsafe memory.bytes.count }
}

/// The address of an engine's tables, which stay while it lives.
///
/// Another engine may get the same address afterwards: what outlives an engine knows it by the serial.
@safe @frozen @usableFromInline struct EngineHome: @unchecked Sendable {
  @usableFromInline let address: UnsafeRawPointer

  init(_ tables: Tables) { unsafe address = UnsafeRawPointer(tables.sections) }

  var tables: Tables {
    unsafe Tables(sections: address.assumingMemoryBound(to: TableSections.self))
  }

  /// What no other engine of this process has had or will have; never 0.
  var serial: UInt64 { unsafe tables.sections.pointee.serial }
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
