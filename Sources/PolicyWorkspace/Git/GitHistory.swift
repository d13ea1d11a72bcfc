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
  /// Where the policy files were in it, from the root of the repository.
  package let path: String
}

/// The commits in which the policy files below a path changed, or where they were before they moved.
package struct GitHistory: Sendable {
  /// The newest first; of a merge only the first parent is followed, so that what a branch brought is
  /// said of the merge.
  package let commits: [GitCommit]
  /// Whether the clone has no more of the history, so that older commits are missing.
  package let isShallow: Bool

  private let git: Git

  /// Reads the history of a file or directory back from a revision.
  ///
  /// Where a commit moved all there is from another path, it goes on there.
  /// - Complexity: That of git's walk through all commits, once for each path.
  package init(of path: String, from revision: String = "HEAD") throws(FileError) {
    let isDirectory = System.isDirectory(path)
    let (folder, name) = isDirectory ? (path, "") : Self.parts(of: path)
    git = Git(in: folder)
    guard let prefix = try git.ask(["rev-parse", "--show-prefix"]) else {
      throw .revision(path, reason: "there is no git repository around it")
    }
    let up = try git.answer(["rev-parse", "--show-cdup"], about: path)
    // A name of an option is no revision.
    let known = try git.ask([
      "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}",
    ])
    guard let known else {
      throw .revision(revision, reason: "the repository has no such commit")
    }
    var start = Self.line(known)
    var place = Self.line(prefix) + name
    var found: [GitCommit] = []
    while true {
      let commits = try git.commits(of: place, from: start, up: Self.line(up))
      guard let first = try git.firstPolicies(at: place, from: start, up: Self.line(up)),
        let index = commits.firstIndex(where: { $0.id == first }),
        let former = try git.formerPath(of: place, in: first)
      else {
        found += commits
        break
      }
      // What was there before them were no policies.
      found += commits[...index]
      (start, place) = (first + "^", former)
    }
    commits = found
    let shallow = try git.ask(["rev-parse", "--is-shallow-repository"])
    isShallow = shallow?.starts(with: "true".utf8) ?? false
  }

  /// The policy files as a commit left them, named `REV:path`.
  ///
  /// - Complexity: O(n log n) in the files below, and five processes.
  package func sources(in commit: GitCommit) throws(FileError) -> SourceMap {
    try GitRevision(revision: commit.shortID, path: commit.path).sources(git)
  }

  private static func line(_ answer: [UInt8]) -> String {
    String(decoding: answer.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }

  private static func parts(of path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let folder = path[..<slash]
    return (folder.isEmpty ? "/" : String(folder), String(path[path.index(after: slash)...]))
  }
}

extension Git {
  /// The commits back from a revision that changed something at a path, which begins at the root of
  /// the repository; that is `up` from where git runs.
  fileprivate func commits(
    of path: String,
    from start: String,
    up: String
  ) throws(FileError) -> [GitCommit] {
    let format = "%H%x00%h%x00%an%x00%as%x00%s"
    let place = up + path
    let log = try answer(
      [
        "log", "-z", "--first-parent", "-m", "--format=" + format, start, "--",
        place.isEmpty ? "." : place,
      ],
      about: path
    )
    let words = log.split(separator: 0, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    return stride(from: 0, to: words.count - 4, by: 5).map { index in
      GitCommit(
        id: words[index],
        shortID: words[index + 1],
        author: words[index + 2],
        date: words[index + 3],
        subject: words[index + 4],
        path: path
      )
    }
  }

  /// The commit that made the first policy file at a path; nil where none did.
  fileprivate func firstPolicies(
    at path: String,
    from start: String,
    up: String
  ) throws(FileError) -> String? {
    let place = up + path
    let log = try answer(
      [
        "log", "--first-parent", "-m", "--diff-filter=A", "--name-only", "--format=commit %H",
        start, "--", place.isEmpty ? "." : place,
      ],
      about: path
    )
    var current: Substring?
    var first: Substring?
    for line in String(decoding: log, as: UTF8.self).split(separator: "\n") {
      // Git quotes names with letters that are not ASCII.
      if line.hasSuffix(PolicyFiles.suffix) || line.hasSuffix(PolicyFiles.suffix + "\"") {
        first = current
      } else if line.hasPrefix("commit ") {
        current = line.dropFirst("commit ".count)
      }
    }
    return first.map { String($0) }
  }

  /// Where the policy files of a path were before a commit that made the first there.
  ///
  /// That is the place from which it moved most of them; nil where it moved none.
  fileprivate func formerPath(of path: String, in commit: String) throws(FileError) -> String? {
    guard !path.isEmpty,
      let moves = try ask([
        "diff-tree", "-r", "-z", "-M", "--diff-filter=R", "--name-status", commit + "^", commit,
      ])
    else { return nil }
    let words = moves.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    var counts: [String: Int] = [:]
    for index in stride(from: 0, to: words.count - 2, by: 3) {
      let (old, new) = (words[index + 1], words[index + 2])
      guard new.hasSuffix(PolicyFiles.suffix), new.utf8.starts(with: path.utf8) else { continue }
      // What the file is called below the path, and was called below the former one.
      let rest = new.utf8.dropFirst(path.utf8.count)
      guard rest.isEmpty || path.hasSuffix("/"), old.utf8.reversed().starts(with: rest.reversed())
      else { continue }
      let former = String(decoding: old.utf8.dropLast(rest.count), as: UTF8.self)
      if rest.isEmpty || former.isEmpty || former.hasSuffix("/") { counts[former, default: 0] += 1 }
    }
    return counts.min { one, other in
      one.value == other.value
        ? one.key.utf8.lexicographicallyPrecedes(other.key.utf8) : one.value > other.value
    }?.key
  }
}
