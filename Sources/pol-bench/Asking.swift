import PolicyBenchmark
import PolicyWorkspace

/// How long each command takes on a large policy set, beside reading and checking it, which all of them
/// do first.
///
/// Writes the set, the same with one rule more, and a log of requests into a directory; then runs the
/// `pol` beside this program, each command in turn, three times if it takes less than five seconds, and keeps the shortest.
func measureAsking(in directory: String, roles: Int, actions: Int, rules: Int, program: String) {
  let set = LargeSet(roles: roles, actions: actions, rules: rules)
  do throws(FileError) {
    try set.write(to: directory)
  } catch {
    print(error.message)
    System.exit(2)
  }
  let pol =
    program.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    .map { $0 + "/" }.joined() + "pol"
  print(
    """
    \(roles) roles x \(actions) actions, \(rules) rules, \(set.principals) principals, \
    \(set.units) units; the shortest of three runs
    """
  )
  var table = TextTable([
    "command", "s", "of the processor", "MB", "x reading and checking", "exit",
  ])
  var base: Double?
  for command in set.commands(in: directory) {
    var best: ProgramRun?
    for _ in 0..<3 {
      // What takes long is disturbed little, and is run once.
      if let best, best.seconds > 5 { break }
      guard let run = ProgramRun([pol] + command.arguments) else { break }
      if run.seconds < best?.seconds ?? .infinity { best = run }
    }
    guard let best else {
      print("cannot run `\(pol)`: build it with `swift build -c release`")
      System.exit(2)
    }
    base = base ?? best.seconds
    table.add([
      command.words, decimals(best.seconds, 2), decimals(best.end.processorSeconds, 2),
      "\(best.end.megabytes)", decimals(best.seconds / (base ?? 1), 2), "\(best.end.status)",
    ])
  }
  print(table.text)
}
