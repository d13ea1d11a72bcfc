import PolicyWorkspace

extension LargeSet {
  /// How many revisions the history has.
  static let revisions = 20

  /// A git repository in which each commit adds a role, anew.
  func writeHistory(to folder: String) throws(FileError) {
    _ = ProgramRun(["rm", "-rf", folder])
    try System.makeDirectory(folder)
    _ = ProgramRun(["git", "init", "--quiet", folder])
    let texts = texts
    var added = ""
    for revision in 0..<Self.revisions {
      added += "role role-new-\(revision) { allow service-1.get-1 }\n"
      for (name, text) in texts {
        let text = name == "roles" ? text + added : text
        try FileContents.write(Array(text.utf8), to: "\(folder)/\(name).pol")
      }
      for words in [["add", "."], ["commit", "--quiet", "--message", "role-new-\(revision)"]] {
        let author = ["-c", "user.name=bench", "-c", "user.email=bench@example.com"]
        _ = ProgramRun(["git", "-C", folder] + author + words)
      }
    }
  }
}
