#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Counts the instructions of a part of another process, with Valgrind's tool Callgrind.
package enum Callgrind {
  /// The function of `CBitLoop` in which instructions are counted.
  package static let measuredFunction = "cbit_measured"

  /// Whether the tool can be run here.
  package static var isAvailable: Bool { output(of: "valgrind --version") != nil }

  /// The command that counts what a program does inside the measured function.
  ///
  /// - Parameters:
  ///   - program: The path of the program.
  ///   - arguments: What follows it.
  /// - Returns: The command, quoted for a shell.
  package static func command(_ program: String, _ arguments: [String]) -> String {
    (["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
      + ["--toggle-collect=\(measuredFunction)", program] + arguments)
      .map(quoted).joined(separator: " ")
  }

  /// The instructions that a program does inside the measured function.
  ///
  /// - Parameters:
  ///   - program: The path of the program.
  ///   - arguments: What follows it.
  /// - Returns: Their number; nil when the tool is missing or the program fails.
  package static func instructions(_ program: String, _ arguments: [String]) -> Int? {
    output(of: command(program, arguments)).flatMap { collected($0) }
  }

  /// A copy of a program without the line tables that Valgrind before 3.20 cannot read.
  ///
  /// - Parameters:
  ///   - program: The path of the program.
  ///   - folder: Where the copy goes.
  /// - Returns: The path of the copy; of the program itself where nothing can strip it.
  package static func readable(_ program: String, in folder: String) -> String {
    let copy = folder + "/pol-bench-stripped"
    let command = ["strip", "-g", "-o", copy, program].map(quoted).joined(separator: " ")
    return output(of: command) == nil ? program : copy
  }

  /// The number in the line of a report that says what was collected.
  package static func collected(_ report: String) -> Int? {
    for line in report.split(separator: "\n") {
      guard let colon = line.firstIndex(of: ":"), line[..<colon].contains("Collected") else {
        continue
      }
      return Int(line[line.index(after: colon)...].filter { $0 != " " })
    }
    return nil
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

  /// What a shell command prints; nil when it fails.
  private static func output(of command: String) -> String? {
    guard let stream = unsafe popen(command + " 2>&1", "r") else { return nil }
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
