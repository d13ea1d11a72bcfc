import Foundation
import PolicyBenchmark
import PolicyCompiler
import Testing

/// Constant time is claimed in instructions, which repeat exactly, and never in nanoseconds.
@Suite(.enabled(if: Callgrind.isAvailable, "there is no valgrind"))
struct InstructionTests {
  /// The folder that the build put the tests, and `pol-bench`, into.
  private static let products: URL = {
    #if os(macOS)
      for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
        return bundle.bundleURL.deletingLastPathComponent()
      }
    #endif
    return URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
  }()

  @Test func `a hundred times the rules take the same instructions`() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "pol-bench-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let program = Callgrind.readable(
      Self.products.appending(path: "pol-bench").path,
      in: folder.path
    )
    for (form, share) in [("plain", 0), ("classified", 100)] {
      let counts = try [10, 1000].map { rules in
        let generated = GeneratedSet(
          roles: 10,
          actions: 100,
          rules: rules,
          conditionalShare: share,
          isUniform: true
        )
        let path = folder.appending(path: "\(rules).polc")
        let set = try AgreementTests.compiled(generated.text).set
        try Data(compile(set).bytes).write(to: path)
        return try #require(
          Callgrind.instructions(program, ["counted", path.path, form, "1"]),
          "\(form) of \(rules) rules does not run under valgrind"
        )
      }
      print("\(form): \(counts[0]) instructions with 10 rules, \(counts[1]) with 1,000")
      #expect(counts[0] > 512)
      // Requests are the same; what differs is where memory lies, and what that aligns.
      #expect(abs(counts[1] - counts[0]) * 100 <= counts[0], "\(form): \(counts)")
    }
  }

  @Test func `the line of a report that counts is found`() {
    #expect(Callgrind.collected("==1== Events    : Ir\n==1== Collected : 1234\n") == 1234)
    #expect(Callgrind.collected("==1== Events    : Ir\n") == nil)
  }
}
