#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The directory in which the program runs.
package enum WorkingDirectory {
  /// A path as it is from here, where it leads to something below; else as given.
  ///
  /// What a build makes of absolute paths is then the same in every checkout.
  package static func relative(_ path: String) -> String {
    guard let current = unsafe getcwd(nil, 0) else { return path }
    defer { unsafe free(current) }
    let prefix = unsafe String(cString: current) + "/"
    guard path.utf8.starts(with: prefix.utf8) else { return path }
    return String(decoding: path.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
  }
}
