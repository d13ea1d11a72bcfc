import PolicyAnalysis
import PolicyModel
import PolicyReport
import PolicySource
import PolicyWorkspace

extension Command {
  private static let diffFormat = Option(
    "format",
    .choice(ReportFormat.allCases.map(\.rawValue)),
    "how the differences are written"
  )

  static let diffCommand = Command(
    "diff",
    summary: "say exactly what access changed between two policy sets",
    synopsis: "OLD NEW",
    details: """
      Each of the two is a directory, a file, or what either was in a git revision: `main:policies` \
      from the root of the repository, `main:./policies` from where `pol` runs.

      What counts is who may do what. Changes are told by policy, for somebody who holds it and \
      what everyone holds, and by principal where assignments, groups or units changed: `widened`, \
      `narrowed`, or both, `re-conditioned`. Each is shown by a request that both sets have decided, \
      and the rules that came and went. Moved and renamed files, rules and policies, another order, \
      layout or way to say the same are no change. What a grown catalogue adds to a pattern is told \
      apart. What no request was found to show, and what is not proved to decide nothing either, is \
      `not shown`: access may differ there, and that fails as if it did.

      `short`, `sarif`, `github`, `gitlab` and `junit` tell each change at the rules of NEW that \
      cause it, or at the name of their policy where they are gone. What fails is an error.

      Where one of the two is a `.polc`, the tables of both are compared, as text: for each policy \
      and action whether it is denied, not said, allowed on conditions or always. Conditions are \
      compared where both sets split the values of their attributes alike, and are else `not \
      shown`, which fails. Assignments, groups and units are not compared.
      """,
    options: [diffFormat, .failOnDifferences],
    statuses: [
      (.success, "no access differs, or only in ways that `--fail-on` leaves out"),
      (.negative, "access differs, or it is not shown that it does not"),
      (.unable, "bad usage, an unreadable file, or no such revision"),
      (.unchecked, "one of the policy sets does not check"),
    ],
    examples: [
      Example("pol diff main:policies policies", "what this branch changes"),
      Example("pol diff old new --format markdown --fail-on widened", "for a pull request"),
    ]
  ) { (arguments, console) throws(Failure) in
    let paths = arguments.positionals
    guard paths.count == 2 else {
      throw Failure(
        paths.count > 2
          ? "`\(paths[2])` is one argument too many: two policy sets are compared"
          : "two policy sets are needed: what was, and what is"
      )
    }
    let choice = arguments.value(.failOnDifferences)
    let form = arguments.value(diffFormat).flatMap { ReportFormat(rawValue: $0) } ?? .text
    if paths.contains(where: { $0.hasSuffix(".polc") }) {
      guard form == .text else {
        throw Failure(
          "a compiled set has no rules to tell in `\(form.rawValue)`",
          help: "give its sources, or their revision, such as `v1:policies`"
        )
      }
      return try compareCompiled(paths, choice, arguments, console)
    }
    let old = try policySet(named: paths[0], arguments, console)
    let new = try policySet(named: paths[1], arguments, console)
    let difference = try console.work("comparing") { () throws(Failure) in compare(old, new) }
    switch form {
    case .text:
      var report = DifferenceText(difference, on: console.terminal(arguments.color))
      console.write(report.text())
    case .json:
      var report = DifferenceJSON(difference)
      console.write(JSONWriter.document(report.document(old: paths[0], new: paths[1])))
    case .markdown:
      var report = DifferenceMarkdown(difference)
      console.write(report.text())
    case .short, .sarif, .github, .gitlab, .junit:
      var findings = DifferenceFindings(difference) { $0.fails(on: choice) }
      console.write(findings.report(pages: allPages).bytes(as: form))
    }
    return fails(difference, choice) ? .negative : .success
  }

  /// Compares by tables where one of the sets is compiled.
  private static func compareCompiled(
    _ paths: [String],
    _ choice: String?,
    _ arguments: Arguments,
    _ console: Console
  ) throws(Failure) -> ExitStatus {
    let comparison = try CompiledComparison(paths[0], paths[1], arguments, console)
    console.write(comparison.text(on: console.terminal(arguments.color)))
    let fails = Direction.allCases.contains { direction in
      let isThere = direction == .widening ? comparison.isWidened : comparison.isNarrowed
      return direction.fails(on: choice) && (isThere || comparison.isUnsettled)
    }
    return fails ? .negative : .success
  }

  /// Whether a difference fails; what was not shown may be there.
  private static func fails(_ difference: Difference, _ choice: String?) -> Bool {
    Direction.allCases.contains { direction in
      let isThere = direction == .widening ? difference.isWidened : difference.isNarrowed
      let mayBe = difference.undecided.contains { $0.direction == direction }
      return direction.fails(on: choice) && (isThere || mayBe)
    }
  }
}
