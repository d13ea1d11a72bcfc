package import PolicySource

/// Files as they are in a revision of a git repository, written `REV:path` as git writes it.
///
/// The path begins at the root of the repository, or, after `./` and `../`, where `pol` runs.
package struct GitRevision: Hashable, Sendable {
  /// A branch, tag, commit, or whatever else git takes for one, such as `HEAD~3`.
  package let revision: String
  /// Empty for the root.
  package let path: String

  package init(revision: String, path: String) {
    self.revision = revision
    self.path = path
  }

  /// Reads `REV:path`; nil for a text without a colon, or with nothing before it.
  package init?(_ text: String) {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), colon != text.startIndex else {
      return nil
    }
    revision = String(text[..<colon])
    path = String(text[text.utf8.index(after: colon)...])
  }

  package var text: String { "\(revision):\(path)" }

  /// The `.pol` files at and below the path: a file is itself, a tree every `.pol` file below it.
  ///
  /// Hidden files and directories are passed over, as they are in a working copy; symbolic links
  /// and submodules too, since what they lead to is not in the revision. Files are named
  /// `REV:path`, which `git show` understands.
  /// - Complexity: O(n log n) in the files below.
  package func sources(_ git: Git = Git()) throws(FileError) -> SourceMap {
    SourceMap(
      try files(git, suffix: PolicyFiles.suffix).map { SourceFile(path: $0.path, bytes: $0.bytes) }
    )
  }

  /// The bytes of one file; nil when the revision has none there.
  package func contents(_ git: Git = Git()) throws(FileError) -> [UInt8]? {
    _ = try resolvedRevision(git)
    guard let object = try object(at: text, git) else { return nil }
    return try git.answer(["cat-file", "blob", object], about: text)
  }

  /// Every file whose name ends so, with its bytes; a path to a file is taken whatever its name.
  package func files(
    _ git: Git = Git(),
    suffix: String
  ) throws(FileError) -> [(path: String, bytes: [UInt8])] {
    _ = try resolvedRevision(git)
    guard let object = try object(at: text, git) else {
      throw .revision(text, reason: "there is no `\(path)` in that revision")
    }
    let kind = try git.answer(["cat-file", "-t", object], about: text)
    guard kind.starts(with: "tree".utf8) else {
      return [(text, try git.answer(["cat-file", "blob", object], about: text))]
    }
    let listing = try git.answer(["ls-tree", "-r", "-z", "--full-tree", object], about: text)
    let entries = listing.split(separator: 0).compactMap { TreeEntry($0, suffix: suffix) }
    guard !entries.isEmpty else { throw .noPolicyFiles(text) }
    let blobs = try contents(of: entries, git)
    let prefix = path.isEmpty || path.hasSuffix("/") ? text : text + "/"
    return zip(entries, blobs).map { (prefix + $0.path, $1) }
  }

  /// The commit, or tree, that the revision names.
  package func resolvedRevision(_ git: Git = Git()) throws(FileError) -> String {
    if let object = try object(at: revision + "^{tree}", git) { return object }
    guard try git.isInRepository else {
      throw .revision(text, reason: "there is no git repository here")
    }
    throw .revision(text, reason: "the repository has no revision `\(revision)`")
  }

  private func object(at expression: String, _ git: Git) throws(FileError) -> String? {
    let output = try git.ask(["rev-parse", "--verify", "--quiet", "--end-of-options", expression])
    guard let output else { return nil }
    return String(decoding: output.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }

  /// The bytes of some blobs, all in one run of git.
  private func contents(of entries: [TreeEntry], _ git: Git) throws(FileError) -> [[UInt8]] {
    let names = entries.flatMap { Array($0.object.utf8) + [UInt8(ascii: "\n")] }
    let answer = try git.answer(["cat-file", "--batch"], about: text, input: names)
    // Each is `object blob size`, a line feed, so many bytes, and a line feed.
    var rest = answer[...]
    var blobs: [[UInt8]] = []
    for _ in entries {
      guard let end = rest.firstIndex(of: UInt8(ascii: "\n")),
        let word = rest[..<end].split(separator: UInt8(ascii: " ")).last,
        let size = Int(String(decoding: word, as: UTF8.self)), size < rest.endIndex - end
      else { throw .revision(text, reason: "git cat-file gives no such object") }
      blobs.append(Array(rest[(end + 1)...].prefix(size)))
      rest = rest[(end + 1)...].dropFirst(size + 1)
    }
    return blobs
  }
}

/// A file in a listing by `git ls-tree -z`: mode, kind and object, a tab, and the path.
private struct TreeEntry {
  let object: String
  let path: String

  /// Nil for what is no regular file, is hidden, or has another suffix.
  init?(_ line: ArraySlice<UInt8>, suffix: String) {
    guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
    let words = line[..<tab].split(separator: UInt8(ascii: " "))
    path = String(decoding: line[(tab + 1)...], as: UTF8.self)
    guard words.count == 3, words[0].starts(with: "100".utf8),
      !path.split(separator: "/").contains(where: { $0.hasPrefix(".") }), path.hasSuffix(suffix)
    else { return nil }
    object = String(decoding: words[2], as: UTF8.self)
  }
}
