/// The roles that pieces of a report play; each has a look on a terminal.
package enum Style: Sendable {
  case error, warning, note, help
  case strong
  /// Line numbers, frames and other scaffolding.
  case frame
  case allow, deny

  /// The parameters of the ANSI sequence that selects graphic rendition (ECMA-48, SGR).
  fileprivate var parameters: String {
    switch self {
    case .error, .deny: "1;31"
    case .warning: "1;33"
    case .note: "1;36"
    case .help: "1;36"
    case .allow: "1;32"
    case .strong: "1"
    case .frame: "34"
    }
  }
}

/// Where a report is going: somewhere with colours, or plain text.
package struct Terminal: Sendable {
  package let hasColor: Bool

  package init(hasColor: Bool) {
    self.hasColor = hasColor
  }

  package static let plain = Terminal(hasColor: false)

  /// The text in the look of its role; unchanged where there are no colours.
  package func paint(_ text: String, _ style: Style) -> String {
    hasColor && !text.isEmpty ? "\u{1B}[\(style.parameters)m\(text)\u{1B}[0m" : text
  }
}
