#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Keeps the input that is being taken where a signal handler can write it to a file.
enum Reproducer {
  /// How long one input may take, in seconds, before it counts as endless.
  private static let patience: UInt32 = 20
  private static let limit = 1 << 20

  // Read by a signal handler, which may use nothing but plain memory.
  private nonisolated(unsafe) static var path = UnsafeMutablePointer<CChar>.allocate(capacity: 4096)
  private nonisolated(unsafe) static var input = UnsafeMutableRawPointer.allocate(
    byteCount: limit,
    alignment: 16
  )
  private nonisolated(unsafe) static var count = 0

  /// Begins to watch: what crashes or does not end is written to a file of this name.
  static func begin(_ name: String) {
    let bytes = Array(name.utf8.prefix(4095)) + [0]
    for (index, byte) in bytes.enumerated() { unsafe path[index] = CChar(bitPattern: byte) }
    // A stack of its own, for the overflow of the usual one.
    let size = 1 << 16
    var stack = unsafe stack_t()
    unsafe stack.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    unsafe stack.ss_size = numericCast(size)
    _ = unsafe sigaltstack(&stack, nil)
    for number in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGALRM] {
      var action = sigaction()
      #if canImport(Darwin)
        unsafe action.__sigaction_u.__sa_handler = { Reproducer.write($0) }
      #else
        unsafe action.__sigaction_handler.sa_handler = { Reproducer.write($0) }
      #endif
      action.sa_flags = numericCast(SA_ONSTACK)
      _ = unsafe sigaction(number, &action, nil)
    }
  }

  /// Remembers an input.
  static func take(_ bytes: [UInt8]) {
    let length = min(bytes.count, limit)
    unsafe count = length
    unsafe bytes.withUnsafeBytes { source in
      guard length > 0, let start = source.baseAddress else { return }
      unsafe input.copyMemory(from: start, byteCount: length)
    }
    _ = alarm(patience)
  }

  /// Writes the input that is being taken.
  static func save() {
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    _ = unsafe Foreign.write(file, input, count)
    _ = close(file)
  }

  private static func write(_ number: Int32) {
    save()
    let words: StaticString = "crashed, or did not end: the input was written\n"
    _ = unsafe Foreign.write(2, words.utf8Start, words.utf8CodeUnitCount)
    _exit(1)
  }

  /// The function of the system, whose name is that of one here.
  private enum Foreign {
    static func write(_ file: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
      #if canImport(Glibc)
        unsafe Glibc.write(file, bytes, count)
      #elseif canImport(Musl)
        unsafe Musl.write(file, bytes, count)
      #else
        unsafe Darwin.write(file, bytes, count)
      #endif
    }
  }
}
