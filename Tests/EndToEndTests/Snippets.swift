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

  /// A source file with the imports of the blocks, and a function whose body they are, each within what
  /// the ones before it declared: a later block may use names of an earlier one, and declare them anew.
  ///
  /// `…` stands for what a reader would write.
  func source(_ name: String, given declarations: String) -> String {
    let given = declarations.split(separator: "\n", omittingEmptySubsequences: false)
    var body = given.filter { !$0.hasPrefix("import ") }.joined(separator: "\n") + "\n"
    for block in blocks {
      body += "do {\n"
      for line in block where !line.hasPrefix("import ") {
        body += line.replacing("…", with: "") + "\n"
      }
    }
    body += String(repeating: "}\n", count: blocks.count)
    let imports = Set((given + blocks.joined()).filter { $0.hasPrefix("import ") }).sorted()
    return imports.joined(separator: "\n") + "\nfunc \(name)() throws {\n\(body)}\n"
  }
}
