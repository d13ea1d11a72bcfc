/// Finds the file with the settings of a policy set.
package enum ConfigurationFile {
  /// The files of one name beside the given paths: in a directory itself, and in that of a file.
  ///
  /// Each file once, in the order of the paths.
  package static func find(_ name: String, beside paths: [String]) -> [String] {
    var seen: Set<System.Status.Identity> = []
    return paths.compactMap { path in
      let directory = System.isDirectory(path) ? path : directory(of: path)
      let candidate = joined(directory, name)
      guard let status = System.status(of: candidate), status.kind == .file,
        seen.insert(status.identity).inserted
      else { return nil }
      return candidate
    }
  }

  /// The directory that a path is in, as it is written; empty for the current one.
  package static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// A path from a directory; one that begins at the root stays as it is.
  package static func joined(_ directory: String, _ path: String) -> String {
    if directory.isEmpty || directory == "." || path.hasPrefix("/") { return path }
    return directory.hasSuffix("/") ? directory + path : directory + "/" + path
  }
}
