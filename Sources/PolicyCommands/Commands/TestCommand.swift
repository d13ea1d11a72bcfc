import PolicyReport
import PolicySource
import PolicyWorkspace

extension Command {
  private static let filter = Option(
    "filter",
    .text("TEXT"),
    "run tests with this in their title (or `*`, `?`), no assertions"
  )
  private static let coverage = Option(
    "coverage",
    .text("FILE"),
    "write an LCOV tracefile; show some of what is not covered"
  )
  private static let uncovered = Option("uncovered", "show all that the tests do not cover")
  private static let minimum = Option(
    "min-coverage",
    .text("PERCENT"),
    mayRepeat: true,
    "how much of each measure, or as `rules=100,cells=80`"
  )
  private static let mutate = Option(
    "mutate",
    "make mistakes in the policies, and show what nothing notices"
  )
  private static let mostMutants = Option(
    "max-mutants",
    .text("N"),
    "so many mistakes at most (2000), the same ones each time"
  )
  private static let minimumScore = Option(
    "min-score",
    .text("PERCENT"),
    "how many of the mistakes have to be noticed"
  )
  private static let generate = Option("generate", "write tests for what the tests leave open")
  private static let mostTests = Option(
    "max-tests",
    .text("N"),
    "so many tests are written at most (200)"
  )
  private static let output = Option(
    "output",
    letter: "o",
    .text("FILE"),
    "write them to a new file, such as `policies/generated.pol`"
  )
  private static let format = Option(
    "format",
    .choice(ReportFormat.allCases.map(\.rawValue)),
    "how the outcome is written"
  )

  static let testCommand = Command(
    "test",
    summary: "run the tests, prove the assertions, and say what the tests cover",
    synopsis: "[PATH…]",
    details: """
      Every request of a `test` is decided by the interpreter and by the compiled tables. An \
      `assert` is proved over every request there can be; one that does not hold is shown with a \
      request that breaks it. One of which neither a proof nor such a request was found is never \
      counted as proved: it is a warning, with which the run still succeeds unless `--fail-on \
      warning` is given, as for `pol check`. With `--fail-on note`, mistakes that survive `--mutate` \
      fail too.

      Coverage is of the tests alone, and has four measures. `rules`: a rule is covered when it \
      decides a request that a test expects something of; an allow that is overruled does not. \
      `cells`: a policy and an action of which it says something, covered when a rule of the policy, \
      or of one that it includes, decides a request about the action and would by that policy \
      alone. `outcomes`: the condition of each rule, seen true and seen false while the policy is in \
      force; unknown is neither. `checks`: the same for each single check in conditions.

      `--mutate` makes small mistakes, one at a time: a rule that allows for one that denies, or is \
      not there; a pattern, an exception, a condition, a part of one, an assignment or an include that \
      is forgotten; a condition turned round, a `<` for a `<=`, a constant one step off, a unit beside \
      the one that is meant. One that a test or an assertion notices is caught. One that decides every \
      request as before, which is proved, is equivalent, and not counted. All others survive: each is \
      shown with a request that is decided otherwise, and a test of it. The score is how many are \
      caught of all that are not equivalent. Tests and assertions have to hold before.

      `--generate` writes tests that pass now, to standard output or to a new file: for each policy what \
      is allowed and what is denied, for actions about which it decides alike together; a request on \
      each side of each boundary of each condition, one without what it asks for, and what every \
      assignment gives, where, and to whom. What the tests and assertions show already is left out, so \
      that it writes nothing the second time; of all others as few as notice every mistake that \
      `--mutate` makes. They say what the policies decide, not what they should: read them.
      """,
    options: [
      filter, coverage, uncovered, minimum, mutate, mostMutants, minimumScore, generate, mostTests,
      output, .failOn, format,
    ],
    statuses: [
      (.success, "none of them fails (those that are not proved do not), and enough is covered"),
      (.negative, "something fails at or above `--fail-on`, or too little is covered or noticed"),
      (.unable, "bad usage, an unreadable file, or nothing to run"),
      (.unchecked, "the policy set does not check"),
      (.fault, "the tables decide otherwise than the interpreter"),
    ],
    examples: [
      Example(
        "pol test policies --fail-on warning --min-coverage rules=100,cells=80",
        "fail when an assertion is not proved, or too few rules or cells are covered"
      ),
      Example(
        "pol test policies --mutate --min-score 90",
        "fail when more than a tenth of the mistakes go unnoticed"
      ),
    ]
  ) { (arguments, console) throws(Failure) in
    try refuseIdle(arguments)
    let goals = try CoverageGoal.goals(arguments.all(minimum))
    let failing = arguments.value(.failOn).flatMap { Severity(rawValue: $0) } ?? .error
    let file = arguments.value(coverage)
    if let file, file.hasSuffix(".pol") {
      throw Failure(
        "`\(file)` is policy text, and coverage would replace it",
        help: "name another file, such as `lcov.info`"
      )
    }
    let mostMutants = try arguments.number(mostMutants, orElse: 2_000)
    let score = try arguments.value(minimumScore).map { (text) throws(Failure) in
      try Percentage.basisPoints(
        of: text,
        help: "write a number from 0 to 100, such as `--min-score 90`"
      )
    }
    let mostTests = try arguments.number(mostTests, orElse: 200)
    if let file = arguments.value(output), !file.hasSuffix(".pol") {
      throw Failure(
        "`\(file)` is no name for policy text",
        help: "write `--generate --output policies/generated.pol`"
      )
    }
    let isMutating = arguments.has(mutate) || score != nil
    let sources = try sources(at: arguments.positionals)
    let compilation = try pipeline(sources, console)
    try refuseErrors(compilation.diagnostics, in: sources, arguments, console)
    guard let compiled = compilation.value.compiled else { return .unchecked }
    let set = compilation.value.set
    let outcome = try TestOutcome(
      of: set,
      compiled,
      arguments.value(filter).map { TestFilter($0) },
      mayBeEmpty: arguments.has(generate),
      console
    )
    if arguments.has(generate), !outcome.diagnostics.hasErrors {
      return try write(
        GeneratedSuite(of: outcome, mostTests: mostTests, mostMutants: mostMutants, console),
        to: arguments.value(output),
        console
      )
    }
    if let file {
      let text = LCOVReport.text(outcome.coverage, of: set)
      try files { () throws(FileError) in try FileContents.write(Array(text.utf8), to: file) }
    }
    var report = TestReport(
      outcome: outcome,
      goals: goals,
      detail: arguments.has(uncovered) ? .all : file != nil ? .some : .summary,
      tellsCoverage: arguments.has(uncovered) || file != nil || !goals.isEmpty
    )
    if isMutating || arguments.has(generate) {
      if outcome.diagnostics.hasErrors {
        report.isMutationSkipped = true
      } else {
        report.mutation = try MutationOutcome(
          of: outcome,
          atMost: mostMutants,
          goal: score,
          console
        )
      }
    }
    let form = arguments.value(format).flatMap { ReportFormat(rawValue: $0) } ?? .text
    console.write(report.report(for: form).bytes(as: form, on: console.terminal(arguments.color)))
    // These formats have no place for what lacks.
    if [.short, .sarif, .gitlab].contains(form) {
      for complaint in report.complaints { console.write("error: \(complaint)\n", to: .error) }
    }
    let fails = report.diagnostics.contains { $0.severity >= failing }
    return fails || !report.complaints.isEmpty ? .negative : .success
  }

