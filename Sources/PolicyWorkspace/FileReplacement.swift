#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension FileContents {
  /// Replaces an existing file: readers see the old bytes or the new ones, never a part.
  ///
  /// The file keeps its permissions, and a link goes on leading to it. A file that may not be written
  /// is left alone, although its directory would allow to put another in its place.
  package static func replace(_ bytes: [UInt8], at path: String) throws(FileError) {
    let target = System.resolved(path)
    guard unsafe access(target, W_OK) == 0 else {
      throw .notWritten(path, reason: System.lastReason)
    }
    var status = stat()
    guard unsafe stat(target, &status) == 0 else {
      throw .notWritten(path, reason: System.lastReason)
    }
    do throws(FileError) {
      try write(bytes, to: target, mode: UInt32(status.st_mode & 0o7777))
    } catch {
      guard case .notWritten(_, let reason) = error else { throw error }
      throw .notWritten(path, reason: reason)
    }
  }
}

extension System {
  /// The path of the file itself, links followed; as given where there is nothing.
  fileprivate static func resolved(_ path: String) -> String {
    guard let resolved = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }
}
