import PolicySource

extension FindingsReport {
  /// A comment on a pull request cannot be longer than 65,536 characters at GitHub.
  private static let longestComment = 60_000

  /// A comment for a pull request: what was found, a table of findings, and their frames folded away.
  var markdown: String {
    var text = "### pol \(command): \(isGood ? "passed" : "failed")\n\n\(summary)\n"
    for remark in remarks { text += "\n\(MarkdownText.escaped(remark))\n" }
    text += casesTable
    var rows: [(row: String, frame: String)] = []
    for part in parts {
      let renderer = DiagnosticText(part.sources)
      for diagnostic in part.diagnostics {
        rows.append((Self.row(diagnostic, in: part.sources), renderer.text(diagnostic)))
      }
    }
    let details = details.map { Self.folded($0.title, $0.text) } ?? ""
    guard !rows.isEmpty else { return text + details }
    text += "\n| severity | place | finding |\n|---|---|---|\n"
    var length = text.count
    let shown = rows.prefix { row in
      length += row.row.count + row.frame.count + 1
      return length < Self.longestComment
    }
    text += shown.map(\.row).joined()
    if shown.count < rows.count {
      text += "\nAnd \(Tally.grouped(rows.count - shown.count)) more.\n"
    }
    let frames = shown.map(\.frame).joined(separator: "\n")
    return text + Self.folded("Where and why", frames) + details
  }

  private var isGood: Bool {
    !cases.contains { $0.outcome == .failed }
      && !parts.contains { $0.diagnostics.contains { $0.severity >= failing } }
  }

  private static func row(_ diagnostic: Diagnostic, in sources: SourceMap) -> String {
    let place = MarkdownText.code(sources.description(diagnostic.primary.span))
    let code = diagnostic.code.rawValue
    let message = MarkdownText.escaped(diagnostic.message)
    return "| \(diagnostic.severity.rawValue) | \(place) | **\(code)**: \(message) |\n"
  }

  /// The cases that did not pass, and how many there are.
  private var casesTable: String {
    guard !cases.isEmpty else { return "" }
    let failed = cases.filter { $0.outcome == .failed }
    let all = Tally.count(cases.count, "case")
    var text = "\n\(all), \(Tally.grouped(failed.count)) failed.\n"
    guard !failed.isEmpty else { return text }
    text += "\n| failed | place | why |\n|---|---|---|\n"
    for item in failed.prefix(100) {
      let place = MarkdownText.code("\(item.file):\(item.line)")
      let name = MarkdownText.escaped(item.name)
      text += "| \(name) | \(place) | \(MarkdownText.escaped(item.message ?? "")) |\n"
    }
    if failed.count > 100 { text += "\nAnd \(Tally.grouped(failed.count - 100)) more.\n" }
    return text
  }

  /// A block that opens on a click, its text as it is.
  private static func folded(_ title: String, _ body: String) -> String {
    guard !body.isEmpty else { return "" }
    let fence = MarkdownText.fence(around: body)
    let end = body.hasSuffix("\n") ? "" : "\n"
    return
      "\n<details><summary>\(title)</summary>\n\n\(fence)text\n\(body)\(end)\(fence)\n\n</details>\n"
  }
}

/// Text inside Markdown (CommonMark 0.31 with tables).
enum MarkdownText {
  /// Running text in which nothing is markup but code between backquotes, one line.
  static func escaped(_ text: String) -> String {
    // Pieces between backquotes are code; an odd one out is no code.
    let pieces = VisibleText.of(text).split(separator: "`", omittingEmptySubsequences: false)
    guard pieces.count % 2 == 1 else { return plain(VisibleText.of(text)) }
    return pieces.enumerated().map { $0.isMultiple(of: 2) ? plain(String($1)) : code(String($1)) }
      .joined()
  }

  /// Text as code, also inside a table.
  static func code(_ text: String) -> String {
    let shown = VisibleText.of(text).replacing("|", with: "\\|")
    guard !shown.isEmpty else { return "``" }
    let fence = String(repeating: "`", count: longestRun(in: shown) + 1)
    let space = shown.hasPrefix("`") || shown.hasSuffix("`") ? " " : ""
    return fence + space + shown + space + fence
  }

  /// A fence that the text cannot close.
  static func fence(around text: String) -> String {
    String(repeating: "`", count: max(3, longestRun(in: text) + 1))
  }

  private static func plain(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if #"\`*_{}[]<>()#+-!|~@&"#.unicodeScalars.contains(scalar) { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result
  }

  private static func longestRun(in text: String) -> Int {
    var longest = 0
    var run = 0
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}
