package import Foundation

/// Programs that are not part of the project, run as people run them.
package enum Program {
  package struct Outcome: Sendable {
    /// -1 where a signal ended it.
    package let status: Int32
    package let output: String
    package let error: String
  }

  /// Where `python3` is; nil where it is not.
  package static let python = find("python3")

  /// The first program of a name in the search path, or in other folders; nil where there is none.
  package static func find(_ name: String, in others: [String] = []) -> URL? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return (path.split(separator: ":").map(String.init) + others)
      .map { URL(filePath: "\($0)/\(name)") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }

  /// Runs a program to its end.
  package static func run(
    _ program: URL,
    _ arguments: [String],
    input: [UInt8] = [],
    environment: [String: String] = [:]
  ) throws -> Outcome {
    // Files instead of pipes: whatever the sizes, neither side waits for the other.
    let folder = try TemporaryFolder()
    let (output, error) = (try folder.file("out", []), try folder.file("err", []))
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: folder.file("in", input))
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: error)
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationReason == .exit ? process.terminationStatus : -1,
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      error: String(decoding: try Data(contentsOf: error), as: UTF8.self)
    )
  }
}

/// A folder that goes away by itself.
package final class TemporaryFolder {
  package let url: URL

  package init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "pol-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Where a file is, or can be.
  package func place(_ name: String) -> URL { url.appending(path: name) }

  /// A new file.
  package func file(_ name: String, _ bytes: [UInt8]) throws -> URL {
    try Data(bytes).write(to: place(name))
    return place(name)
  }
}
