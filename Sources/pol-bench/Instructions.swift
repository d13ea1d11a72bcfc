import PolicyBenchmark
import PolicyEngine
import PolicyWorkspace

/// Instructions per decision, counted by running this program under Callgrind.
func measureInstructions(program: String) {
  guard Callgrind.isAvailable else {
    print("Instructions are not counted: there is no valgrind here.\n")
    return
  }
  print("Instructions per decision, 100 roles x 1,000 actions, counted by, for each cell,")
  print("  strip -g -o pol-bench-stripped pol-bench, and")
  let program = Callgrind.readable(program, in: folder)
  print("  " + Callgrind.command("pol-bench-stripped", ["counted", "FILE.polc", "WAY", "8"]))
  let rules = [100, 10_000, 100_000]
  var table = TextTable(["way"] + rules.map { "\($0) rules" })
  for share in [0, 100] {
    let files = rules.map { compiled(rules: $0, share: share) }
    for form in CountedForm.allCases where share == 100 || form != .document {
      let isOpen = share == 100
      // Bits are tested alike whatever they say, and only open cells have tables to read.
      guard isOpen == [.cTables, .classified, .document].contains(form) else { continue }
      let counts = files.map { path -> String in
        guard let path,
          let counted = Callgrind.instructions(program, ["counted", path, form.rawValue, "8"])
        else { return "failed" }
        return decimals(Double(counted) / Double(8 * requestCount))
      }
      table.add([form.rawValue] + counts)
    }
  }
  print(table.text)
}

private let requestCount = 512

/// Where tables and the copy of this program go.
private var folder: String { System.environment("TMPDIR") ?? "/tmp" }

/// Where the tables of a generated set were written.
private func compiled(rules: Int, share: Int) -> String? {
  let generated = GeneratedSet(
    roles: 100,
    actions: 1000,
    rules: rules,
    conditionalShare: share,
    isUniform: true
  )
  guard let one = DecideCase("\(rules)", generated) else { return nil }
  let path = "\(folder)/pol-bench-\(share)-\(rules).polc"
  do {
    try FileContents.write(one.bytes, to: path)
    return path
  } catch {
    print("  \(error.message)")
    return nil
  }
}

/// What runs under Callgrind: loads tables and decides so many batches of 512 requests.
func runCounted(_ arguments: [String]) -> Bool {
  guard arguments.count == 3, let form = CountedForm(rawValue: arguments[1]),
    let batches = Int(arguments[2]), let bytes = try? FileContents.read(arguments[0]),
    let engine = try? PolicyEngine(bytes: bytes)
  else { return false }
  let principals = Workload.declaredPrincipals(of: engine, limit: 100)
  guard !principals.isEmpty else { return false }
  let workload = Workload(engine, by: principals, count: requestCount)
  guard let counted = PolicyBenchmark.runCounted(form, workload, batches: batches) else {
    return false
  }
  print("\(counted) decisions")
  return true
}
