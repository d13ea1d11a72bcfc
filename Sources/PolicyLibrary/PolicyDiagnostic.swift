import PolicyReport
import PolicySource

/// Something that is said about a place in policy sources.
public struct PolicyDiagnostic: Hashable, Sendable {
  /// How much it matters.
  public enum Severity: String, Hashable, Sendable {
    /// A fact beside something else.
    case note
    /// Something that is probably not meant.
    case warning
    /// Policies with it are not compiled.
    case error
  }

  /// The word for what was found, such as `unknown-action`; `pol rule CODE` explains it.
  public let code: String
  /// How much it matters.
  public let severity: Severity
  /// One phrase, with the source's own text in backquotes.
  public let message: String
  /// The path of the file.
  public let file: String
  /// From 1.
  public let line: Int
  /// Unicode scalars from the start of the line, plus 1.
  public let column: Int
  /// What to do about it.
  public let help: String?
  /// The whole of it for people, in several lines with the source, as `pol check` prints it.
  public let rendered: String

  init(_ diagnostic: Diagnostic, _ sources: SourceMap) {
    let span = diagnostic.primary.span
    let place = sources.place(span)
    code = diagnostic.code.rawValue
    severity =
      switch diagnostic.severity {
      case .note: .note
      case .warning: .warning
      case .error: .error
      }
    message = diagnostic.message
    file = sources[span.file].path
    line = place.line
    column = place.column
    help = diagnostic.help
    rendered = DiagnosticText(sources).text(diagnostic)
  }
}

extension PolicyDiagnostic: CustomStringConvertible {
  /// One line: file, line, column, severity, message and code, as compilers write it.
  public var description: String {
    "\(file):\(line):\(column): \(severity.rawValue): \(message) [\(code)]"
  }
}
