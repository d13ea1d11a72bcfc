import Foundation
import Testing

/// A git repository in a session's folder.
struct Repository {
  let folder: String

  /// Makes one with what is in the folder as its first revision.
  init(in folder: String) throws {
    self.folder = folder
    try git("init", "--quiet", "--initial-branch=main")
    try commit("first")
  }

  /// Whether there is a git to make one with.
  static let isPossible: Bool = {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["git", "--version"]
    process.standardOutput = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  func commit(_ message: String) throws {
    try git("add", "--all", "--force")
    try git("commit", "--quiet", "--allow-empty", "--message", message)
  }

  func git(_ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    let settings = [
      "-c", "user.name=Tester", "-c", "user.email=tester@acme.example", "-c",
      "commit.gpgsign=false",
    ]
    process.arguments = ["git", "-C", folder] + settings + arguments
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "git \(arguments.joined(separator: " "))")
  }
}
