import Foundation
import Testing

/// What a reviewer would otherwise have to say again and again.
@Suite struct TidyTests {
  /// Files that may be longer than the limit, each with the reason.
  static let longFiles: [String: String] = [:]

  @Test func `files are one screenful or a few`() throws {
    for file in try Repository.swiftFiles(below: "Sources") {
      let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false).count
      let limit = Self.longFiles[file.path] == nil ? 400 : 600
      if lines > limit {
        Issue.record("\(file.path) has \(lines) lines; the limit is \(limit): is it one concern?")
      }
    }
  }

  @Test func `nothing is left for later, and no machine is named`() throws {
    let forbidden = ["TO" + "DO", "FIX" + "ME", "/ro" + "ot/", "/wo" + "rk/", "/ho" + "me/"]
    for folder in ["Sources", "Tests"] {
      for file in try Repository.swiftFiles(below: folder) {
        for word in forbidden where file.text.contains(word) {
          Issue.record("\(file.path) contains \(word)")
        }
      }
    }
  }

  @Test func `the test command of the README is the one that CI runs`() throws {
    let command = "swift test --disable-xctest"
    #expect(try Repository.text("README.md").contains("\n\(command)\n"))
    #expect(try Repository.text(".ci/run").contains("step \(command)\n"))
  }
}