  /// Ends the command where an option would say nothing: what `--generate` writes is policy text and
  /// no report, and what it and `--mutate` are told is for them.
  private static func refuseIdle(_ arguments: Arguments) throws(Failure) {
    guard !arguments.has(generate) else {
      for option in [mutate, minimumScore, coverage, uncovered, minimum, format]
      where arguments.has(option) {
        throw Failure(
          "`--generate` and `--\(option.name)` contradict each other",
          help: "generate the tests first, and run them then"
        )
      }
      return
    }
    for option in [output, mostTests] where arguments.has(option) {
      throw Failure(
        "`--\(option.name)` is for `--generate`",
        help: "`pol test --generate` writes tests"
      )
    }
    if arguments.has(mostMutants), !arguments.has(mutate), !arguments.has(minimumScore) {
      throw Failure("`--max-mutants` is for `--mutate` and `--generate`")
    }
  }

  /// Writes a suite to standard output, or to a file that is not there yet; what is to be said of it
  /// goes to standard error, beside the text.
  private static func write(
    _ suite: GeneratedSuite,
    to path: String?,
    _ console: Console
  ) throws(Failure) -> ExitStatus {
    let verdict =
      suite.tests == 0
      ? "the tests leave nothing open" : "wrote \(Tally.count(suite.tests, "test"))"
    if let path, !suite.text.isEmpty {
      let isNew = try files { () throws(FileError) in
        try FileContents.create(Array(suite.text.utf8), at: path)
      }
      guard isNew else {
        throw Failure(
          "`\(path)` is there already",
          help: "name a new file; what was written before is not written again"
        )
      }
    } else {
      console.write(suite.text)
    }
    for line in [verdict] + suite.remarks { console.write(line + "\n", to: .error) }
    return .success
  }
}
