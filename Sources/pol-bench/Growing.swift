import PolicyBenchmark
import PolicySource

/// How the cost of a decision grows with the rules, on tables that do not.
func measureGrowing() {
  print(
    "Growth with the rules, 100 roles x 1,000 actions; sets in turn in every round; ns. From 100"
  )
  print("rules on the tables are the same, byte for byte; the last row has its own for each rule.")
  var plain: [(name: String, workload: Workload)] = []
  var open: [(name: String, workload: Workload)] = []
  var sizes: [Int] = []
  for (rules, isUniform) in [
    (1, true), (10, true), (100, true), (1000, true), (10_000, true), (100_000, true),
    (100_000, false),
  ] {
    let name = "\(rules)" + (isUniform ? "" : " different")
    var generated = GeneratedSet(
      roles: 100,
      actions: 1000,
      rules: rules,
      conditionalShare: 0,
      isUniform: isUniform
    )
    if let one = DecideCase(name, generated) { plain.append((name, one.workload(asAssigned: 100))) }
    generated.conditionalShare = 100
    if let one = DecideCase(name, generated) {
      open.append((name, one.workload(asAssigned: 100)))
      sizes.append(one.bytes.count / 1024)
    }
  }
  var table = TextTable([
    "rules", "file KB", "unconditional", "to 100 rules", "conditional", "to 100 rules", "by names",
    "to 100 rules",
  ])
  let columns = [
    compare(plain, .plain), compare(open, .classified), compare(plain, .oneShot),
  ]
  for row in plain.indices where columns.allSatisfy({ row < $0.count && $0.count > 2 }) {
    var cells = [plain[row].name, "\(sizes[row])"]
    for times in columns {
      cells.append(decimals(times[row].median) + (times[row].isRight ? "" : " WRONG"))
      cells.append(decimals(times[row].median / times[2].median, 2))
    }
    table.add(cells)
  }
  print(table.text)
}

/// What two threads do.
func measureThreading() {
  print(
    "Two threads against one on the same tables, 100 x 1,000, 10 % conditional (2 is the most):"
  )
  let generated = GeneratedSet(roles: 100, actions: 1000, rules: 2000, conditionalShare: 10)
  guard let one = DecideCase("100 x 1000", generated) else { return }
  var table = TextTable(["", "two threads / one"])
  for scaling in measureThreads(one.workload()) {
    table.add([scaling.name, decimals(scaling.ratio, 2)])
  }
  print(table.text)
}

/// What it costs to classify a value, by kind of attribute.
func measureClassifying() {
  print("Setting one attribute of a request, its handle resolved, from the value a caller has; ns.")
  var table = TextTable(["kind", "constants", "median", "p99"])
  for kind in Classifying.all {
    let sources = SourceMap([SourceFile(path: "kind.pol", text: kind.text)])
    guard let one = DecideCase(kind.name, sources) else { continue }
    do {
      let timing = try kind.measure(one.engine)
      table.add([
        kind.name, "\(kind.constants)", decimals(timing.median),
        decimals(timing.p99) + (timing.isRight ? "" : " WRONG"),
      ])
    } catch {
      print("  \(kind.name): \(error)")
    }
  }
  print(table.text)
}
