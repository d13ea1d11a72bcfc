/// `Grammar/diagrams.html`: every production as a railroad diagram, with nothing to load.
enum Page {
  static func text(_ grammar: Grammar, source: String) -> String {
    let contents = grammar.order.map { "<a href=\"#\($0)\">\($0)</a>" }.joined(separator: "\n")
    let sections = grammar.order.map { name in section(name, of: grammar, source: source) }
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>The grammar of Pol</title>
      <!-- Made from pol.ebnf by Tests/GrammarTests; UPDATE_FIXTURES=1 makes it anew. -->
      <style>
      :root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --word: #dcefdc; --name: #dfe8f7; }
      @media (prefers-color-scheme: dark) {
        :root { --ink: #e6e6e6; --paper: #16181c; --word: #24452a; --name: #25395c; }
      }
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem; color: var(--ink); background: var(--paper); }
      nav { columns: 12rem; font-family: ui-monospace, monospace; font-size: 13px; }
      nav a { display: block; }
      a { color: inherit; }
      h2 { font: 600 17px ui-monospace, monospace; margin: 2.5rem 0 .5rem; }
      pre { font-size: 13px; white-space: pre-wrap; opacity: .75; }
      figure { margin: 0; overflow-x: auto; }
      svg path { fill: none; stroke: var(--ink); stroke-width: 1.5; }
      svg rect { stroke: var(--ink); }
      svg .word { fill: var(--word); }
      svg .name { fill: var(--name); }
      svg text { font: 13px ui-monospace, monospace; text-anchor: middle; fill: var(--ink); }
      svg a:hover rect, svg a:focus rect { stroke-width: 2.5; }
      @media print { h2 { break-after: avoid; } figure { break-inside: avoid; } }
      </style>
      </head>
      <body>
      <h1>The grammar of Pol</h1>
      <p>Read along the rails from left to right. Rounded boxes stand in the text as they are; square
      ones are productions, and <code>name</code>, <code>string</code>, <code>integer</code> and
      <code>glob</code> are described at the top of <a href="pol.ebnf">pol.ebnf</a>, from which this
      page is made.</p>
      <nav>
      \(contents)
      </nav>
      \(sections.joined(separator: "\n"))
      </body>
      </html>

      """
  }

  private static func section(_ name: String, of grammar: Grammar, source: String) -> String {
    guard let expression = grammar.productions[name] else { return "" }
    let diagram = Railroad(expression, of: grammar, isOutermost: true)
    let width = diagram.width + 48
    let height = diagram.up + diagram.down + 16
    let y = diagram.up + 8
    return """
      <section id="\(name)">
      <h2>\(name)</h2>
      <figure>
      <svg width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)" role="img" \
      aria-label="Railroad diagram of \(name)">
      <path d="M4 \(y - 8)v16M4 \(y)h20"/>
      \(diagram.draw(24, y))
      <path d="M\(24 + diagram.width) \(y + diagram.drop)h20v-8v16"/>
      </svg>
      </figure>
      <pre>\(escape(production(name, in: source)))</pre>
      </section>
      """
  }

  /// A production as it stands in the grammar, with single spaces.
  private static func production(_ name: String, in source: String) -> String {
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    guard
      let first = lines.firstIndex(where: {
        let words = $0.split(separator: " ")
        return words.count > 1 && words[0] == name && words[1] == "::="
      })
    else { return "" }
    let rest = lines[(first + 1)...].prefix { $0.first == " " }
    return ([lines[first]] + rest).map { line in
      line.prefix { $0 != "/" || line.first == " " }.split(separator: " ").joined(separator: " ")
    }.joined(separator: "\n")
  }

  static func escape(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
