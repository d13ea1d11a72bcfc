import PolicySource
package import PolicyWorkspace

/// Why a command stops before it has an answer.
package struct Failure: Error, Hashable, Sendable {
  /// One phrase in lower case, without a full stop.
  package let message: String
  /// What to do about it.
  package let help: String?
  package let status: ExitStatus

  package init(_ message: String, help: String? = nil, status: ExitStatus = .unable) {
    self.message = message
    self.help = help
    self.status = status
  }

  package init(_ error: FileError) {
    var help: String?
    switch error {
    case .noPolicyFiles: help = "`pol init DIR` writes a first policy set"
    case .compiled: help = "this needs the sources: give their directory"
    default: break
    }
    self.init(error.message, help: help)
  }

  /// An unknown word, with the nearest of those that would do.
  static func unknown(_ what: String, _ word: String, among known: [String]) -> Failure {
    Failure(
      "there is no \(what) `\(word)`",
      help: Suggestion.question(Suggestion.nearest(to: word, among: known))
        ?? "it is one of " + known.joined(separator: ", ")
    )
  }
}

/// Does something with files; what goes wrong ends the command.
func files<Value>(_ body: () throws(FileError) -> Value) throws(Failure) -> Value {
  do throws(FileError) { return try body() } catch { throw Failure(error) }
}
