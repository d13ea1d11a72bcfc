import PolicyEngine
import PolicyModel
import PolicyReport
import PolicySource
import PolicyWorkspace

extension Command {
  private static let from = Option(
    "from",
    .text("REV"),
    "begin with this revision, and not with the files as they are"
  )
  private static let whole = Option("all", "tell every change of the answer, back to the first")

  static let blameCommand = Command(
    "blame",
    summary: "say since which commit, and by which rule, somebody can do an action",
    synopsis: "[DIR] SUBJECT ACTION [ATTRIBUTE=VALUE…]",
    details: """
      The subject is written as for `pol what-can`, the rest as for `pol who-can`. The git history of \
      the directory is walked back, and each revision's policies are checked and asked the same: \
      where and when is it allowed? It ends where it became allowed at all, or never; `--all` goes on. \
      What changed on the way is told too, with the rules that allow, deny, or allowed it.

      Where the files were moved from another path, the walk goes on there. A revision counts if a `.pol` file or another in the directory changed. Of a merge the first \
      parent is followed, so that a branch is its merge; `--from MERGE^2` looks into the branch. A \
      revision whose policies do not check is passed over, and counted. Names are those of each \
      revision: who, or what, had another name could do nothing then.

      """ + "\n" + AccessArguments.explanation,
    options: [from, whole, .unit, .format],
    statuses: [
      (.success, "it can, at least on a condition"),
      (.negative, "it never can"),
      (.unable, "bad usage, an unreadable file, no git repository, or no such revision"),
      (.unchecked, "a name or value is refused, or the policy set does not check"),
    ],
    examples: [
      Example(
        "pol blame policies user:ada device.delete",
        "since when can Ada delete devices, and who let her?"
      ),
      Example(
        "pol blame policies Observer user.list --in acme --all",
        "what became of it, from the first revision on?"
      ),
    ]
  ) { (arguments, console) throws(Failure) in
    let asked = try RequestArguments(arguments, words: 2)
    try asked.refuseCompiled()
    let question = BlameQuestion(asked)
    let revision = arguments.value(from)
    let history = try files { () throws(FileError) in
      try GitHistory(of: asked.path, from: revision ?? "HEAD")
    }
    let (set, sources) = try start(asked.path, revision, history, arguments, console)
    let (subject, action, _) = try question.resolved(in: set)
    var walk = BlameWalk(
      question,
      history,
      workingCopy: sources,
      isWhole: arguments.has(whole)
    )
    try console.work(
      "asking \(Tally.count(history.commits.count, "revision"))",
      telling: { (tell) throws(Failure) in walk.run(tell) }
    )
    let blame = Blame(
      of: subject,
      set.catalogue.actions[action].path,
      in: set,
      answer: walk.answer ?? question.state(of: set),
      events: walk.events,
      end: walk.end,
      count: walk.count,
      passedOver: walk.passedOver
    )
    if arguments.value(.format) == "json" {
      console.write(JSONWriter.document(blame.json))
    } else {
      console.write(blame.text(on: console.terminal(arguments.color)))
    }
    return blame.answer.isAllowed ? .success : .negative
  }
  /// The set that the question is understood by, and its sources where the walk begins with them:
  /// the files as they are, if that is another set than the newest commit's.
  private static func start(
    _ path: String,
    _ revision: String?,
    _ history: GitHistory,
    _ arguments: Arguments,
    _ console: Console
  ) throws(Failure) -> (set: PolicySet, workingCopy: SourceMap?) {
    // There may be nothing left at the path.
    let newest = history.commits.first.flatMap { try? history.sources(in: $0) }
    if let revision {
      guard let newest else {
        throw Failure("there are no policies at `\(path)` in `\(revision)`")
      }
      let checked = try check(newest, console)
      try refuseErrors(checked.diagnostics, in: newest, arguments, console)
      return (checked.value, nil)
    }
    let set = try checkedSet(at: [path], arguments, console)
    let isCommitted =
      newest.map { $0.files.map(\.bytes) == set.sources.files.map(\.bytes) } ?? false
    return (set, isCommitted ? nil : set.sources)
  }
}
