import Foundation
import PolicyReport
import PolicyTestSupport
import Testing

/// Whatever programs in other languages give the library, it answers with a status.
@Suite struct MisuseTests {
  /// Compiles and runs one of the programs in C on the sample's policies.
  private func runC(_ name: String, _ arguments: [String] = []) throws -> Program.Outcome {
    let scratch = try TemporaryFolder()
    let doors = try scratch.file("doors.polc", try Programs.compiled("languages").bytes).path
    let other = try scratch.file("other.polc", try Programs.compiled("payments").bytes).path
    let program = try Programs.build(Programs.sources.appending(path: name), into: scratch)
    return try Program.run(program, [doors] + (arguments.isEmpty ? [other] : arguments))
  }

  @Test(.enabled(if: Programs.hasC, "there is no C compiler, or no libpolicyengine"))
  func `NULL, other handles, bad texts and numbers are refused in C`() throws {
    let outcome = try runC("misuse.c")
    #expect(outcome.status == 0 && outcome.output == "all refused\n")
    if outcome.status != 0 { Issue.record("\(outcome.output)\(outcome.error)") }
  }

  @Test(.enabled(if: Programs.hasC, "there is no C compiler, or no libpolicyengine"))
  func `files that are cut, changed or random are refused in C`() throws {
    let failure = try RandomCases(2).seeds.map { seed -> String? in
      let outcome = try runC("hostile.c", ["\(seed)"])
      let isRight = outcome.status == 0 && outcome.output.hasPrefix("1 loaded, ")
      return isRight ? nil : "POL_SEED=\(seed): \(outcome.status) \(outcome.output)\(outcome.error)"
    }
    #expect(failure.compactMap { $0 } == [])
  }

  @Test(
    .enabled(if: Programs.hasPython, "there is no python3, or no libpolicyengine"),
    arguments: RandomCases(1, from: 3).seeds
  )
  func `what is to be refused is refused in Python`(seed: UInt64) throws {
    let scratch = try TemporaryFolder()
    let outcome = try Program.run(
      try #require(Program.python),
      [
        Programs.sources.appending(path: "misuse.py").path, Programs.sample.path,
        Programs.library.path,
        try scratch.file("doors.polc", try Programs.compiled("languages").bytes).path, "\(seed)",
      ]
    )
    #expect(outcome.output == "all refused\n", "POL_SEED=\(seed): \(outcome.error)")
  }

  #if os(Linux) && canImport(Glibc)
    @Test(.enabled(if: Programs.hasC, "there is no C compiler, or no libpolicyengine"))
    func `deciding through C allocates nothing`() throws {
      let outcome = try runC("allocations.c")
      #expect(outcome.status == 0 && outcome.output == "0 allocations, counted\n")
    }
  #endif
}

/// The examples of Samples/languages do what its README shows.
@Suite struct ExampleTests {
  private static let readme = Programs.sample.appending(path: "README.md")

  /// Whether the README has a text, each line as it stands there.
  private func expectShown(_ outcome: Program.Outcome) throws {
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(!outcome.output.isEmpty)
    let readme = try String(contentsOf: Self.readme, encoding: .utf8)
    #expect(readme.contains("\n\(outcome.output)```\n"), "\(outcome.output)")
  }

  @Test(.enabled(if: Programs.hasC, "there is no C compiler, or no libpolicyengine"))
  func `the example in C`() throws {
    let scratch = try TemporaryFolder()
    let file = try scratch.file("doors.polc", try Programs.compiled("languages").bytes).path
    let program = try Programs.build(Programs.sample.appending(path: "doors.c"), into: scratch)
    try expectShown(try Program.run(program, [file]))
    let missing = try Program.run(program, ["no.polc"])
    #expect(missing.status == 2 && missing.error.hasPrefix("doors: no.polc cannot be read"))
  }

  @Test(
    .enabled(
      if: Programs.hasStatic,
      "there is no C compiler, no swiftc, or no libpolicyengine-static"
    )
  )
  func `the example in C, linked with the static library`() throws {
    let scratch = try TemporaryFolder()
    let file = try scratch.file("doors.polc", try Programs.compiled("languages").bytes).path
    let program = try Programs.buildStatically(
      Programs.sample.appending(path: "doors.c"),
      into: scratch
    )
    try expectShown(try Program.run(program, [file]))
  }

  @Test(.enabled(if: Programs.hasPython, "there is no python3, or no libpolicyengine"))
  func `the example in Python`() throws {
    let scratch = try TemporaryFolder()
    let file = try scratch.file("doors.polc", try Programs.compiled("languages").bytes).path
    let program = Programs.sample.appending(path: "doors.py").path
    try expectShown(
      try Program.run(try #require(Program.python), ["-B", program, Programs.library.path, file])
    )
  }

  @Test func `the header has the version of the tools`() throws {
    let header = try String(
      contentsOf: Programs.root.appending(path: "Sources/CPolicyEngine/include/policyengine.h"),
      encoding: .utf8
    )
    #expect(header.contains("\n#define POL_VERSION \"\(ToolVersion.text)\"\n"))
  }
}
