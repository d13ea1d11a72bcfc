#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// An open file, closed when it is no longer used.
package struct Descriptor: ~Copyable {
  private let number: Int32
  private let closes: Bool
  /// How messages name it.
  private let path: String

  private init(_ number: Int32, closes: Bool, path: String) {
    self.number = number
    self.closes = closes
    self.path = path
  }

  deinit {
    if closes { _ = close(number) }
  }

  /// Standard input.
  package static var input: Descriptor { Descriptor(0, closes: false, path: "standard input") }

  /// A file opened for reading.
  package init(reading path: String) throws(FileError) {
    let number = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else {
      throw errno == ENOENT ? .notFound(path) : .unreadable(path, reason: System.lastReason)
    }
    self.init(number, closes: true, path: path)
  }

  /// A new file opened for writing; nil where there is one of that name.
  init?(creating path: String) throws(FileError) {
    let number = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard number >= 0 else {
      if errno == EEXIST { return nil }
      throw .notWritten(path, reason: System.lastReason)
    }
    self.init(number, closes: true, path: path)
  }

  /// What is there already, such as a pipe, opened for writing.
  init(writing path: String) throws(FileError) {
    let number = unsafe open(path, O_WRONLY | O_CLOEXEC)
    guard number >= 0 else { throw .notWritten(path, reason: System.lastReason) }
    self.init(number, closes: true, path: path)
  }

  /// Up to so many bytes; none at the end of the file.
  package borrowing func read(upTo count: Int) throws(FileError) -> [UInt8] {
    var reason: String?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      while true {
        #if canImport(Glibc)
          let length = unsafe Glibc.read(number, buffer.baseAddress, count)
        #elseif canImport(Musl)
          let length = unsafe Musl.read(number, buffer.baseAddress, count)
        #elseif canImport(Darwin)
          let length = unsafe Darwin.read(number, buffer.baseAddress, count)
        #endif
        if length < 0, errno == EINTR { continue }
        if length < 0 { reason = System.lastReason }
        initialized = max(0, length)
        return
      }
    }
    if let reason { throw .unreadable(path, reason: reason) }
    return bytes
  }

  /// Writes all bytes.
  borrowing func write(_ bytes: [UInt8]) throws(FileError) {
    guard Self.write(bytes, to: number) else {
      throw .notWritten(path, reason: System.lastReason)
    }
  }

  /// Writes all bytes, and waits until they are on the disk.
  borrowing func writeDurably(_ bytes: [UInt8]) throws(FileError) {
    guard Self.write(bytes, to: number), fsync(number) == 0 else {
      throw .notWritten(path, reason: System.lastReason)
    }
  }

  /// Writes all bytes to an open descriptor; false when the system refuses, `errno` saying why.
  package static func write(_ bytes: [UInt8], to number: Int32) -> Bool {
    unsafe bytes.withUnsafeBytes { buffer in
      var offset = 0
      while offset < buffer.count {
        #if canImport(Glibc)
          let written = unsafe Glibc.write(
            number,
            buffer.baseAddress?.advanced(by: offset),
            buffer.count - offset
          )
        #elseif canImport(Musl)
          let written = unsafe Musl.write(
            number,
            buffer.baseAddress?.advanced(by: offset),
            buffer.count - offset
          )
        #elseif canImport(Darwin)
          let written = unsafe Darwin.write(
            number,
            buffer.baseAddress?.advanced(by: offset),
            buffer.count - offset
          )
        #endif
        if written < 0, errno == EINTR { continue }
        guard written >= 0 else { return false }
        offset += written
      }
      return true
    }
  }
}
