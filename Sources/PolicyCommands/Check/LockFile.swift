import PolicyAnalysis
import PolicyEngine
import PolicyModel
import PolicySource
import PolicyWorkspace

/// The `access.lock` beside the files of a policy set.
struct LockFile {
  static let name = "access.lock"

  let path: String
  let file: SourceFile

  /// Where the lock of some paths would be: in the one directory given.
  static func path(beside paths: [String]) -> String? {
    let paths = paths.isEmpty ? ["."] : paths
    guard paths.count == 1, System.isDirectory(paths[0]) else { return nil }
    return paths[0] == "."
      ? name : paths[0].hasSuffix("/") ? paths[0] + name : "\(paths[0])/\(name)"
  }

  /// The lock at a path, where there is one.
  init?(at path: String) throws(Failure) {
    guard System.exists(path) else { return nil }
    self.path = path
    file = SourceFile(
      path: path,
      bytes: try files { () throws(FileError) in try FileContents.readText(path) }
    )
  }

  /// What the lock says, or why it cannot be compared with.
  func contents() -> Result<PolicySet, Unreadable> {
    let first = String(decoding: file.lineBytes(0), as: UTF8.self)
    guard first.utf8.elementsEqual(LockText.header.utf8) else {
      let words = LockText.header.split(separator: " ").dropLast().joined(separator: " ")
      return .failure(
        Unreadable(
          first.hasPrefix(words)
            ? "it is of another version, and begins with `\(first)`"
            : "it does not begin with `\(LockText.header)`"
        )
      )
    }
    let sources = SourceMap([file])
    let loaded = load(sources)
    if let error = loaded.diagnostics.first(where: { $0.severity == .error }) {
      let place = sources.description(error.primary.span)
      return .failure(Unreadable("\(error.message), at \(place)"))
    }
    let set = loaded.value
    var text = LockText(set)
    for index in set.policies.indices where set.policies[index].isBuiltIn {
      let written = set.policies[index].heading.annotation("digest")?.arguments.first ?? ""
      guard written.utf8.elementsEqual(text.digest(index).utf8) else {
        let name = set.policies[index].heading.name
        return .failure(
          Unreadable("the digest of built-in policy `\(name)` does not fit its rules")
        )
      }
    }
    return .success(set)
  }

  struct Unreadable: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
  }
}

/// How a policy set that checks has moved from the `access.lock` beside it, where there is one.
func lockFindings(
  _ set: PolicySet,
  beside paths: [String],
  _ console: Console
) throws(Failure) -> [Diagnostic] {
  guard let path = LockFile.path(beside: paths), let lock = try LockFile(at: path) else {
    return []
  }
  return try console.work("comparing with \(path)") { () throws(Failure) in
    switch lock.contents() {
    case .failure(let problem): return [LockFindings.unreadable(problem.reason, for: set)]
    case .success(let locked):
      var drift = LockDrift(compare(locked, set))
      return drift.findings()
    }
  }
}
