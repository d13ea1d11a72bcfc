import PolicyModel
import PolicyReport
import PolicySource
import PolicyWorkspace

/// The policy set that an argument names, which has to check: a directory, a file, or what either
/// was in a git revision, `REV:path`.
func policySet(
  named argument: String,
  _ arguments: Arguments,
  _ console: Console
) throws(Failure) -> PolicySet {
  let checked = try check(try sources(named: argument), console)
  try refuseErrors(checked.diagnostics, in: checked.value.sources, arguments, console)
  return checked.value
}

/// The sources that an argument names.
///
/// What exists is what is meant, also where its name has a colon in it.
func sources(named argument: String) throws(Failure) -> SourceMap {
  try files { () throws(FileError) in
    if !System.exists(argument), let revision = GitRevision(argument) {
      return try revision.sources()
    }
    return try read([argument])
  }
}
