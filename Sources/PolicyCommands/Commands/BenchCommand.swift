import PolicyBenchmark
import PolicyEngine
import PolicyModel
import PolicyReport
import PolicyWorkspace

extension Command {
  private static let requests = Option(
    "requests",
    .text("N"),
    "how many random requests are decided, 4096 where not given"
  )
  private static let rounds = Option(
    "rounds",
    .text("N"),
    "how often each way decides them, 100 where not given"
  )

  static let benchCommand = Command(
    "bench",
    summary: "measure decisions of a policy set, beside a loop in C",
    synopsis: "[PATH…]",
    details: """
      Decides random requests of a policy set, or of one compiled .polc file, in several ways that \
      take turns in one run, and prints nanoseconds per decision and the ratio to a loop in C that \
      only tests bits in the same tables, in the same order: the physical limit.

      Who asks is everyone who is declared, and for each policy someone who holds it. Attributes \
      have values on either side of those that policies compare them with; one in 16 is missing. \
      With sources, the interpreter and an evaluator with dictionaries of sets, such as one writes \
      by hand, answer the same requests. All ways have to allow the same ones.
      """,
    options: [Option.format, requests, rounds],
    statuses: [
      (.success, "measured, and all ways agreed"),
      (.unable, "bad usage, or an unreadable file"),
      (.unchecked, "the policy set does not check"),
      (.fault, "the ways did not agree"),
    ],
    examples: [
      Example("pol bench policies", "measure the policy set in a directory"),
      Example("pol bench portal.polc --format json", "measure compiled tables, as JSON"),
    ]
  ) { (arguments, console) throws(Failure) in
    let count = try number(requests, arguments, among: 1...1_000_000) ?? 4096
    let rounds = try number(rounds, arguments, among: 1...100_000) ?? 100
    let (engine, set) = try subject(of: arguments, console)
    guard engine.actionCount > 0 else {
      throw Failure("the catalogue has no actions, so there is nothing to decide")
    }
    let principals = Workload.principals(of: engine)
    guard !principals.isEmpty else {
      throw Failure("there are neither policies nor declared principals, so nobody asks")
    }
    let result = try console.work("measuring") { () throws(Failure) in
      let workload = Workload(engine, by: principals, count: count)
      let options = DecideOptions(rounds: rounds, isCold: true, isNamed: true)
      return BenchResult(
        measureDecisions(workload, of: set, options: options),
        Footprint(workload),
        requests: count,
        principals: principals.count,
        rounds: rounds
      )
    }
    if arguments.value(.format) == "json" {
      console.write(JSONWriter.document(result.json))
    } else {
      console.write(result.text)
    }
    return result.isRight ? .success : .fault
  }

  private static func number(
    _ option: Option,
    _ arguments: Arguments,
    among range: ClosedRange<Int>
  ) throws(Failure) -> Int? {
    guard let text = arguments.value(option) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw Failure(
        "`--\(option.name)` is \(range.lowerBound) to \(range.upperBound), not `\(text)`"
      )
    }
    return number
  }

  /// What is measured: tables, and the sources they were made of where these are given.
  private static func subject(
    of arguments: Arguments,
    _ console: Console
  ) throws(Failure) -> (PolicyEngine, PolicySet?) {
    if arguments.positionals.count == 1, let path = arguments.positionals.first,
      path.hasSuffix(".polc")
    {
      return (try compiledEngine(at: path), nil)
    }
    let set = try checkedSet(at: arguments.positionals, arguments, console)
    return (try engine(of: try tables(of: set, console)), set)
  }
}

/// What was measured, for people and machines.
private struct BenchResult {
  private let measurement: DecideMeasurement
  private let footprint: Footprint
  private let requests: Int
  private let principals: Int
  private let rounds: Int

  init(
    _ measurement: DecideMeasurement,
    _ footprint: Footprint,
    requests: Int,
    principals: Int,
    rounds: Int
  ) {
    self.measurement = measurement
    self.footprint = footprint
    self.requests = requests
    self.principals = principals
    self.rounds = rounds
  }

  var isRight: Bool { measurement.isRight }

  /// What was measured, and its parts: each is compared with the first of it.
  private var parts: [(name: String, timings: [Timing])] {
    [
      ("prepared, unconditional", measurement.plain),
      ("the same, cold caches", measurement.plainCold),
      ("prepared, attributes classified", measurement.classified),
      ("the same, cold caches", measurement.classifiedCold),
      ("user and action by name", measurement.oneShot),
      ("everything by name", measurement.named),
    ].filter { !$0.timings.isEmpty }
  }

  var text: String {
    var table = TextTable(["ns per decision", "median", "p99", "ratio"])
    for part in parts {
      table.add([part.name])
      for timing in part.timings {
        table.add([
          "  " + timing.name, decimals(timing.median), decimals(timing.p99),
          decimals(timing.median / part.timings[0].median, 2),
        ])
      }
    }
    return """
      \(Tally.count(requests, "random request")) by \(Tally.count(principals, "principal")), \
      \(decimals(measurement.openShare)) % for conditional cells; \(Tally.count(rounds, "round"))
      medians and 99th percentiles of batches; ratios to the first line of each part
      \(table.text)\
      a decision reads \(decimals(footprint.meanBytes)) bytes, at most \(footprint.mostBytes); \
      \(decimals(footprint.meanChain)) reads wait for one another, at most \(footprint.mostChain)
      \(agreement)

      """
  }

  private var agreement: String {
    isRight
      ? "all ways allowed the same requests"
      : "the ways did not agree on \(Tally.count(measurement.disagreements, "request"))"
  }

  var json: JSONValue {
    let parts = parts.map { part in
      let timings = part.timings.map { timing -> JSONValue in
        [
          "way": .string(timing.name),
          "medianPicoseconds": .picoseconds(timing.median),
          "p99Picoseconds": .picoseconds(timing.p99),
        ]
      }
      return ["name": .string(part.name), "ways": .array(timings)] as JSONValue
    }
    return [
      "schema": .int(1),
      "requests": .int(requests),
      "principals": .int(principals),
      "rounds": .int(rounds),
      "agree": .bool(isRight),
      "mostBytes": .int(footprint.mostBytes),
      "longestChain": .int(footprint.mostChain),
      "parts": .array(parts),
    ]
  }
}

extension JSONValue {
  /// Nanoseconds as whole picoseconds; null for what was not measured.
  fileprivate static func picoseconds(_ nanoseconds: Double) -> JSONValue {
    nanoseconds.isFinite ? .int(Int((nanoseconds * 1000).rounded())) : .null
  }
}
