public import PolicyEngine

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Why a file of compiled policies cannot be used.
public enum PolicyFileError: Error, Hashable, Sendable {
  /// The system does not give the file, for this reason (`errno`, and what it means).
  case unreadable(path: String, code: Int32, reason: String)
  /// The path leads to a directory or a device.
  case notAFile(path: String)
  /// The file is read, and is refused as compiled policies.
  case refused(path: String, ArtifactError)
}

extension PolicyFileError: CustomStringConvertible {
  /// One phrase that names the file and says what is wrong.
  public var description: String {
    switch self {
    case .unreadable(let path, _, let reason): "\(path) cannot be read: \(reason)"
    case .notAFile(let path): "\(path) is not a file"
    case .refused(let path, let error): "\(path): \(error)"
    }
  }
}

/// The bytes of a file, copied: it may be changed at any time.
///
/// - Complexity: O(bytes).
package func fileBytes(_ path: String) throws(PolicyFileError) -> [UInt8] {
  let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { throw systemError(path) }
  defer { close(file) }
  var status = stat()
  guard unsafe fstat(file, &status) == 0 else { throw systemError(path) }
  guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
  var bytes: [UInt8] = []
  var piece = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = unsafe piece.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, $0.count) }
    if count == 0 { return bytes }
    if count < 0 {
      if errno == EINTR { continue }
      throw systemError(path)
    }
    bytes += piece[..<count]
  }
}

private func systemError(_ path: String) -> PolicyFileError {
  let code = errno
  return .unreadable(path: path, code: code, reason: unsafe String(cString: strerror(code)))
}

extension ArtifactMemory {
  /// The bytes of a file, mapped: processes that map the same file share its pages.
  ///
  /// The mapping ends with the last engine that reads it.
  /// - Complexity: O(1); pages are read as they are touched.
  package static func mapping(_ path: String) throws(PolicyFileError) -> ArtifactMemory {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw systemError(path) }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else { throw systemError(path) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
    let size = Int(status.st_size)
    // Nothing cannot be mapped; as bytes it is refused for what it is.
    guard size > 0 else { return ArtifactMemory(copying: []) }
    let address = unsafe mmap(nil, size, PROT_READ, MAP_PRIVATE, file, 0)
    guard let address = unsafe address, unsafe address != MAP_FAILED else {
      throw systemError(path)
    }
    return unsafe ArtifactMemory(UnsafeRawBufferPointer(start: address, count: size)) { bytes in
      unsafe munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    }
  }
}
