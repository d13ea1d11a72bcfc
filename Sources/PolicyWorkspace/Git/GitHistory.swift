package import PolicySource

/// A commit, as a history tells of it.
package struct GitCommit: Hashable, Sendable {
  /// The whole object name.
  package let id: String
  /// As short as git makes it unambiguous.
  package let shortID: String
  package let author: String
  /// The day on which its author wrote it, where they were, as `2026-03-02`.
  package let date: String
  /// The first line of its message.
  package let subject: String
}

/// The commits in which the policy files below a path changed.
package struct GitHistory: Sendable {
  /// The newest first; of a merge only the first parent is followed, so that what a branch brought is
  /// said of the merge.
  package let commits: [GitCommit]
  /// Whether the clone has no more of the history, so that older commits are missing.
  package let isShallow: Bool

  private let path: String
  private let git: Git

  /// Reads the history of a file or directory back from a revision.
  ///
  /// - Complexity: That of git's walk through all commits.
  package init(of path: String, from revision: String = "HEAD") throws(FileError) {
    let isDirectory = System.isDirectory(path)
    let (folder, name) = isDirectory ? (path, "") : Self.parts(of: path)
    git = Git(in: folder)
    guard let prefix = try git.ask(["rev-parse", "--show-prefix"]) else {
      throw .revision(path, reason: "there is no git repository around it")
    }
    self.path = String(decoding: prefix.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self) + name
    // A name of an option is no revision.
    let known = try git.ask([
      "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}",
    ])
    guard let known else {
      throw .revision(revision, reason: "the repository has no such commit")
    }
    let start = String(decoding: known.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    let format = "%H%x00%h%x00%an%x00%as%x00%s"
    let log = try git.answer(
      [
        "log", "-z", "--first-parent", "-m", "--format=" + format, start, "--",
        name.isEmpty ? "." : name,
      ],
      about: path
    )
    let words = log.split(separator: 0, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    commits = stride(from: 0, to: words.count - 4, by: 5).map { index in
      GitCommit(
        id: words[index],
        shortID: words[index + 1],
        author: words[index + 2],
        date: words[index + 3],
        subject: words[index + 4]
      )
    }
    let shallow = try git.ask(["rev-parse", "--is-shallow-repository"])
    isShallow = shallow?.starts(with: "true".utf8) ?? false
  }

  /// The policy files as a commit left them, named `REV:path`: those that were at the same path.
  ///
  /// - Complexity: O(n log n) in the files below, and five processes.
  package func sources(in commit: GitCommit) throws(FileError) -> SourceMap {
    try GitRevision(revision: commit.shortID, path: path).sources(git)
  }

  private static func parts(of path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let folder = path[..<slash]
    return (folder.isEmpty ? "/" : String(folder), String(path[path.index(after: slash)...]))
  }
}
