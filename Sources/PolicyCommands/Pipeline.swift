import PolicyModel
import PolicyReport
import PolicySource
import PolicyWorkspace

/// The policy set of some paths as far as it checks; of the current directory where none is given.
func sourceSet(at paths: [String]) throws(Failure) -> Staged<PolicySet> {
  let sources = try files { () throws(FileError) in try read(paths.isEmpty ? ["."] : paths) }
  return load(sources)
}

/// The policy set of some paths, which has to check; what is wrong with it goes to standard error.
func checkedSet(
  at paths: [String],
  _ arguments: Arguments,
  _ console: Console
) throws(Failure) -> PolicySet {
  let staged = try sourceSet(at: paths)
  guard staged.diagnostics.hasErrors else { return staged.value }
  let sources = staged.value.sources
  let errors = staged.diagnostics.filter { $0.severity == .error }
  let renderer = DiagnosticText(sources, on: console.terminal(arguments.color, for: .error))
  for error in errors { console.write(renderer.text(error) + "\n", to: .error) }
  throw Failure(
    "the policy set does not check: "
      + Tally(errors, files: sources.files.count).summary,
    status: .unchecked
  )
}

/// What running a policy set finds: assertions that do not hold.
func findings(in set: PolicySet) -> [Diagnostic] {
  []
}
