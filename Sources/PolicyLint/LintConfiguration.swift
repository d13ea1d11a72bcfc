package import PolicySource

/// How seriously a finding is taken.
package enum LintLevel: String, CaseIterable, Sendable {
  case off, note, warning, error

  package init(_ severity: Severity) {
    switch severity {
    case .note: self = .note
    case .warning: self = .warning
    case .error: self = .error
    }
  }

  /// The severity of what is reported; nil where nothing is.
  package var severity: Severity? {
    switch self {
    case .off: nil
    case .note: .note
    case .warning: .warning
    case .error: .error
    }
  }
}

/// Which lints run, and how seriously each is taken.
///
/// Levels apply to everything whose page has another severity than error: to lints, and to warnings
/// and notes of the earlier stages. An error cannot be configured.
package struct LintConfiguration: Sendable {
  /// What `pol.json` says.
  package var levels: [DiagnosticCode: LintLevel]
  /// Only these run, also those that are off by default; nil for all.
  package var only: Set<DiagnosticCode>?
  package var skip: Set<DiagnosticCode>

  package init(
    levels: [DiagnosticCode: LintLevel] = [:],
    only: Set<DiagnosticCode>? = nil,
    skip: Set<DiagnosticCode> = []
  ) {
    self.levels = levels
    self.only = only
    self.skip = skip
  }

  /// The level of a lint.
  package func level(of page: CodePage) -> LintLevel {
    guard !skip.contains(page.code), only?.contains(page.code) ?? true else { return .off }
    if let level = levels[page.code] { return level }
    return page.isOffByDefault && only == nil ? .off : LintLevel(page.severity)
  }

  /// The level of a finding of an earlier stage; errors stay errors.
  func level(of finding: Diagnostic) -> LintLevel {
    guard finding.severity != .error else { return .error }
    guard !skip.contains(finding.code), only?.contains(finding.code) ?? true else { return .off }
    return levels[finding.code] ?? LintLevel(finding.severity)
  }
}
