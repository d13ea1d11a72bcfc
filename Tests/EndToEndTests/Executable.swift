import Foundation
import PolicyTestSupport
import Testing

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

  /// Where the compiler of Swift is; nil where it is not.
  static let swiftc = Program.find("swiftc")

  /// Compiles policy files to Swift, as the build plugin does.
  static func polc(_ files: [URL], to constants: URL) throws -> Program.Outcome {
    try Program.run(
      products.appending(path: "polc"),
      [constants.path] + files.map(\.path)
    )
  }

  /// Looks whether Swift compiles with the modules of this build.
  static func typecheck(_ files: [URL], _ options: [String]) throws -> Program.Outcome {
    let modules = products.appending(path: "Modules")
    return try Program.run(
      try #require(swiftc),
      ["-typecheck", "-swift-version", "6", "-I", modules.path] + options + files.map(\.path)
    )
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
    let scratch = try TemporaryFolder()
    for name in ["in", "out", "err"] {
      try Data(name == "in" ? Array(input.utf8) : []).write(to: scratch.place(name))
    }
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    process.environment = ["PATH": "\(products.path):\(path)"]
    process.standardInput = try FileHandle(forReadingFrom: scratch.place("in"))
    process.standardOutput = try FileHandle(forWritingTo: scratch.place("out"))
    process.standardError = try FileHandle(forWritingTo: scratch.place("err"))
    try process.run()
    process.waitUntilExit()
    func text(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: scratch.place(name)), as: UTF8.self)
    }
    return Outcome(
      status: process.terminationStatus,
      output: try text("out"),
      error: try text("err")
    )
  }
}
