import Foundation
import PolicyTestSupport
import Testing

/// What the READMEs show is what happens.
@Suite struct TranscriptTests {
  static let documents: [String] = {
    let samples = Executable.root.appending(path: "Samples").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: samples)) ?? []
    let paths =
      ["README.md", "Samples/README.md"] + names.sorted().map { "Samples/\($0)/README.md" }
    return paths.filter {
      FileManager.default.fileExists(atPath: Executable.root.appending(path: $0).path)
    }
  }()

  @Test(arguments: documents)
  func `the console blocks are true`(document: String) throws {
    let file = Executable.root.appending(path: document)
    let transcript = Transcript(try String(contentsOf: file, encoding: .utf8))
    let folder = try Self.workingCopy()
    let outputs = try transcript.steps.map { step in
      guard let command = step.runnable else { return step.expected }
      let outcome = try Executable.shell("(\(command)) 2>&1", in: folder.url)
      var lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
      if lines.last == "" { lines.removeLast() }
      return lines.map(String.init)
    }
    if let problem = Golden.mismatch(transcript.replacing(outputs), with: file) {
      Issue.record("\(document): \(problem)")
    }
  }

  @Test func `a transcript is read and put together again`() {
    let text = """
      # T
      ```console
      $ pol a \\
          --b
      one

      $ swift run -q pol c
      $ ls
      two
      ```
      ```swift
      $ no
      ```
      """
    let transcript = Transcript(text)
    #expect(transcript.steps.map(\.command) == ["pol a --b", "swift run -q pol c", "ls"])
    #expect(transcript.steps.map(\.runnable) == ["pol a --b", "pol c", nil])
    #expect(transcript.steps.map(\.expected) == [["one", ""], [], ["two"]])
    #expect(transcript.replacing(transcript.steps.map(\.expected)) == text)
    #expect(
      transcript.replacing([["x"], ["y"], []]).contains(
        "--b\nx\n$ swift run -q pol c\ny\n$ ls\n```"
      )
    )
  }

  /// A folder that looks like the root of the repository, in which commands may write.
  private static func workingCopy() throws -> TemporaryFolder {
    let scratch = try TemporaryFolder()
    for name in try FileManager.default.contentsOfDirectory(atPath: Executable.root.path)
    where !name.hasPrefix(".") {
      try FileManager.default.createSymbolicLink(
        at: scratch.place(name),
        withDestinationURL: Executable.root.appending(path: name)
      )
    }
    return scratch
  }
}
