/// The Swift that a Markdown text shows, made into a function that a compiler can look at.
struct Snippets {
  /// Blocks between ```` ```swift ```` and ```` ``` ````, in order.
  let blocks: [[Substring]]

  init(_ markdown: String) {
    var blocks: [[Substring]] = []
    var block: [Substring]?
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      switch (line, block) {
      case ("```swift", nil): block = []
      case ("```", let lines?):
        blocks.append(lines)
        block = nil
      default: block?.append(line)
      }
    }
    self.blocks = blocks
  }

  /// The modules that blocks import, in order.
  var imports: [String] {
    Set(blocks.joined().filter { $0.hasPrefix("import ") }).sorted().map(String.init)
  }

  /// A function whose body are the blocks, each within what the ones before it declared: a later
  /// block may use names of an earlier one, and may declare them anew.
  ///
  /// `…` stands for what a reader would write.
  func function(_ name: String, given declarations: String) -> String {
    var text = "func \(name)() throws {\n\(declarations)\n"
    for block in blocks {
      text += "do {\n"
      for line in block where !line.hasPrefix("import ") {
        text += line.replacing("…", with: "") + "\n"
      }
    }
    return text + String(repeating: "}\n", count: blocks.count + 1)
  }
}
