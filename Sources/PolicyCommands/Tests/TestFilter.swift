import PolicyModel
import PolicySource

/// Which tests to run, by their titles.
struct TestFilter {
  let text: String
  private let pattern: [Unicode.Scalar]

  /// A text that titles have in them; with `*` for any characters and `?` for one, the whole title.
  init(_ text: String) {
    self.text = text
    let isPattern = text.unicodeScalars.contains { $0 == "*" || $0 == "?" }
    pattern = Array((isPattern ? text : "*\(text)*").unicodeScalars)
  }

  /// - Complexity: O(length of the pattern × length of the title).
  func includes(_ title: String) -> Bool {
    let title = Array(title.unicodeScalars)
    var position = 0
    var index = 0
    /// Behind the last star, and what the title had matched when it was met.
    var retry: (index: Int, position: Int)?
    while position < title.count {
      if index < pattern.count, pattern[index] == "*" {
        index += 1
        retry = (index, position)
      } else if index < pattern.count, pattern[index] == "?" || pattern[index] == title[position] {
        index += 1
        position += 1
      } else if let last = retry {
        // The last star takes one character more.
        retry = (last.index, last.position + 1)
        index = last.index
        position = last.position + 1
      } else {
        return false
      }
    }
    return pattern[index...].allSatisfy { $0 == "*" }
  }

  /// Why nothing was run.
  func failure(among tests: [TestCase]) -> Failure {
    let titles = tests.map(\.title)
    let words = titles.flatMap { title in
      title.split { !$0.isLetter && !$0.isNumber && $0 != "-" && $0 != "_" }.map(String.init)
    }
    let nearest = Suggestion.nearest(to: text, among: titles + words)
    let example = titles.first.map { "a title is such as `\($0)`" } ?? "there are no tests"
    return Failure(
      "no test has `\(text)` in its title",
      help: Suggestion.question(nearest) ?? example
    )
  }
}
