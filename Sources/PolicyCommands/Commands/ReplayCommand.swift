import PolicyAnalysis
import PolicyModel
import PolicyReport
import PolicyWorkspace

extension Command {
  private static let replayFormat = Option(
    "format",
    .choice(["text", "json", "markdown"]),
    "how the answer is written"
  )
  private static let logs = Option(
    "log",
    .text("FILE|-"),
    mayRepeat: true,
    "a log; then both arguments are policy sets"
  )
  private static let unused = Option(
    "unused",
    "tell the allow rules and assigned policies that allowed no request"
  )

  static let replayCommand = Command(
    "replay",
    summary: "say which recorded requests other policies would decide otherwise",
    synopsis: "LOG SET [NEWSET]",
    details: """
      The log has one request a line, in the form of `pol eval --requests`, or as the decision log of \
      `PolicyEngine` writes them. It is a file, or `-` for standard input. Of two sets, NEWSET decides \
      each request as SET did, or otherwise; with one set, what the log says was decided is compared. \
      A set is a directory, a file, a `.polc`, or what either was in a git revision: `main:policies`.

      Requests are told by cause: the rules that decided before, and those that decide now, with how \
      many requests there are, the most frequent first, and the first of them. What is shown was \
      decided by the interpreter too, where there are sources. `widened` is allowed and was not, \
      `narrowed` was allowed and is not, also where one set refuses the request; `refused` is no \
      request for one of the sets or for both, and allowed by neither. `unknown` are denies that may \
      rest on what the log leaves out: they do not fail.

      `--unused` tells what nobody used: allow rules and assigned policies of the newer set that \
      allowed none of these requests.

      Logs of any size are read in constant memory, on all cores; the answer is the same, whatever \
      their number.
      """,
    options: [logs, unused, replayFormat, .failOnDifferences],
    statuses: [
      (
        .success,
        "every request is decided alike, or only fails in ways that `--fail-on` leaves out"
      ),
      (.negative, "requests are decided otherwise"),
      (.unable, "bad usage, an unreadable file, no requests, or nothing to compare them with"),
      (
        .unchecked,
        "a policy set does not check, or a request is refused and none decided otherwise"
      ),
    ],
    examples: [
      Example(
        "pol replay last-week.jsonl main:policies policies",
        "what would this branch have decided otherwise last week?"
      ),
      Example(
        "pol replay --log monday.jsonl --log tuesday.jsonl policies --unused",
        "are decisions as they were, and which grants did nobody use?"
      ),
    ]
  ) { (arguments, console) throws(Failure) in
    let (logs, names) = try replayed(arguments)
    var sides: [ReplaySide] = []
    for name in names { sides.append(try ReplaySide(name, arguments, console)) }
    let after = sides[sides.count - 1]
    if arguments.has(unused), after.set == nil {
      throw Failure(
        "`\(after.name)` is compiled, and does not say how its grants are written",
        help: "give its sources, or their revision, such as `v1:policies`"
      )
    }
    let question = ReplayQuestion(
      before: sides.count > 1 ? sides[0] : nil,
      after: after,
      grants: arguments.has(unused) ? after.set.map { WrittenGrants($0) } : nil
    )
    var replayer = Replayer(question)
    try console.work("replaying") { (tell) throws(Failure) in
      for (number, log) in logs.enumerated() {
        try files { () throws(FileError) in
          let lines = log == "-" ? try console.input() : try LineReader(path: log)
          try replayer.run(lines, log: number, telling: tell)
        }
      }
    }
    let tally = replayer.tally
    try refuseEmpty(tally, question, logs)
    let findings = ReplayFindings(
      question: question,
      tally: tally,
      logs: logs.map { $0 == "-" ? "standard input" : $0 }
    )
    let report = try console.work("deciding what is shown again") {
      () throws(Failure) in try findings.report()
    }
    write(report, as: arguments.value(replayFormat), arguments, console)
    return status(of: tally, arguments.value(.failOnDifferences))
  }

  /// The logs and the policy sets that a command line names.
  private static func replayed(
    _ arguments: Arguments
  ) throws(Failure) -> (logs: [String], sets: [String]) {
    var sets = arguments.positionals[...]
    var logs = arguments.all(Self.logs)
    if logs.isEmpty {
      guard let first = sets.popFirst() else {
        throw Failure("a log and a policy set are needed")
      }
      logs = [first]
    }
    guard !sets.isEmpty else {
      throw Failure("a policy set is needed, which decides the requests of `\(logs[0])`")
    }
    if sets.count > 2 {
      let extra = sets[sets.startIndex + 2]
      throw Failure(
        "`\(extra)` is one argument too many: requests are replayed through one policy set or two",
        help: "`--log FILE` names a log, and may be repeated"
      )
    }
    if logs.filter({ $0 == "-" }).count > 1 { throw Failure("standard input can be read once") }
    for log in logs where log != "-" && !System.exists(log) { throw Failure(.notFound(log)) }
    return (logs, Array(sets))
  }

  /// Refuses logs of which nothing can be said: an empty run is not a green run.
  private static func refuseEmpty(
    _ tally: ReplayTally,
    _ question: ReplayQuestion,
    _ logs: [String]
  ) throws(Failure) {
    let names = logs.map { "`\($0)`" }.joined(separator: ", ")
    guard tally.requests > 0 else { throw Failure("there are no requests in \(names)") }
    guard question.before != nil || question.grants != nil || tally.answers > 0 else {
      throw Failure(
        "nothing in \(names) says what was decided",
        help: "name two policy sets, or ask for `--unused`"
      )
    }
  }

  private static func write(
    _ report: ReplayReport,
    as format: String?,
    _ arguments: Arguments,
    _ console: Console
  ) {
    switch format {
    case "json": console.write(JSONWriter.document(ReplayJSON.document(report)))
    case "markdown": console.write(ReplayMarkdown(report).text)
    default: console.write(ReplayText(report, on: console.terminal(arguments.color)).text)
    }
  }

  private static func status(of tally: ReplayTally, _ choice: String?) -> ExitStatus {
    func has(_ direction: ReplayReport.Direction) -> Bool { tally.counts[direction] ?? 0 > 0 }
    if has(.widened), Direction.widening.fails(on: choice) { return .negative }
    if has(.narrowed), Direction.narrowing.fails(on: choice) { return .negative }
    return tally.hasRefusals ? .unchecked : .success
  }
}
