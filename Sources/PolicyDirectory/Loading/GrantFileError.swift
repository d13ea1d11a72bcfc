/// Something in a file of grants that is wrong.
public struct GrantFileProblem: Hashable, Sendable {
  /// The name of the file, as the caller gave it.
  public let file: String
  /// Where the row begins, from 1.
  public let line: Int
  /// What is wrong, as one phrase.
  public let message: String
  /// What to do about it.
  public let help: String
}

extension GrantFileProblem: CustomStringConvertible {
  /// File, line, what is wrong and what to do, in one line.
  public var description: String { "\(file):\(line): \(message); \(help)" }
}

/// Why a file of grants is not loaded; nothing of it is granted then.
public enum GrantFileError: Error, Hashable, Sendable {
  /// The system does not give the file, for this reason.
  case unreadable(path: String, reason: String)
  /// The path ends neither in `.csv` nor in `.jsonl`.
  case unknownForm(path: String)
  /// The first problems, at most one for each row and at most a hundred, in the order of the rows,
  /// and how many rows are wrong in all.
  case refused([GrantFileProblem], count: Int)
}

extension GrantFileError: CustomStringConvertible {
  /// One phrase, or a line for each problem.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason): return "\(path) cannot be read: \(reason)"
    case .unknownForm(let path):
      return "\(path) ends neither in `.csv` nor in `.jsonl`; name it for what is in it"
    case .refused(let problems, let count):
      var lines = problems.map(\.description)
      if count > problems.count { lines.append("and \(count - problems.count) more") }
      return lines.joined(separator: "\n")
    }
  }
}

/// What is wrong with a row, before it is known where that is.
struct RowProblem: Error {
  let message: String
  let help: String

  init(_ message: String, _ help: String) {
    self.message = message
    self.help = help
  }
}
