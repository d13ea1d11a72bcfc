import PolicyAnalysis
import PolicyChecker
import PolicyLint
import PolicyReport
import PolicySource
import PolicySyntax
import PolicyWorkspace

/// What the `pol.json` of a policy set says, and what is wrong with it.
struct SetSettings: Sendable {
  let lints: LintConfiguration
  /// The file, if there is one.
  let source: SourceFile?
  let findings: [Diagnostic]

  /// The codes that the file may speak of are those of these pages.
  private static let pages = syntaxPages + checkerPages + analysisPages + lintPages

  /// The pages of what `@suppress` can silence.
  static let suppressible = pages.filter { $0.severity != .error }

  /// - Parameter root: The directory of the set; what is none has no settings.
  init(root: String) {
    guard root.hasPrefix("/"),
      let path = ConfigurationFile.find(Configuration.fileName, beside: [root]).first,
      let bytes = try? FileContents.readText(path, limit: 1 << 20)
    else {
      lints = LintConfiguration()
      source = nil
      findings = []
      return
    }
    let file = SourceFile(path: path, bytes: bytes)
    let read = Configuration.read(file, pages: Self.pages)
    lints = LintConfiguration(
      levels: read.value.levels.compactMapValues { LintLevel(rawValue: $0.rawValue) }
    )
    source = file
    findings = read.diagnostics
  }
}
