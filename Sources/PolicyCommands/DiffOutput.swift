import PolicyFormatter
import PolicyReport
import PolicySource

extension Console {
  /// Shows a change of a file: as `patch` takes it, or made visible where somebody looks.
  func showDiff(_ edits: [Edit], of source: SourceFile, color: ColorChoice) {
    let isSeen = isTerminal(.output)
    let terminal = terminal(color)
    for line in UnifiedDiff.lines(of: edits, to: source) {
      guard isSeen || terminal.hasColor else {
        write(line.bytes + [UInt8(ascii: "\n")])
        continue
      }
      let text = VisibleText.of(String(decoding: line.bytes, as: UTF8.self))
      write(line.style.map { terminal.paint(text, $0) } ?? text)
      write("\n")
    }
  }
}

extension UnifiedDiff.Line {
  fileprivate var style: Style? {
    switch kind {
    case .heading: .frame
    case .context: nil
    case .removed: .deny
    case .added: .allow
    }
  }
}
