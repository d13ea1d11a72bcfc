package import PolicySource

/// One lint: its page, what it needs, and the function that finds what it is about.
package struct Lint: Sendable {
  /// What has to be right before a lint can say something true.
  package enum Needs: Sendable {
    /// The tree alone: it also runs beside errors, and is silent about declarations that have some.
    case tree
    /// A policy set that checks.
    case checkedSet
  }

  package let page: CodePage
  package let needs: Needs
  /// All that it finds, in any order; the severities are set afterwards.
  package let find: @Sendable (LintContext) -> [Diagnostic]

  package init(
    _ page: CodePage,
    needs: Needs,
    find: @escaping @Sendable (LintContext) -> [Diagnostic]
  ) {
    self.page = page
    self.needs = needs
    self.find = find
  }

  package var code: DiagnosticCode { page.code }
}
