import Foundation
import PolicyTestSupport
import Testing

/// `pol diff` between two revisions of a repository, by the program itself.
@Suite struct RevisionTests {
  private static let policies = """
    catalogue portal {
      context { mfa: Bool }
      service device { list  delete }
    }
    role Operator { allow device.delete when context.mfa }

    """

  @Test(.enabled(if: git("--version"), "there is no git"))
  func `two revisions are compared`() throws {
    let scratch = try TemporaryFolder()
    let folder = scratch.place("set").deletingLastPathComponent()
    let set = scratch.place("policies")
    func write(_ text: String, to name: String) throws {
      let url = set.appending(path: name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(text.utf8).write(to: url)
    }
    func commit() throws {
      try #require(Self.git("-C", folder.path, "add", "--all"))
      try #require(Self.git("-C", folder.path, "commit", "--quiet", "--message", "more"))
    }
    try #require(Self.git("init", "--quiet", "--initial-branch=main", folder.path))
    try write(Self.policies, to: "a.pol")
    try commit()
    try #require(Self.git("-C", folder.path, "tag", "v1"))
    try FileManager.default.removeItem(at: set.appending(path: "a.pol"))
    try write(Self.policies, to: "deep/b.pol")
    try commit()
    let moved = try Executable.pol(["diff", "v1:policies", "main:policies"], in: folder)
    #expect(moved.output == "no access differs\n", "\(moved.error)")
    #expect(moved.status == 0)
    try write(Self.policies.replacing(" when context.mfa", with: ""), to: "deep/b.pol")
    try commit()
    let widened = try Executable.pol(["diff", "v1:policies", "main:policies"], in: folder)
    #expect(
      widened.output == """
        widened: policy `Operator`
          actions  device.delete
          rule -   allow device.delete when context.mfa  (v1:policies/a.pol:5:17)
          rule +   allow device.delete  (main:policies/deep/b.pol:5:17)
          request  device.delete as someone who holds `Operator`
          before   denied: no rule allows it
          after    allowed by `Operator#1` (main:policies/deep/b.pol:5:17)

        access differs: 1 widened

        """,
      "\(widened.error)"
    )
    #expect(widened.status == 1)
    let file = try Executable.pol(
      ["diff", "v1:policies/a.pol", "./policies/deep/b.pol"],
      in: folder
    )
    #expect(file.output.hasSuffix("access differs: 1 widened\n"), "\(file.error)")
  }

  /// Runs git; whether it succeeded.
  private static func git(_ arguments: String...) -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    let settings = [
      "-c", "user.name=Tester", "-c", "user.email=tester@acme.example", "-c",
      "commit.gpgsign=false",
    ]
    process.arguments = ["git"] + settings + arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
