import PolicyBenchmark
import PolicyChecker
import PolicyCompiler
import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax

/// Parsing, checking, compiling and loading sets of 1,000 roles × 1,000 actions, with 2,000, 20,000
/// and 100,000 rules.
func measureCompiling() {
  print("Text to tables, 1,000 actions, the best of three rounds; memory is the most so far.")
  print("  roles    rules  parse (s)  check (s)  compile (s)  load (ms)  table KB  memory MB")
  var times: [(rules: Int, seconds: Double)] = []
  for (roles, rules) in [(100, 2000), (1000, 20_000), (1000, 100_000)] {
    let map = SourceMap([
      SourceFile(path: "catalogue.pol", text: SyntheticSet.catalogue(actions: 1000)),
      SourceFile(
        path: "roles.pol",
        text: SyntheticSet.roles(roles, rules: rules, actions: 1000)
      ),
    ])
    var trees: [SyntaxTree] = []
    let parsing = seconds { trees = map.ids.map { parse(map[$0], as: $0).value } }
    var checked = check(trees, sources: map)
    let checking = seconds { checked = check(trees, sources: map) }
    var bytes: [UInt8] = []
    let compiling = seconds { bytes = compile(checked.value).bytes }
    var isLoaded = false
    let loading = seconds { isLoaded = (try? PolicyEngine(bytes: bytes)) != nil }
    times.append((rules, checking + compiling))
    print(
      "  " + column("\(roles)", 5) + column("\(rules)", 9) + column(decimals(parsing, 3), 11)
        + column(decimals(checking, 3), 11) + column(decimals(compiling, 3), 13)
        + column(decimals(loading * 1000), 11) + column("\(bytes.count / 1024)", 10)
        + column("\(peakMemory())", 11)
        + (checked.diagnostics.isEmpty && isLoaded ? "" : "  (did not check or load)")
    )
  }
  for (small, large) in zip(times, times.dropFirst()) {
    let growth = decimals(large.seconds / small.seconds)
    print("  \(large.rules / small.rules) times the rules take \(growth) times as long")
  }
}
