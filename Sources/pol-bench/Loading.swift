import PolicyBenchmark
import PolicyEngine

/// The size of tables for many roles, actions and principals, and how long it takes to load them.
func measureLoading() {
  let rules = 20_000
  print("1,000 roles x 20,000 actions x 100,000 users, \(rules) rules; best of three.")
  var table = TextTable(["rules", "file MB", "load ms", "prepare a subject us"])
  var byPattern = LargeSet(roles: 1000, actions: 20_000, rules: rules)
  byPattern.principals = 100_000
  if let bytes = byPattern.compiled(), let engine = try? PolicyEngine(bytes: bytes) {
    addRow("by groups and patterns, half of them conditional", bytes, engine, to: &table)
  }
  for share in [0, 10] {
    var generated = GeneratedSet(
      roles: 1000,
      actions: 20_000,
      rules: rules,
      conditionalShare: share
    )
    generated.users = 99_000
    guard let one = DecideCase("\(share) %", generated) else { continue }
    let words = "of 1,000 actions that lie apart, \(share) % conditional"
    addRow(words, one.bytes, one.engine, to: &table)
  }
  print(table.text)
}

private func addRow(
  _ words: String,
  _ bytes: [UInt8],
  _ engine: PolicyEngine,
  to table: inout TextTable
) {
  let principals = Workload.declaredPrincipals(of: engine, limit: 1000)
  let loading = seconds { blackHole(PolicyEngine.loaded(bytes)) }
  let preparing = seconds {
    for principal in principals {
      blackHole(engine.subject(principal).memory.wordCount)
    }
  }
  table.add([
    words, decimals(Double(bytes.count) / 1e6), decimals(loading * 1e3, 2),
    decimals(preparing * 1e6 / Double(max(1, principals.count)), 2),
  ])
}

extension PolicyEngine {
  /// How many bytes were loaded.
  fileprivate static func loaded(_ bytes: [UInt8]) -> Int {
    (try? PolicyEngine(bytes: bytes))?.byteCount ?? 0
  }
}

/// Takes a value, so that the work for it cannot be left out.
@inline(never) @_optimize(none) private func blackHole(_ value: Int) {}

/// What it costs to look for an exchange of the policies before each decision.
func measureReloading() {
  print("Looking for an exchange before each decision, 100 x 1,000, 10 % conditional; ns:")
  let generated = GeneratedSet(roles: 100, actions: 1000, rules: 2000, conditionalShare: 10)
  guard let one = DecideCase("100 x 1000", generated) else { return }
  var table = TextTable(["", "median", "p99"])
  for timing in measureReader(one.workload()) {
    table.add([
      timing.name, decimals(timing.median, 2),
      decimals(timing.p99, 2) + (timing.isRight ? "" : " WRONG"),
    ])
  }
  print(table.text)
}
