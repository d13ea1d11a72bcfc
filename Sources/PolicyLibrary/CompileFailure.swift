public import PolicyEngine

/// Why there are no compiled policies.
public enum CompileFailure: Error, Hashable, Sendable {
  /// A file cannot be read, or a directory has no policy file; the phrase names it.
  case unreadable(String)
  /// The policies do not check: everything that was found, errors and the rest, in the order of the
  /// sources, and broken assertions behind them.
  case rejected([PolicyDiagnostic])
  /// What was compiled does not load: a fault of this library, or of the host, and not of the sources.
  case refused(ArtifactError)
}

extension CompileFailure: CustomStringConvertible {
  /// For people, in several lines where there are diagnostics.
  public var description: String {
    switch self {
    case .unreadable(let phrase): phrase
    case .rejected(let diagnostics): diagnostics.map(\.rendered).joined(separator: "\n")
    case .refused(let error): error.description
    }
  }
}
