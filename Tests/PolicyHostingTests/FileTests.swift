import Foundation
import PolicyEngine
import PolicyHosting
import Testing

@Suite struct FileTests {
  private let text = portal + "role Observer { allow *.read }\nassign Observer to user \"ada\""

  private func refusal(_ path: String) -> PolicyFileError? {
    do throws(PolicyFileError) {
      _ = try PolicyEngine(contentsOf: path)
      return nil
    } catch {
      return error
    }
  }

  @Test func `a file is mapped, and decides after it was removed`() throws {
    let engine = try withFile(artifact(text)) { try PolicyEngine(contentsOf: $0) }
    #expect(try engine.decide(user: "ada", "device.list").isAllowed)
    #expect(!(try engine.decide(user: "bob", "device.list").isAllowed))
    #expect(engine.byteCount == (try artifact(text)).count)
  }

  @Test func `what cannot be used is refused by its path`() throws {
    let missing = try #require(refusal("/nowhere/set.polc"))
    #expect(missing.description.hasPrefix("/nowhere/set.polc cannot be read: "))
    try withFile([]) { path in
      #expect(refusal(path) == .refused(path: path, .notAnArtifact))
      let folder = URL(filePath: path).deletingLastPathComponent().path
      #expect(refusal(folder) == .notAFile(path: folder))
    }
    let bytes = try artifact(text)
    try withFile(Array(bytes.dropLast(7))) { path in
      let expected = ArtifactError.wrongLength(
        expected: UInt64(bytes.count),
        actual: UInt64(bytes.count - 7)
      )
      #expect(refusal(path) == .refused(path: path, expected))
    }
  }
}
