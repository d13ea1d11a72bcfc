#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The calls to the operating system, all of them.
package enum System {
  /// What kind of file a path leads to, links followed, and which one it is.
  struct Status {
    enum Kind { case file, directory, other }

    /// A file is one file under however many names.
    struct Identity: Hashable {
      let device: UInt64
      let number: UInt64
    }

    let kind: Kind
    let identity: Identity
  }

  /// What a path leads to; nil where there is nothing, or nothing that may be looked at.
  static func status(of path: String) -> Status? {
    var result = stat()
    guard unsafe stat(path, &result) == 0 else { return nil }
    let kind: Status.Kind =
      switch result.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .directory
      default: .other
      }
    let identity = Status.Identity(
      device: UInt64(truncatingIfNeeded: result.st_dev),
      number: UInt64(truncatingIfNeeded: result.st_ino)
    )
    return Status(kind: kind, identity: identity)
  }

  /// Whether a path leads anywhere.
  package static func exists(_ path: String) -> Bool { status(of: path) != nil }

  /// Whether a path leads to a directory.
  package static func isDirectory(_ path: String) -> Bool { status(of: path)?.kind == .directory }

  /// Whether a path leads to what is neither file nor directory, such as a pipe.
  package static func isDevice(_ path: String) -> Bool { status(of: path)?.kind == .other }

  /// The names in a directory, in no order, without `.` and `..`; one that is not UTF-8 has
  /// replacement characters in it.
  package static func names(in directory: String) throws(FileError) -> [String] {
    guard let stream = unsafe opendir(directory) else {
      throw .unreadable(directory, reason: lastReason)
    }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Makes a directory and those above it, where they are missing.
  package static func makeDirectory(_ path: String) throws(FileError) {
    if path.isEmpty || isDirectory(path) { return }
    if let slash = path.lastIndex(of: "/") {
      try makeDirectory(String(path[..<slash]))
    }
    guard unsafe mkdir(path, 0o777) == 0 || isDirectory(path) else {
      throw .notWritten(path, reason: lastReason)
    }
  }

  static func rename(_ old: String, to new: String) throws(FileError) {
    #if canImport(Glibc)
      let result = unsafe Glibc.rename(old, new)
    #elseif canImport(Musl)
      let result = unsafe Musl.rename(old, new)
    #elseif canImport(Darwin)
      let result = unsafe Darwin.rename(old, new)
    #endif
    guard result == 0 else { throw .notWritten(new, reason: lastReason) }
  }

  static func setPermissions(_ mode: UInt32, of path: String) throws(FileError) {
    guard unsafe chmod(path, mode_t(truncatingIfNeeded: mode)) == 0 else {
      throw .notWritten(path, reason: lastReason)
    }
  }

  /// Removes a file, if it is there.
  static func remove(_ path: String) {
    _ = unsafe unlink(path)
  }

  static var processNumber: Int32 { getpid() }

  /// Lets writing to a pipe that nobody reads fail instead of ending the process.
  package static func ignoreBrokenPipes() { _ = signal(SIGPIPE, SIG_IGN) }

  /// Whether there is a process of some number.
  package static func isRunning(_ process: Int) -> Bool {
    guard let number = pid_t(exactly: process) else { return false }
    return kill(number, 0) == 0 || errno == EPERM
  }

  /// Whether a descriptor is a terminal.
  package static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// The value of an environment variable.
  package static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }

  /// Ends the process.
  package static func exit(_ status: Int32) -> Never {
    #if canImport(Glibc)
      Glibc.exit(status)
    #elseif canImport(Musl)
      Musl.exit(status)
    #elseif canImport(Darwin)
      Darwin.exit(status)
    #endif
  }

  /// What the system says of the call that failed last.
  static var lastReason: String { reason(errno) }

  /// What the system calls an error.
  static func reason(_ number: Int32) -> String {
    guard let text = unsafe strerror(number) else { return "error \(number)" }
    return unsafe String(cString: text)
  }
}
