/// Counts the instructions of a part of another process, with Valgrind's tool Callgrind.
package enum Callgrind {
  /// The function of `CBitLoop` in which instructions are counted.
  package static let measuredFunction = "cbit_measured"

  /// Whether the tool can be run here.
  package static var isAvailable: Bool {
    OtherProgram.output(of: ["valgrind", "--version"]) != nil
  }

  /// The command that counts what a program does inside the measured function.
  ///
  /// - Parameters:
  ///   - program: The path of the program.
  ///   - arguments: What follows it.
  /// - Returns: The command, quoted for a shell.
  package static func command(_ program: String, _ arguments: [String]) -> String {
    OtherProgram.command(words(program, arguments))
  }

  /// The instructions that a program does inside the measured function.
  ///
  /// - Parameters:
  ///   - program: The path of the program.
  ///   - arguments: What follows it.
  /// - Returns: Their number; nil when the tool is missing or the program fails.
  package static func instructions(_ program: String, _ arguments: [String]) -> Int? {
    OtherProgram.output(of: words(program, arguments)).flatMap { collected($0) }
  }

  /// A copy of a program without the line tables that Valgrind before 3.20 cannot read.
  ///
  /// - Parameters:
  ///   - program: The path of the program.
  ///   - folder: Where the copy goes.
  /// - Returns: The path of the copy; of the program itself where nothing can strip it.
  package static func readable(_ program: String, in folder: String) -> String {
    let copy = folder + "/pol-bench-stripped"
    return OtherProgram.output(of: ["strip", "-g", "-o", copy, program]) == nil ? program : copy
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

  private static func words(_ program: String, _ arguments: [String]) -> [String] {
    ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
      + ["--toggle-collect=\(measuredFunction)", program] + arguments
  }
}
