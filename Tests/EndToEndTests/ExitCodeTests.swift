import Foundation
import PolicyTestSupport
import Testing

/// The exit codes of the program itself.
@Suite struct ExitCodeTests {
  @Test(
    arguments: [
      (["check", "Samples/emnify"], 0),
      (
        [
          "eval", "Samples/emnify", "--as", "user", "--holding", "Observer", "--in", "outside",
          "device.list",
        ], 0
      ),
      (["eval", "Samples/emnify", "--holding", "Observer", "--in", "outside", "device.list"], 3),
      (["eval", "Samples/emnify", "--holding", "Observer", "--in", "outside", "device.delete"], 1),
      (
        ["eval", "Samples/emnify", "--holding", "Observer", "--in", "outside", "device.nothing"], 3
      ),
      (["check", "Samples/nowhere"], 2), (["chek"], 2), ([], 2), (["--version"], 0),
    ] as [([String], Int32)]
  )
  func `a command ends as it says`(arguments: [String], status: Int32) throws {
    #expect(try Executable.pol(arguments).status == status)
  }

  @Test func `answers go to standard output, complaints to standard error`() throws {
    let answer = try Executable.pol(["check", "Samples/emnify"])
    #expect(!answer.output.isEmpty && answer.error.isEmpty)
    let complaint = try Executable.pol(["chek"])
    #expect(complaint.output.isEmpty && !complaint.error.isEmpty)
  }

  @Test func `a fault of the program is told apart from every answer`() throws {
    // The shell sends the signal of a failed precondition to a `pol` that waits for input.
    let script = """
      mkfifo pipe; (sleep 5 > pipe) & pol eval "$ROOT/Samples/emnify" --requests - < pipe &
      waiting=$!; sleep 1; kill -ILL $waiting; wait $waiting; echo $?; kill %1
      """
    let scratch = try TemporaryFolder()
    let line = "ROOT='\(Executable.root.path)'\n" + script
    let outcome = try Executable.shell(line, in: scratch.url)
    #expect(outcome.output == "70\n")
    #expect(outcome.error.contains("this is a fault of pol itself"))
  }

  @Test func `the same input gives the same bytes`() throws {
    let runs = try (0..<3).map { _ in
      try Executable.pol(["check", "--format", "json", "Samples/payments", "Samples/emnify"]).output
    }
    #expect(Set(runs).count == 1)
  }
}
