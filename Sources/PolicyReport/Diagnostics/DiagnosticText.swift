package import PolicySource

/// Diagnostics as people read them: a headline, frames of source, then notes and help.
package struct DiagnosticText: Sendable {
  private let sources: SourceMap
  private let terminal: Terminal

  package init(_ sources: SourceMap, on terminal: Terminal = .plain) {
    self.sources = sources
    self.terminal = terminal
  }

  /// Diagnostics in the order given, a blank line between them.
  package func text(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.map(text).joined(separator: "\n")
  }

  /// One diagnostic; the last line is ended too.
  package func text(_ diagnostic: Diagnostic) -> String {
    let style = diagnostic.severity.style
    let frames = frames(of: diagnostic)
    let gutter = String(frames.map(\.lastLine).max() ?? 1).count
    var text = terminal.paint("\(diagnostic.severity.rawValue)[\(diagnostic.code.rawValue)]", style)
    text += terminal.paint(": " + VisibleText.of(diagnostic.message), .strong) + "\n"
    text += self.text(frames, gutter: gutter, style: style)
    text += notes(diagnostic.notes, gutter: gutter)
    if let help = diagnostic.help ?? diagnostic.fixes.first?.title {
      text += remark("help", help, .help, gutter: gutter)
    }
    return text
  }

  /// Frames of some places, and notes, without a headline: for other reports than diagnostics.
  package func frame(
    _ primary: Label,
    and others: [Label] = [],
    style: Style,
    notes: [String] = []
  ) -> String {
    let frames = frames(primary: primary, secondary: others)
    let gutter = String(frames.map(\.lastLine).max() ?? 1).count
    return text(frames, gutter: gutter, style: style) + self.notes(notes, gutter: gutter)
  }

  /// Notes as below a frame with line numbers of so many digits.
  package func notes(_ notes: [String], gutter: Int = 1) -> String {
    notes.map { remark("note", $0, .note, gutter: gutter) }.joined()
  }

  private func text(_ frames: [Frame], gutter: Int, style: Style) -> String {
    frames.enumerated().map { index, frame in
      let opening = index == 0 ? "┌─" : "├─"
      return frame.text(opening: opening, gutter: gutter, style: style, on: terminal)
    }.joined()
  }

  private func frames(of diagnostic: Diagnostic) -> [Frame] {
    frames(primary: diagnostic.primary, secondary: diagnostic.secondary)
  }

  /// The frames of all files that labels point into, the primary one's first.
  private func frames(primary: Label, secondary: [Label]) -> [Frame] {
    var labels: [FileID: [(label: Label, isPrimary: Bool)]] = [:]
    labels[primary.span.file] = [(primary, true)]
    for label in secondary { labels[label.span.file, default: []].append((label, false)) }
    let first = primary.span.file
    let files = [first] + labels.keys.filter { $0 != first }.sorted()
    return files.compactMap { file in
      guard let here = labels[file], let place = here.first?.label.span else { return nil }
      return Frame(here, at: place, of: sources[file])
    }
  }

  /// A line such as `  = help: did you mean …?`; further lines of its text are set below the first.
  private func remark(_ kind: String, _ body: String, _ style: Style, gutter: Int) -> String {
    let blank = String(repeating: " ", count: gutter)
    let indent = "\n" + blank + String(repeating: " ", count: kind.count + 4)
    let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
      .map { VisibleText.of(String($0)) }
    return blank + terminal.paint("=", .frame) + " " + terminal.paint("\(kind):", style)
      + " " + lines.joined(separator: indent) + "\n"
  }
}

extension Severity {
  var style: Style {
    switch self {
    case .error: .error
    case .warning: .warning
    case .note: .note
    }
  }
}
