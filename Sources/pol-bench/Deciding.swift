import PolicyBenchmark
import PolicyChecker
import PolicyCompiler
import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax
import PolicyWorkspace

/// A policy set to be measured, compiled.
struct DecideCase {
  let name: String
  let set: PolicySet
  let engine: PolicyEngine
  let bytes: [UInt8]

  /// Compiles sources; nil, with a line that says so, when they do not check or load.
  init?(_ name: String, _ sources: SourceMap) {
    let checked = load(sources)
    guard !checked.diagnostics.hasErrors else {
      print("  \(name) does not check: \(checked.diagnostics.first?.message ?? "")")
      return nil
    }
    self.name = name
    set = checked.value
    bytes = compile(set).bytes
    guard let engine = try? PolicyEngine(bytes: bytes) else {
      print("  \(name) does not load")
      return nil
    }
    self.engine = engine
  }

  init?(_ name: String, _ generated: GeneratedSet) {
    self.init(name, SourceMap([SourceFile(path: "generated.pol", text: generated.text)]))
  }

  /// Random requests by everyone whom the set gives something.
  func workload(_ count: Int = 4096) -> Workload {
    Workload(engine, by: Workload.declaredPrincipals(of: engine, limit: 1000), count: count)
  }

  /// Random requests by the users of the generated roles, whether or not a role has rules.
  func workload(asAssigned roles: Int) -> Workload {
    let users = (0..<roles).map { role in
      SubjectData(kind: .user, identity: .named(GeneratedSet.user(role)), groups: [], held: [])
    }
    return Workload(engine, by: users, count: 4096)
  }

  /// The real sample: its three roles as the table has them, or with all that stands around it.
  static func emnify(withSafeguards: Bool) -> DecideCase? {
    let files = ["catalogue", "roles"] + (withSafeguards ? ["safeguards", "workspaces"] : [])
    let paths = files.map { "Samples/emnify/\($0).pol" }
    guard let sources = try? read(paths) else {
      print("  (Samples/emnify is not here: run this at the root of the repository)")
      return nil
    }
    if withSafeguards { return DecideCase("emnify whole", sources) }
    let users = ["Administrator", "Observer", "User"].map {
      "assign \($0) to user \"\($0)@example.com\"\n"
    }
    let assigned = SourceFile(path: "users.pol", text: users.joined())
    return DecideCase("emnify 3 x 67", SourceMap(sources.files + [assigned]))
  }
}

/// The cases of the main tables, smallest first.
private func cases() -> [(name: String, make: () -> DecideCase?)] {
  let shares = [0, 10, 100]
  func sized(
    _ name: String,
    _ roles: Int,
    _ actions: Int,
    _ rules: Int
  ) -> [(name: String, make: () -> DecideCase?)] {
    shares.map { share in
      let name = "\(name), \(share) %"
      return (
        name,
        {
          let generated = GeneratedSet(
            roles: roles,
            actions: actions,
            rules: rules,
            conditionalShare: share
          )
          return DecideCase(name, generated)
        }
      )
    }
  }
  return [
    ("emnify 3 x 67", { .emnify(withSafeguards: false) }),
    ("emnify whole", { .emnify(withSafeguards: true) }),
  ] + sized("100 x 1000", 100, 1000, 2000) + sized("1000 x 20000", 1000, 20_000, 20_000)
}

/// Decisions at several sizes and shares of conditional cells, beside the loop in C, the interpreter
/// and an evaluator written by hand.
///
/// - Parameter part: Only the cases whose name contains it.
func measureDeciding(_ part: String = "") {
  print(
    "Decisions in ns: medians of batches of 4,096 random requests, ways in turn in every round."
  )
  print("The share is of 100 rules that have conditions. A cold batch begins with the tables, and")
  print(
    "the subjects, \(Sweep().isByLine ? "flushed line by line" : "swept") out of every cache.\n"
  )
  var plain = TextTable([
    "unconditional cells", "C bits", "p99", "engine", "p99", "ratio", "cold C", "cold engine",
    "ratio",
  ])
  var classified = TextTable([
    "classified", "open %", "C bits", "C tables", "engine", "p99", "ratio", "cold C tables",
    "cold engine", "ratio",
  ])
  var named = TextTable([
    "by names", "C hash+read", "one-shot", "p99", "ratio", "texts", "C hash+read", "document",
    "by hand", "interpreter",
  ])
  var read = TextTable(["read by a decision", "bytes", "most", "chain", "longest"])
  var isRight = true
  for (name, make) in cases() where part.isEmpty || name.contains(part) {
    guard let one = make() else { continue }
    let workload = one.workload()
    let result = measureDecisions(workload, of: one.set)
    if !result.isRight { print("  \(one.name): WRONG, \(result.disagreements) disagree") }
    isRight = isRight && result.isRight
    plain.add(row(one.name, result.plain, result.plainCold))
    classified.add(rowOfClassified(one.name, result))
    named.add(rowOfNamed(one.name, result))
    let footprint = Footprint(workload)
    read.add([
      one.name, decimals(footprint.meanBytes), "\(footprint.mostBytes)",
      decimals(footprint.meanChain), "\(footprint.mostChain)",
    ])
  }
  print(plain.text)
  print(classified.text)
  print(named.text)
  print("The document has every attribute, and names and texts in it are looked up; by hand is a")
  print(
    "dictionary of sets; the interpreter reads every rule. The chain counts reads of which each"
  )
  print("needs the one before.\n")
  print(read.text)
  print(isRight ? "All ways allowed the same requests.\n" : "NOT all ways agreed.\n")
}

private func row(_ name: String, _ hot: [Timing], _ cold: [Timing]) -> [String] {
  guard hot.count == 2 else { return [name, "-"] }
  let first = [
    name, decimals(hot[0].median), decimals(hot[0].p99), decimals(hot[1].median),
    decimals(hot[1].p99), decimals(hot[1].median / hot[0].median, 2),
  ]
  guard cold.count == 2 else { return first }
  return first + [
    decimals(cold[0].median), decimals(cold[1].median),
    decimals(cold[1].median / cold[0].median, 2),
  ]
}

private func rowOfClassified(_ name: String, _ result: DecideMeasurement) -> [String] {
  let (hot, cold) = (result.classified, result.classifiedCold)
  guard hot.count == 3, cold.count == 3 else { return [name, "-"] }
  return [
    name, decimals(result.openShare, 0), decimals(hot[0].median), decimals(hot[1].median),
    decimals(hot[2].median), decimals(hot[2].p99), decimals(hot[2].median / hot[0].median, 2),
    decimals(cold[1].median), decimals(cold[2].median),
    decimals(cold[2].median / cold[1].median, 2),
  ]
}

private func rowOfNamed(_ name: String, _ result: DecideMeasurement) -> [String] {
  let (short, times) = (result.oneShot, result.named)
  guard times.count >= 2 else { return [name, "-"] }
  let first =
    short.count == 2
    ? [
      decimals(short[0].median), decimals(short[1].median), decimals(short[1].p99),
      decimals(short[1].median / short[0].median, 2),
    ] : ["-", "-", "-", "-"]
  return [name] + first + [
    decimals(result.textsPerRequest), decimals(times[0].median), decimals(times[1].median, 0),
  ] + times.dropFirst(2).map { decimals($0.median, 0) }
}
