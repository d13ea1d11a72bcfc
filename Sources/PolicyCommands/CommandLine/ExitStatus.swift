/// How a command ended, the same everywhere.
package enum ExitStatus: Int32, CaseIterable, Sendable {
  /// As hoped: allowed, clean, equal.
  case success = 0
  /// The answer is no: denied, findings, failed tests.
  case negative = 1
  /// The command could not do its work.
  case unable = 2
  /// The input does not check, so there is no answer.
  case unchecked = 3
  /// A fault of the program.
  case fault = 70
}
