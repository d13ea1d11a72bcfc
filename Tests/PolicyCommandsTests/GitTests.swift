import Foundation
import PolicySource
import PolicyWorkspace
import Testing

/// Reading policy sets out of git.
@Suite(.enabled(if: Repository.isPossible, "there is no git"))
struct GitTests {
  @Test func `a tree of a revision is read as it was`() throws {
    let large = String(repeating: "// a line of a comment\n", count: 20_000)
    let session = try Session([
      "set/a.pol": "// a\n", "set/b/c.pol": large, "set/b/.hidden/d.pol": "", "set/.e.pol": "",
      "set/é x.pol": "", "set/f.txt": "", "other.pol": "// other",
    ])
    let repository = try Repository(in: session.folder)
    try FileManager.default.createSymbolicLink(
      atPath: session.folder + "/set/link.pol",
      withDestinationPath: "a.pol"
    )
    try session.write("// changed\n", to: "set/a.pol")
    try repository.commit("second")
    let git = Git(in: session.folder)

    let before = try #require(GitRevision("HEAD~1:set")).sources(git)
    #expect(
      before.files.map(\.path) == ["HEAD~1:set/a.pol", "HEAD~1:set/b/c.pol", "HEAD~1:set/é x.pol"]
    )
    #expect(
      before.files.map { String(decoding: $0.bytes, as: UTF8.self) } == ["// a\n", large, ""]
    )
    let after = try #require(GitRevision("main:set/")).sources(git)
    #expect(after.files.first?.path == "main:set/a.pol")
    #expect(after.files.first?.bytes == Array("// changed\n".utf8))
    #expect(try #require(GitRevision("HEAD:")).sources(git).files.count == 4)
    #expect(
      try #require(GitRevision("HEAD:./other.pol")).sources(git).files.map(\.path)
        == ["HEAD:./other.pol"]
    )
    #expect(try #require(GitRevision("HEAD:set/f.txt")).contents(git) == [])
    #expect(try #require(GitRevision("HEAD:set/none")).contents(git) == nil)
  }

  @Test func `what is not there is said`() throws {
    let session = try Session(["set/a.txt": ""])
    let git = Git(in: session.folder)
    func problem(_ text: String) throws -> String {
      let revision = try #require(GitRevision(text))
      do throws(FileError) {
        _ = try revision.sources(git)
        return "none"
      } catch {
        return error.message
      }
    }
    #expect(try problem("HEAD:set") == "cannot read `HEAD:set`: there is no git repository here")
    _ = try Repository(in: session.folder)
    #expect(try problem("v1:set") == "cannot read `v1:set`: the repository has no revision `v1`")
    #expect(
      try problem("--all:set") == "cannot read `--all:set`: the repository has no revision `--all`"
    )
    #expect(
      try problem("HEAD:sets") == "cannot read `HEAD:sets`: there is no `sets` in that revision"
    )
    #expect(try problem("HEAD:set") == "there are no .pol files below `HEAD:set`")
    #expect(GitRevision("policies") == nil)
    #expect(GitRevision(":policies") == nil)
  }
}
