import PolicyReport
import PolicyWorkspace

/// To which policy set a file belongs.
///
/// A directory is one policy set, and `pol check DIR` says which; an editor has to guess. The set of
/// a file is the nearest directory above it that has a `pol.json`; else the topmost one, inside the
/// workspace folder, that has `.pol` files directly in it.
enum SetRoots {
  static let settingsFile = Configuration.fileName

  /// - Parameters:
  ///   - path: An absolute path.
  ///   - folders: The directories that the client has open.
  /// - Returns: The directory of the set.
  static func root(of path: String, in folders: [String]) -> String {
    let directory = parent(path)
    let inside = folders.filter { isInside(directory, $0) }
    // The innermost of folders that lie in each other.
    guard let folder = inside.max(by: { $0.utf8.count < $1.utf8.count }) else {
      return markedAncestor(of: directory, below: nil) ?? directory
    }
    if let marked = markedAncestor(of: directory, below: folder) { return marked }
    var best = directory
    var next = directory
    while isInside(next, folder) {
      if hasPolicies(next) { best = next }
      guard next != "/" else { break }
      next = parent(next)
    }
    return best
  }

  static func isInside(_ path: String, _ folder: String) -> Bool {
    path == folder || path.utf8.starts(with: ((folder == "/" ? "" : folder) + "/").utf8)
  }

  private static func parent(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return "/" }
    return String(path[..<slash])
  }

  private static func markedAncestor(of directory: String, below folder: String?) -> String? {
    var next = directory
    while folder.map({ isInside(next, $0) }) ?? true {
      if System.exists(next + "/" + settingsFile) { return next }
      guard next != "/" else { return nil }
      next = parent(next)
    }
    return nil
  }

  private static func hasPolicies(_ directory: String) -> Bool {
    ((try? System.names(in: directory)) ?? []).contains { $0.hasSuffix(PolicyFiles.suffix) }
  }
}
