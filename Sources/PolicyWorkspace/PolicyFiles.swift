/// Finds the files of a policy set.
package enum PolicyFiles {
  package static let suffix = ".pol"
  /// Of compiled tables, which are never policy text.
  package static let compiledSuffix = ".polc"

  /// The files at some paths: a file is itself, a directory every `.pol` file below it.
  ///
  /// Hidden files and directories are passed over. A file, or directory, that is reached by several
  /// names is taken once, by the first in the order of bytes, so that links can make no loop.
  /// - Complexity: O(n log n) in the files below.
  package static func find(at paths: [String]) throws(FileError) -> [String] {
    var search = Search()
    for path in paths {
      guard let status = System.status(of: path) else { throw .notFound(path) }
      guard status.kind == .directory else {
        if path.hasSuffix(compiledSuffix) { throw .compiled(path) }
        search.take(path, status)
        continue
      }
      let before = search.found.count + search.repeated
      try search.descend(into: path.isEmpty ? "." : path, status)
      if search.found.count + search.repeated == before { throw .noPolicyFiles(path) }
    }
    return search.found
  }

  /// What has been found and seen so far.
  private struct Search {
    var found: [String] = []
    /// Files that had been found before, by another name.
    var repeated = 0
    private var seen: Set<System.Status.Identity> = []

    mutating func take(_ path: String, _ status: System.Status) {
      if seen.insert(status.identity).inserted { found.append(path) } else { repeated += 1 }
    }

    mutating func descend(into root: String, _ status: System.Status) throws(FileError) {
      guard seen.insert(status.identity).inserted else {
        repeated += 1
        return
      }
      // A stack of our own: a directory may be deep. The last is taken first, hence reversed.
      var waiting = try entries(of: root)
      while let path = waiting.popLast() {
        guard let status = System.status(of: path) else {
          // A link that leads nowhere matters only where it claims to be policy.
          if path.hasSuffix(suffix) { throw .notFound(path) }
          continue
        }
        switch status.kind {
        case .directory:
          if seen.insert(status.identity).inserted { waiting += try entries(of: path) }
        case .file:
          if path.hasSuffix(suffix) { take(path, status) }
        case .other: break
        }
      }
    }

    /// What is in a directory, the last name first.
    private func entries(of directory: String) throws(FileError) -> [String] {
      var prefix = directory
      while prefix.utf8.count > 1, prefix.hasSuffix("/") { prefix.removeLast() }
      prefix = prefix == "." ? "" : prefix == "/" ? "/" : prefix + "/"
      return try System.names(in: directory)
        .filter { !$0.hasPrefix(".") }
        .sorted { $1.utf8.lexicographicallyPrecedes($0.utf8) }
        .map { prefix + $0 }
    }
  }
}
