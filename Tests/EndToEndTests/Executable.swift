import Foundation

/// The `pol` that the build made, run as people run it.
struct Executable {
  struct Outcome: Sendable {
    let status: Int32
    let output: String
    let error: String
  }

  /// The folder of the repository.
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The folder that the build put the tests, and `pol`, into.
  static let products: URL = {
    #if os(macOS)
      for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
        return bundle.bundleURL.deletingLastPathComponent()
      }
    #endif
    return URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
  }()

  /// Runs `pol` with arguments, from the root of the repository.
  static func pol(
    _ arguments: [String],
    input: String = "",
    in folder: URL = root
  ) throws -> Outcome {
    try run(products.appending(path: "pol"), arguments, input: input, in: folder)
  }

  /// Runs a line of a shell in which `pol` is the one of the build.
  static func shell(_ line: String, in folder: URL) throws -> Outcome {
    try run(URL(filePath: "/bin/sh"), ["-c", line], input: "", in: folder)
  }

  private static func run(
    _ program: URL,
    _ arguments: [String],
    input: String,
    in folder: URL
  ) throws -> Outcome {
    // Files instead of pipes: whatever the sizes, neither side waits for the other.
    let scratch = try Scratch()
    for name in ["in", "out", "err"] {
      try Data(name == "in" ? Array(input.utf8) : []).write(to: scratch.url(name))
    }
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    process.environment = ["PATH": "\(products.path):\(path)"]
    process.standardInput = try FileHandle(forReadingFrom: scratch.url("in"))
    process.standardOutput = try FileHandle(forWritingTo: scratch.url("out"))
    process.standardError = try FileHandle(forWritingTo: scratch.url("err"))
    try process.run()
    process.waitUntilExit()
    func text(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: scratch.url(name)), as: UTF8.self)
    }
    return Outcome(
      status: process.terminationStatus,
      output: try text("out"),
      error: try text("err")
    )
  }
}

/// A folder that goes away by itself.
final class Scratch {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "pol-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  func url(_ name: String) -> URL { folder.appending(path: name) }
}
