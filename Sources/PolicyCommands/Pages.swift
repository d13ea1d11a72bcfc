import PolicyAnalysis
import PolicyChecker
import PolicyExport
import PolicyImport
import PolicyLint
import PolicyReport
package import PolicySource
import PolicySyntax

/// The pages of every code, in the order of `DiagnosticCode`.
package let allPages: [CodePage] = {
  let pages =
    syntaxPages + checkerPages + analysisPages + exportPages + configurationPages
    + LockFindings.pages + differencePages + [MutantSurvived.page] + importPages + lintPages
  return DiagnosticCode.allCases.compactMap { code in pages.first { $0.code == code } }
}()
