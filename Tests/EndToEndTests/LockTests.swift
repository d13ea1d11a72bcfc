import Foundation
import PolicyTestSupport
import Testing

/// The locks of the samples are fresh.
@Suite struct LockTests {
  @Test(arguments: ["emnify", "emnify-next", "enos", "payments", "pull-request/main"])
  func `the lock of a sample says what its policies do`(name: String) throws {
    let outcome = try Executable.pol(["lock", "--check", "Samples/\(name)"])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.error)")
    let scratch = try TemporaryFolder()
    let copy = scratch.place("set")
    try FileManager.default.copyItem(
      at: Executable.root.appending(path: "Samples/\(name)"),
      to: copy
    )
    let lock = copy.appending(path: "access.lock")
    let before = try String(contentsOf: lock, encoding: .utf8)
    try FileManager.default.removeItem(at: lock)
    #expect(try Executable.pol(["lock", copy.path]).status == 0)
    #expect(try String(contentsOf: lock, encoding: .utf8) == before)
  }
}
