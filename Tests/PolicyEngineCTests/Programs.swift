import Foundation
import PolicyCompiler
import PolicyModel
import PolicySource
import PolicyTestSupport
import PolicyWorkspace
import Testing

/// What programs in other languages need: compilers, interpreters, the library, files.
enum Programs {
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

  static let staticLibrary = products.appending(path: "libpolicyengine-static.a")

  static let compiler = Program.find("cc") ?? Program.find("clang")
  static let swiftCompiler = Program.find("swiftc")

  /// Whether C can be compiled and linked with the library.
  static var hasC: Bool { compiler != nil && hasLibrary }
  /// Whether C can be compiled and linked with the static library; a sanitizer's build has none that can.
  static var hasStatic: Bool {
    compiler != nil && swiftCompiler != nil && hasLibrary
      && FileManager.default.fileExists(atPath: staticLibrary.path)
  }
  static var hasPython: Bool { Program.python != nil && hasLibrary }

  /// A sanitizer's build has a library that needs the sanitizer's own program.
  private static var hasLibrary: Bool { FileManager.default.fileExists(atPath: library.path) }

  /// Compiles a program in C, without a warning, and links it with the library.
  static func build(_ source: URL, into scratch: TemporaryFolder) throws -> URL {
    let program = scratch.place(source.deletingPathExtension().lastPathComponent)
    try compileC(
      source,
      [
        "-o", program.path, "-L", products.path, "-lpolicyengine",
        "-Wl,-rpath,\(products.path)",
      ]
    )
    return program
  }

  /// Compiles a program in C, and links it with the static library by the driver that knows where the
  /// Swift runtime is.
  static func buildStatically(_ source: URL, into scratch: TemporaryFolder) throws -> URL {
    let object = scratch.place("program.o")
    try compileC(source, ["-c", "-o", object.path])
    let program = scratch.place(source.deletingPathExtension().lastPathComponent)
    #if os(macOS)
      // There the runtime is part of the system.
      let runtime: [String] = []
    #else
      let runtime = ["-static-stdlib"]
    #endif
    let outcome = try Program.run(
      try #require(swiftCompiler),
      runtime + [object.path, staticLibrary.path, "-o", program.path]
    )
    try #require(outcome.status == 0, "\(outcome.error)")
    return program
  }

  private static func compileC(_ source: URL, _ arguments: [String]) throws {
    let outcome = try Program.run(
      try #require(compiler),
      [
        "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-D_GNU_SOURCE", "-g",
        "-I", root.appending(path: "Sources/CPolicyEngine/include").path, source.path,
      ] + arguments
    )
    try #require(outcome.status == 0, "\(outcome.error)")
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
