public import CPolicyEngine
import PolicyEngine
import PolicyHosting

// The functions of policyengine.h, which says what each does, and whose declarations the compiler
// compares with these: versions, loading, digests.

private let version: StaticString = "0.1.0"

/// The version of the library, as a static text.
@c @implementation
public func pol_version() -> UnsafePointer<CChar>? {
  unsafe UnsafeRawPointer(version.utf8Start).assumingMemoryBound(to: CChar.self)
}

/// The version of what the header promises.
@c @implementation
public func pol_abi_version() -> Int32 { POL_ABI_VERSION }

/// Maps and verifies a file of compiled policies.
///
/// - Complexity: O(bytes).
@c @implementation
public func pol_engine_load_file(
  _ path: UnsafePointer<CChar>?,
  _ path_length: Int,
  _ engine: UnsafeMutablePointer<OpaquePointer?>?,
  _ error: UnsafeMutablePointer<pol_error>?
) -> pol_status {
  unsafe engine?.pointee = nil
  return unsafe attempt(error) { () throws(Failure) in
    guard let engine = unsafe engine else { throw .null("the place for the engine") }
    let path = try unsafe text(path, path_length, "the path")
    if path.utf8.contains(0) { throw Failure(POL_INVALID_TEXT, "the path has a NUL in it") }
    do throws(PolicyFileError) {
      unsafe engine.pointee = EngineHandle.give(
        LoadedEngine(try PolicyEngine(contentsOf: path))
      )
    } catch {
      if case .refused = error { throw Failure(POL_NOT_POLICIES, error.description) }
      throw Failure(POL_UNREADABLE, error.description)
    }
  }
}

/// Copies and verifies compiled policies.
///
/// - Complexity: O(bytes).
@c @implementation
public func pol_engine_load_bytes(
  _ bytes: UnsafeRawPointer?,
  _ byte_count: Int,
  _ engine: UnsafeMutablePointer<OpaquePointer?>?,
  _ error: UnsafeMutablePointer<pol_error>?
) -> pol_status {
  unsafe engine?.pointee = nil
  return unsafe attempt(error) { () throws(Failure) in
    guard let engine = unsafe engine else { throw .null("the place for the engine") }
    let first = unsafe bytes?.assumingMemoryBound(to: UInt8.self)
    let source = try unsafe elements(first, byte_count, "the bytes")
    do throws(ArtifactError) {
      unsafe engine.pointee = EngineHandle.give(
        LoadedEngine(try unsafe PolicyEngine(ArtifactMemory(copying: source)))
      )
    } catch {
      throw Failure(POL_NOT_POLICIES, error.description)
    }
  }
}

extension ArtifactMemory {
  /// A copy of memory that may go away, at the alignment that sections have.
  fileprivate convenience init(copying source: UnsafeBufferPointer<UInt8>) {
    let copy = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(1, source.count),
      alignment: 64
    )
    unsafe copy.copyBytes(from: source)
    unsafe self.init(UnsafeRawBufferPointer(rebasing: copy[..<source.count])) { bytes in
      unsafe bytes.deallocate()
    }
  }
}

/// Frees the handle of an engine.
@c @implementation
public func pol_engine_free(_ engine: OpaquePointer?) -> pol_status {
  unsafe EngineHandle.free(engine)?.status ?? pol_status(POL_OK)
}

/// Writes the digest of the sources as 32 digits and a NUL.
@c @implementation
public func pol_engine_source_digest(
  _ engine: OpaquePointer?,
  _ digest: UnsafeMutablePointer<CChar>?,
  _ error: UnsafeMutablePointer<pol_error>?
) -> pol_status {
  unsafe writeDigest(engine, digest, error) { $0.sourceDigest }
}

/// Writes the digest of the catalogue as 32 digits and a NUL.
@c @implementation
public func pol_engine_catalogue_digest(
  _ engine: OpaquePointer?,
  _ digest: UnsafeMutablePointer<CChar>?,
  _ error: UnsafeMutablePointer<pol_error>?
) -> pol_status {
  unsafe writeDigest(engine, digest, error) { $0.catalogueDigest }
}

private func writeDigest(
  _ engine: OpaquePointer?,
  _ digest: UnsafeMutablePointer<CChar>?,
  _ error: UnsafeMutablePointer<pol_error>?,
  _ which: (PolicyEngine) -> ArtifactDigest
) -> pol_status {
  unsafe digest?.pointee = 0
  return unsafe attempt(error) { () throws(Failure) in
    guard let digest = unsafe digest else { throw .null("the place for the digest") }
    let loaded = try unsafe EngineHandle.known(engine).pointee.content
    unsafe write(which(loaded.engine).description, to: digest)
  }
}
