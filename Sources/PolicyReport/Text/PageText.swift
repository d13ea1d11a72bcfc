package import PolicySource

/// What `pol rule CODE` prints.
package enum PageText {
  /// One page: what is found, why, a bad and a good example, and what `check` makes of it.
  package static func text(_ page: CodePage, on terminal: Terminal) -> String {
    let code = page.code.rawValue
    var text = terminal.paint("\(page.severity.rawValue)[\(code)]", page.severity.style)
    text += terminal.paint(": \(page.finds)", .strong) + "\n\n"
    text += wrapped(page.explanation, to: 88) + "\n"
    text += "\n" + terminal.paint("Reported:", .deny) + "\n\n" + indented(page.bad)
    text += "\n" + terminal.paint("Good:", .allow) + "\n\n" + indented(page.good)
    if !page.given.isEmpty {
      text += "\n" + terminal.paint("Both beside:", .frame) + "\n\n" + indented(page.given)
    }
    if page.isConfigurable { text += "\n" + configuration(of: page) }
    return text
  }

  /// How seriously it is taken, and how to have it otherwise.
  private static func configuration(of page: CodePage) -> String {
    let code = page.code.rawValue
    let usual = page.severity.rawValue
    let other = page.isOffByDefault ? usual : "off"
    return """
      \(page.isOffByDefault ? "Off by default; on, a \(usual)." : "By default a \(usual).") \
      In pol.json, for all files:

          {"lints": {"\(code)": "\(other)"}}    off, note, warning or error

      Before a declaration, member or rule, for it alone:

          @suppress(\(code), "why it is right here")

      For one run: `pol check --only \(code)`, `pol check --skip \(code)`.

      """
  }

  /// Every code with its one-line summary, in two columns.
  package static func list(_ pages: [CodePage], on terminal: Terminal) -> String {
    let width = pages.map { $0.code.rawValue.count }.max() ?? 0
    return pages.map { page in
      let code = page.code.rawValue
      let blank = String(repeating: " ", count: width - code.count + 2)
      return terminal.paint(code, page.severity.style) + blank + page.finds + "\n"
    }.joined()
  }

  private static func indented(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    while lines.last == "" { lines.removeLast() }
    return lines.map { ($0.isEmpty ? "" : "    " + $0) + "\n" }.joined()
  }

  /// Paragraphs broken at spaces; empty lines stay.
  package static func wrapped(_ text: String, to width: Int) -> String {
    let paragraphs = text.split(separator: "\n\n", omittingEmptySubsequences: true)
    return paragraphs.map { paragraph in
      var lines: [String] = [""]
      var columns = 0
      for word in paragraph.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
        let size = DisplayWidth.columns(of: String(word))
        if columns > 0, columns + 1 + size > width {
          lines.append("")
          columns = 0
        }
        lines[lines.count - 1] += (columns > 0 ? " " : "") + word
        columns += size + (columns > 0 ? 1 : 0)
      }
      return lines.joined(separator: "\n")
    }.joined(separator: "\n\n")
  }
}
