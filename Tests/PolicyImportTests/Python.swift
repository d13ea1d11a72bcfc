import Foundation
import PolicyTestSupport

/// A Python program of the fixtures: lines in, lines out.
enum Python {
  /// What a program writes for some lines; nil, having said why, where it or what it needs is missing.
  static func run(_ program: String, _ lines: [String]) throws -> [String]? {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    let script = Fixture.folder().appending(path: "Programs/\(program)")
    process.arguments = ["python3", script.path]
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "pol-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let input = folder.appending(path: "input")
    try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: input)
    process.standardInput = try FileHandle(forReadingFrom: input)
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus != 127 else {
      print("skipped: \(program): there is no python3, or not the package that it imports")
      return nil
    }
    return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  static func json(_ value: Any) throws -> String {
    let data = try JSONSerialization.data(
      withJSONObject: value,
      options: [.fragmentsAllowed, .sortedKeys]
    )
    return String(decoding: data, as: UTF8.self)
  }

  static func parse(_ line: String) throws -> Any {
    try JSONSerialization.jsonObject(with: Data(line.utf8), options: .fragmentsAllowed)
  }
}
