import PolicyAnalysis
import PolicyModel
import PolicyReport
import PolicySource
import PolicyWorkspace

extension Command {
  private static let diffFormat = Option(
    "format",
    .choice(["text", "markdown", "json"]),
    "how the differences are written"
  )
  private static let failOn = Option(
    "fail-on",
    .choice(["any", "widened", "narrowed", "none"]),
    "which differences fail"
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
      apart.
      """,
    options: [diffFormat, failOn],
    statuses: [
      (.success, "no access differs, or only in ways that `--fail-on` leaves out"),
      (.negative, "access differs"),
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
    let old = try policySet(named: paths[0], arguments, console)
    let new = try policySet(named: paths[1], arguments, console)
    let difference = try console.work("comparing") { () throws(Failure) in compare(old, new) }
    switch arguments.value(diffFormat) {
    case "json":
      var report = DifferenceJSON(difference)
      console.write(JSONWriter.document(report.document(old: paths[0], new: paths[1])))
    case "markdown":
      var report = DifferenceMarkdown(difference)
      console.write(report.text())
    default:
      var report = DifferenceText(difference, on: console.terminal(arguments.color))
      console.write(report.text())
    }
    return fails(difference, arguments.value(failOn)) ? .negative : .success
  }

  /// Whether a difference fails; what was not shown may be there.
  private static func fails(_ difference: Difference, _ choice: String?) -> Bool {
    func mayBe(_ direction: Direction) -> Bool {
      difference.undecided.contains { $0.direction == direction }
    }
    switch choice {
    case "none": return false
    case "widened": return difference.isWidened || mayBe(.widening)
    case "narrowed": return difference.isNarrowed || mayBe(.narrowing)
    default: return !difference.isEmpty
    }
  }
}
