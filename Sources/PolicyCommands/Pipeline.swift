import PolicyAnalysis
import PolicyCompiler
import PolicyEngine
import PolicyLint
import PolicyModel
import PolicyReport
import PolicySource
import PolicyWorkspace

/// What all stages make of the sources of one policy set.
struct Compilation: Sendable {
  let set: PolicySet
  /// The tables, unless the sources do not check.
  let compiled: CompiledSet?
}

/// All stages: sources -> trees -> policy set -> diagrams -> tables.
func pipeline(_ sources: SourceMap, _ console: Console) throws(Failure) -> Staged<Compilation> {
  let checked = try check(sources, console)  // sources -> trees -> policy set
  let set = checked.value
  guard !checked.diagnostics.hasErrors else {
    return Staged(Compilation(set: set, compiled: nil), checked.diagnostics)
  }
  let compiled = try tables(of: set, console)  // policy set -> diagrams -> tables
  return Staged(Compilation(set: set, compiled: compiled), checked.diagnostics)
}

/// Sources -> trees -> policy set.
func check(_ sources: SourceMap, _ console: Console) throws(Failure) -> Staged<PolicySet> {
  try console.work("checking \(Tally.count(sources.files.count, "file"))") {
    () throws(Failure) in load(sources)
  }
}

/// Policy set -> diagrams -> tables.
func tables(of set: PolicySet, _ console: Console) throws(Failure) -> CompiledSet {
  try console.work("compiling \(Tally.count(set.rules.count, "rule"))") {
    () throws(Failure) in compile(set)
  }
}

/// What breaks the assertions of a policy set, and what could not be proved.
func judgement(of set: PolicySet, _ console: Console) throws(Failure) -> AssertionRun {
  try console.work("proving \(Tally.count(set.assertions.count, "assertion"))") {
    () throws(Failure) in judgeAssertions(of: set)
  }
}

/// All that is to be said about sources: what parsing and checking report, the assertions that do
/// not hold, how access moved from the lock beside some paths, and the lints, in source order; what is
/// said about that lock; and the policy set, which has a meaning if it checks.
func findings(
  in sources: SourceMap,
  configuration: LintConfiguration,
  beside lockPaths: [String]? = nil,
  _ console: Console
) throws(Failure) -> (
  set: PolicySet, isChecked: Bool, diagnostics: [Diagnostic], ofLock: FindingsReport.Part?
) {
  let loaded = try console.work("checking \(Tally.count(sources.files.count, "file"))") {
    () throws(Failure) in loadWithTrees(sources)
  }
  let isChecked = !loaded.checked.diagnostics.hasErrors
  let set = loaded.checked.value
  let context = LintContext(trees: loaded.trees, set: set, isChecked: isChecked)
  var diagnostics = loaded.checked.diagnostics
  if isChecked, !set.assertions.isEmpty {
    diagnostics += try console.work(
      "proving \(Tally.count(set.assertions.count, "assertion"))"
    ) { () throws(Failure) in judgeAssertions(of: set, by: &context.prover).diagnostics }
  }
  var ofLock: FindingsReport.Part?
  if isChecked, let lockPaths {
    let found = try lockFindings(set, beside: lockPaths, console)
    diagnostics += found.ofSet
    ofLock = found.ofLock
  }
  diagnostics = try console.work("linting \(Tally.count(set.rules.count, "rule"))") {
    () throws(Failure) in
    lint(context, findings: diagnostics, configuration: configuration)
  }
  return (set, isChecked, diagnostics, ofLock)
}

/// The sources at some paths; those of the current directory where none is given.
func sources(at paths: [String]) throws(Failure) -> SourceMap {
  try files { () throws(FileError) in try read(paths.isEmpty ? ["."] : paths) }
}

/// The policy set at some paths, which has to check.
func checkedSet(
  at paths: [String],
  _ arguments: Arguments,
  _ console: Console
) throws(Failure) -> PolicySet {
  let checked = try check(try sources(at: paths), console)
  try refuseErrors(checked.diagnostics, in: checked.value.sources, arguments, console)
  return checked.value
}

/// Ends a command whose policy set does not check; what is wrong with it goes to standard error.
func refuseErrors(
  _ diagnostics: [Diagnostic],
  in sources: SourceMap,
  _ arguments: Arguments,
  _ console: Console
) throws(Failure) {
  let errors = diagnostics.filter { $0.severity == .error }
  guard !errors.isEmpty else { return }
  let renderer = DiagnosticText(sources, on: console.terminal(arguments.color, for: .error))
  for error in errors { console.write(renderer.text(error) + "\n", to: .error) }
  let tally = Tally(errors, files: sources.files.count)
  throw Failure("the policy set does not check: \(tally.summary)", status: .unchecked)
}

/// The engine of tables that were just made.
func engine(of compiled: CompiledSet) throws(Failure) -> PolicyEngine {
  do throws(ArtifactError) {
    return try PolicyEngine(bytes: compiled.bytes)
  } catch {
    throw Failure("the tables do not load: \(error)", status: .fault)
  }
}
