import Foundation
import PolicyCompiler
import PolicyModel
import PolicySource
import PolicyWorkspace
import Testing

/// What programs in other languages need: compilers, interpreters, the library, files.
enum Programs {
  struct Outcome {
    let status: Int32
    let output: String
    let error: String
  }

  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Where the sources of the programs are.
  static let sources = root.appending(path: "Tests/PolicyEngineCTests/Programs")

  /// The sample for other languages.
  static let sample = root.appending(path: "Samples/languages")

  /// The folder that the build put the tests, and the library, into.
  static let products: URL = {
    #if os(macOS)
      for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
        return bundle.bundleURL.deletingLastPathComponent()
      }
    #endif
    return URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
  }()

  static let library: URL = {
    #if os(macOS)
      products.appending(path: "libpolicyengine.dylib")
    #else
      products.appending(path: "libpolicyengine.so")
    #endif
  }()

  static let compiler = tool("cc") ?? tool("clang")
  static let python = tool("python3")

  /// Whether C can be compiled and linked with the library.
  static var hasC: Bool { compiler != nil && hasLibrary }
  static var hasPython: Bool { python != nil && hasLibrary }

  /// A sanitizer's build has a library that needs the sanitizer's own program.
  private static var hasLibrary: Bool { FileManager.default.fileExists(atPath: library.path) }

  private static func tool(_ name: String) -> URL? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return path.split(separator: ":").map { URL(filePath: "\($0)/\(name)") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }

  /// Compiles a program in C, without a warning, and links it with the library.
  static func build(_ source: URL, into scratch: Scratch) throws -> URL {
    let program = scratch.url(source.deletingPathExtension().lastPathComponent)
    let outcome = try run(
      try #require(compiler),
      [
        "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-D_GNU_SOURCE", "-g",
        "-I", root.appending(path: "Sources/CPolicyEngine/include").path,
        source.path, "-o", program.path,
        "-L", products.path, "-lpolicyengine", "-Wl,-rpath,\(products.path)",
      ]
    )
    try #require(outcome.status == 0, "\(outcome.error)")
    return program
  }

  static func run(_ program: URL, _ arguments: [String]) throws -> Outcome {
    let scratch = try Scratch()
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.standardOutput = try scratch.writing("out")
    process.standardError = try scratch.writing("err")
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationReason == .exit ? process.terminationStatus : -1,
      output: try String(contentsOf: scratch.url("out"), encoding: .utf8),
      error: try String(contentsOf: scratch.url("err"), encoding: .utf8)
    )
  }

  /// A sample's policies, as they are and compiled.
  static func compiled(_ name: String) throws -> (set: PolicySet, bytes: [UInt8]) {
    let folder = root.appending(path: "Samples/\(name)").path
    // Places are told by paths below the folder, as `pol compile` does.
    let files = try read([folder]).files.map {
      SourceFile(path: String($0.path.dropFirst(folder.count + 1)), bytes: $0.bytes)
    }
    let loaded = load(SourceMap(files))
    try #require(!loaded.diagnostics.hasErrors)
    return (loaded.value, compile(loaded.value).bytes)
  }
}

/// A folder that goes away by itself.
final class Scratch {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "pol-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func url(_ name: String) -> URL { folder.appending(path: name) }

  /// The path of a new file.
  func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    try Data(bytes).write(to: url(name))
    return url(name).path
  }

  func writing(_ name: String) throws -> FileHandle {
    try FileHandle(forWritingTo: URL(filePath: try file(name, [])))
  }
}
