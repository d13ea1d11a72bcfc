/// Why something could not be read or written, with the path as it was given.
package enum FileError: Error, Hashable, Sendable {
  case notFound(String)
  /// It exists, and the system gives this reason.
  case unreadable(String, reason: String)
  case tooLarge(String, limit: Int)
  /// A line of a stream is longer than any request can be.
  case lineTooLong(String, line: Int, limit: Int)
  /// A file of compiled tables where policy text is needed.
  case compiled(String)
  /// A directory without any policy file: an empty run is not a green run.
  case noPolicyFiles(String)
  case notWritten(String, reason: String)
  /// A `REV:path`, and why git does not give it.
  case revision(String, reason: String)

  /// One phrase in lower case, the path in backquotes.
  package var message: String {
    switch self {
    case .notFound(let path): "there is no file or directory `\(path)`"
    case .unreadable(let path, let reason): "cannot read `\(path)`: \(reason)"
    case .tooLarge(let path, let limit): "`\(path)` has more than \(limit) bytes"
    case .lineTooLong(let path, let line, let limit):
      "line \(line) of `\(path)` has more than \(limit) bytes"
    case .compiled(let path): "`\(path)` is compiled"
    case .noPolicyFiles(let path): "there are no .pol files below `\(path)`"
    case .notWritten(let path, let reason): "cannot write `\(path)`: \(reason)"
    case .revision(let text, let reason): "cannot read `\(text)`: \(reason)"
    }
  }
}
