import CBitLoop
import CPolicyEngine
import PolicyBenchmark
import PolicyEngine
import PolicyEngineC
import PolicyWorkspace

/// The same decisions through Swift, through C and through Python, in one run.
///
/// - Parameter program: The path of this program, beside which the library is.
func measureLanguages(program: String) {
  print("Decisions of prepared requests in ns: medians of batches of 4,096, ways in turn.")
  print("100 roles x 1,000 actions, 2,000 rules; the share is of rules that have conditions.\n")
  var table = TextTable([
    "requests", "Swift", "C", "ratio", "C, by one call", "ratio", "Python", "ratio",
    "Python, by one call", "ratio",
  ])
  for share in [0, 100] {
    let generated = GeneratedSet(
      roles: 100,
      actions: 1000,
      rules: 2000,
      conditionalShare: share
    )
    guard let one = DecideCase("\(share) % conditional", generated) else { return }
    let workload = one.workload(asAssigned: 100)
    let times = measureForeign(workload)
    guard times.count == 3 else { return }
    let python = pythonTimes(one, roles: 100, beside: program)
    let swift = times[0].median
    var row = ["\(one.name)" + (times.allSatisfy(\.isRight) ? "" : " WRONG"), decimals(swift)]
    for time in [times[1].median, times[2].median] + python {
      row += [decimals(time), decimals(time / swift, time > 10 * swift ? 0 : 2)]
    }
    table.add(row + Array(repeating: "-", count: max(0, 10 - row.count)))
  }
  print(table.text)
  print("Python asks for unknown resources and contexts, by one user after the other.")
}

/// The same prepared requests through Swift, through one call in C each, and through one call for all.
private func measureForeign(_ workload: Workload) -> [Timing] {
  let requests = workload.prepared
  let expected = UInt64(workload.isAllowed.count { $0 })
  let handles = unsafe requests.map { unsafe giveRequest($0) as OpaquePointer? }
  defer { unsafe handles.forEach { unsafe _ = pol_request_free($0) } }
  var decisions = [UInt8](repeating: 0, count: requests.count)
  return measure(
    [
      Contender("Swift", count: requests.count, expected: expected) {
        allowed(workload.engine, requests)
      },
      Contender("C", count: requests.count, expected: expected) {
        unsafe handles.withUnsafeBufferPointer { handles in
          unsafe UnsafeRawBufferPointer(handles).withMemoryRebound(to: UnsafeRawPointer?.self) {
            unsafe cbit_call_each(decideThroughC, $0.baseAddress, $0.count)
          }
        }
      },
      Contender("C, by one call", count: requests.count, expected: expected) {
        unsafe handles.withUnsafeBufferPointer { handles in
          _ = unsafe pol_decide_requests(handles.baseAddress, handles.count, &decisions, nil)
        }
        return decisions.reduce(0) { $0 &+ ($1 == 1 ? 1 : 0) }
      },
    ],
    rounds: 200
  )
}

/// `pol_decide` as the loop in C calls it.
private let decideThroughC: cbit_decide_function = { request, decision, _ in
  unsafe pol_decide(request.map { OpaquePointer($0) }, decision, nil)
}

/// What Python's module measures through the library beside this program, by one call each and by one
/// for all; nothing, with a line that says why, where it cannot.
private func pythonTimes(_ one: DecideCase, roles: Int, beside program: String) -> [Double] {
  let folder = program.split(separator: "/", omittingEmptySubsequences: false).dropLast()
  let library = (folder + ["libpolicyengine.so"]).joined(separator: "/")
  let file = (System.environment("TMPDIR") ?? "/tmp") + "/pol-bench-languages.polc"
  do {
    try FileContents.write(one.bytes, to: file)
  } catch {
    print("  \(error.message)")
    return []
  }
  let users = (0..<roles).map { GeneratedSet.user($0) }
  let script = "Samples/languages/measure.py"
  let words = ["python3", "-B", script, library, file] + users
  let times = OtherProgram.output(of: words).map {
    $0.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
  }
  guard let times, times.count == 2 else {
    print("  (no figures for Python: needs python3, \(script), and \(library), which")
    print("  `swift build -c release --product policyengine` makes)")
    return []
  }
  return times
}
