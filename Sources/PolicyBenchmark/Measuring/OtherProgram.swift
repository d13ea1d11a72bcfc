#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Another program that a measurement needs, run to its end.
package enum OtherProgram {
  /// A program and its arguments, quoted for a shell.
  package static func command(_ words: [String]) -> String {
    words.map(quoted).joined(separator: " ")
  }

  private static func quoted(_ word: String) -> String {
    if word.utf8.allSatisfy({ isPlain($0) }) { return word }
    return "'"
      + word.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "'\\''") + "'"
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "="):
      true
    default: false
    }
  }

  /// What a program prints, on either output; nil when it fails, or is not there.
  package static func output(of words: [String]) -> String? {
    guard let stream = unsafe popen(command(words) + " 2>&1", "r") else { return nil }
    var bytes: [UInt8] = []
    var next = unsafe fgetc(stream)
    while next >= 0 {
      bytes.append(UInt8(truncatingIfNeeded: next))
      next = unsafe fgetc(stream)
    }
    guard unsafe pclose(stream) == 0 else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }
}
