/// A Markdown text with its `console` blocks, in which a line with `$` is typed and the lines after
/// it are what is seen.
struct Transcript {
  /// A command and what is said to follow it.
  struct Step {
    /// The command as it would be typed in one line.
    let command: String
    /// The lines below it.
    let expected: [String]
    /// Where those lines stand in the text.
    let lines: Range<Int>

    /// What is run; nothing for what is no `pol`.
    ///
    /// `swift run pol` is the `pol` that has been built.
    var runnable: String? {
      var words = command.split(separator: " ", omittingEmptySubsequences: true)[...]
      if words.starts(with: ["swift", "run"]) {
        words = words.dropFirst(2).drop { $0.hasPrefix("-") }
        return words.first == "pol" ? words.joined(separator: " ") : nil
      }
      return words.contains("pol") ? command : nil
    }
  }

  private let text: [String]
  let steps: [Step]

  init(_ markdown: String) {
    text = markdown.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var steps: [Step] = []
    var index = 0
    while index < text.count {
      index += 1
      guard text[index - 1] == "```console" else { continue }
      while index < text.count, text[index] != "```" {
        var command = String(text[index].dropFirst(2))
        while command.hasSuffix("\\"), index + 1 < text.count {
          index += 1
          command = String(command.dropLast()) + String(text[index].drop { $0 == " " })
        }
        let start = index + 1
        index = start
        while index < text.count, text[index] != "```", !text[index].hasPrefix("$ ") { index += 1 }
        let expected = Array(text[start..<index])
        steps.append(Step(command: command, expected: expected, lines: start..<index))
      }
    }
    self.steps = steps
  }

  /// The text with other lines below its commands, one list a step.
  func replacing(_ outputs: [[String]]) -> String {
    var lines = text
    for (step, output) in zip(steps, outputs).reversed() {
      lines.replaceSubrange(step.lines, with: output)
    }
    return lines.joined(separator: "\n")
  }
}
