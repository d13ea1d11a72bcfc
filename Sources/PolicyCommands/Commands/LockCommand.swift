import PolicyAnalysis
import PolicyEngine
import PolicyFormatter
import PolicyModel
import PolicyReport
import PolicySource
import PolicyWorkspace

extension Command {
  private static let check = Option("check", "write nothing; fail where the lock is out of date")
  private static let acceptBuiltIns = Option(
    "accept-built-ins",
    "write down that built-in policies changed or went"
  )

  static let lockCommand = Command(
    "lock",
    summary: "write down what is allowed, to be read in review",
    synopsis: "[DIRECTORY]",
    details: """
      Writes `access.lock` beside the files of a policy set: what every policy does, in all that it \
      includes, and who is given it. `pol check` then compares with it, and tells when patterns \
      reach actions that are new, when access is widened, and when built-in policies were changed or \
      removed.

      The comparison is of meanings, not of text, so that a lock is out of date only when access \
      changed; and only then it is written anew. Its changes are the changes of access, a few lines \
      each in a review.
      """,
    options: [check, acceptBuiltIns],
    statuses: [
      (.success, "the lock says what the policies do"),
      (.negative, "it does not, under `--check`, or a built-in policy changed"),
      (.unable, "bad usage, an unreadable file, or no place to write to"),
      (.unchecked, "the policy set does not check; nothing was written"),
    ],
    examples: [
      Example("pol lock policies", "write policies/access.lock"),
      Example("pol lock --check policies", "fail where somebody forgot to"),
    ]
  ) { (arguments, console) throws(Failure) in
    let directory = try arguments.atMostOne("directory") ?? "."
    guard let path = LockFile.path(beside: [directory]) else {
      throw Failure(
        "`\(directory)` is no directory: a lock stands beside the files of a policy set"
      )
    }
    let set = try checkedSet(at: [directory], arguments, console)
    let run = try LockRun(path, set, arguments, console)
    if run.difference?.isUnremarkable ?? false {
      console.write("\(VisibleText.of(path)) says what the policies do\n")
      return .success
    }
    if arguments.has(check) {
      try run.check()
    } else {
      try run.write(acceptingBuiltIns: arguments.has(acceptBuiltIns))
    }
    return .success
  }
}

/// A policy set and the lock beside it.
private struct LockRun {
  let path: String
  let set: PolicySet
  let console: Console
  /// What differs from the lock, if there is one that can be compared with.
  private(set) var difference: Difference?
  /// Why there is none.
  private var problem: String
  private var report = ""

  init(
    _ path: String,
    _ set: PolicySet,
    _ arguments: Arguments,
    _ console: Console
  ) throws(Failure) {
    self.path = path
    self.set = set
    self.console = console
    problem = "there is no `\(path)`"
    guard let lock = try LockFile(at: path) else { return }
    switch lock.contents() {
    case .failure(let unreadable):
      let place = lock.sources.description(unreadable.span)
      problem = "`\(path)` is of no use: \(unreadable.reason), at \(place)"
    case .success(let locked):
      let found = try console.work("comparing") { () throws(Failure) in compare(locked, set) }
      var text = DifferenceText(found, on: console.terminal(arguments.color))
      report = text.text()
      difference = found
    }
  }

  /// Fails where access is not what the lock says.
  func check() throws(Failure) {
    let help = "`pol lock` writes it"
    guard let difference else { throw Failure(problem, help: help, status: .negative) }
    guard !difference.isEmpty || !difference.alteredBuiltIns.isEmpty else {
      return console.write("\(VisibleText.of(path)) says what the policies do\n")
    }
    console.write(report)
    throw Failure("`\(path)` is out of date", help: help, status: .negative)
  }

  func write(acceptingBuiltIns: Bool) throws(Failure) {
    console.write(report)
    if let difference, !difference.alteredBuiltIns.isEmpty, !acceptingBuiltIns {
      let names = difference.alteredBuiltIns.map {
        "`\(difference.joined.set.policies[$0.old].heading.name)`"
      }
      throw Failure(
        "built-in policies cannot be changed or removed: \(names.joined(separator: ", "))",
        help: "where it is meant, `--accept-built-ins` writes it down",
        status: .negative
      )
    }
    let bytes = try console.work("writing \(path)") { () throws(Failure) in
      var text = LockText(set)
      return format(SourceFile(path: path, text: text.text())).bytes
    }
    try files { () throws(FileError) in try FileContents.write(bytes, to: path) }
    let policies = Tally.count(set.policies.count, "policy", "policies")
    let assignments = Tally.count(set.assignments.count, "assignment")
    console.write("wrote \(VisibleText.of(path)): \(policies), \(assignments)\n")
  }
}
