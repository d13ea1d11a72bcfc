/// A pattern of `like`: literal bytes and stars, each star any run of bytes, also none.
public struct LikePattern: Hashable, Sendable {
  /// The literal runs between the stars; one more than there are stars.
  public let runs: [[UInt8]]

  /// A pattern of literal runs with a star between each two.
  ///
  /// - Parameter runs: At least one run; runs may be empty.
  public init(runs: [[UInt8]]) {
    precondition(!runs.isEmpty, "a pattern has at least one run")
    self.runs = runs
  }

  /// Whether the pattern matches the whole text, byte by byte.
  ///
  /// - Complexity: O(pattern × text) at worst; O(text) for patterns with one star.
  public func matches(_ text: String) -> Bool {
    matches(Array(text.utf8)[...])
  }

  func matches(_ text: ArraySlice<UInt8>) -> Bool {
    let first = runs[0]
    guard runs.count > 1 else { return text.elementsEqual(first) }
    let last = runs[runs.count - 1]
    guard text.count >= first.count + last.count, text.starts(with: first),
      text.suffix(last.count).elementsEqual(last)
    else { return false }
    // Between the ends, the leftmost place of each run leaves the most room for the rest.
    var rest = text.dropFirst(first.count).dropLast(last.count)
    for run in runs[1..<(runs.count - 1)] where !run.isEmpty {
      guard let place = LikePattern.firstPlace(of: run, in: rest) else { return false }
      rest = rest[(place + run.count)...]
    }
    return true
  }

  private static func firstPlace(of run: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
    guard text.count >= run.count else { return nil }
    return (text.startIndex...(text.endIndex - run.count))
      .first { text[$0..<($0 + run.count)].elementsEqual(run) }
  }
}
