import PolicyAnalysis
import PolicyEngine
import PolicyModel
import PolicyReport
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
            : "it does not begin with `\(LockText.header)`",
          at: SourceSpan(file: FileID(0), lower: 0, upper: UInt32(file.lineBytes(0).count))
        )
      )
    }
    let loaded = load(sources)
    if let error = loaded.diagnostics.first(where: { $0.severity == .error }) {
      return .failure(Unreadable(error.message, at: error.primary.span))
    }
    let set = loaded.value
    var text = LockText(set)
    for index in set.policies.indices where set.policies[index].isBuiltIn {
      let written = set.policies[index].heading.annotation("digest")?.arguments.first ?? ""
      guard written.utf8.elementsEqual(text.digest(index).utf8) else {
        let name = set.policies[index].heading.name
        return .failure(
          Unreadable(
            "the digest of built-in policy `\(name)` does not fit its rules",
            at: set.policies[index].heading.nameSpan
          )
        )
      }
    }
    return .success(set)
  }

  /// The lock by itself, in which places of it are.
  var sources: SourceMap { SourceMap([file]) }

  struct Unreadable: Error {
    let reason: String
    /// In the lock.
    let span: SourceSpan

    init(_ reason: String, at span: SourceSpan) {
      self.reason = reason
      self.span = span
    }
  }
}

/// How a policy set that checks has moved from the `access.lock` beside it, where there is one; or what
/// is wrong with the lock, which is told of the lock.
func lockFindings(
  _ set: PolicySet,
  beside paths: [String],
  _ console: Console
) throws(Failure) -> (ofSet: [Diagnostic], ofLock: FindingsReport.Part?) {
  guard let path = LockFile.path(beside: paths), let lock = try LockFile(at: path) else {
    return ([], nil)
  }
  return try console.work("comparing with \(path)") { () throws(Failure) in
    switch lock.contents() {
    case .failure(let problem):
      let finding = LockFindings.unreadable(problem.reason, at: problem.span)
      return ([], FindingsReport.Part([finding], in: lock.sources))
    case .success(let locked):
      var drift = LockDrift(compare(locked, set))
      return (drift.findings(), nil)
    }
  }
}
