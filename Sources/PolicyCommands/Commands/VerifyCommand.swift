import PolicyAnalysis
import PolicyEngine
import PolicyModel
import PolicyReport
import PolicySource
import PolicyWorkspace

extension Command {
  private static let requests = Option(
    "requests",
    .text("N"),
    "about how many requests are decided both ways; 200000 where not given"
  )
  private static let seed = Option("seed", .text("N"), "what random choices begin with; 1")

  static let verifyCommand = Command(
    "verify",
    summary: "compare compiled tables with the meaning of their sources",
    synopsis: "SET.polc [PATH…]",
    details: """
      Decides requests from the tables and by the interpreter, which reads every rule, and says \
      what was covered. Each policy alone, for each action, over every combination of what its \
      conditions can tell apart, and with the values at and around their constants; then every \
      principal with its groups in every unit, deciding rules included. What `--requests` does not \
      reach is drawn at random, and counted as such; the same seed draws the same.

      The first difference ends the comparison, and is shown with its request.
      """,
    options: [requests, seed, .format],
    statuses: [
      (.success, "no request was decided otherwise"),
      (.negative, "a request was, or the tables are of another policy set"),
      (.unable, "bad usage, an unreadable file, or nothing to compare"),
      (.unchecked, "the policy set does not check"),
    ],
    examples: [
      Example("pol verify policies.polc policies", "are these the tables of these sources?"),
      Example("pol verify portal.polc policies --requests 5000000", "look longer"),
    ]
  ) { (arguments, console) throws(Failure) in
    guard let path = arguments.positionals.first else {
      throw Failure("no compiled set is given")
    }
    let places = Array(arguments.positionals.dropFirst())
    let engine = try compiledEngine(at: path)
    var set = try checkedSet(at: places, arguments, console)
    if places.count <= 1 { set.sources = set.sources.below(places.first ?? ".") }
    guard !set.policies.isEmpty, !set.catalogue.actions.isEmpty else {
      throw Failure("there are no policies and actions to compare")
    }
    let options = VerificationOptions(
      budget: try arguments.number(requests, orElse: 200_000),
      seed: UInt64(try arguments.number(seed, orElse: 1))
    )
    let found = try console.work(
      "comparing \(Tally.count(set.policies.count, "policy", "policies"))"
    ) {
      () throws(Failure) in verify(engine, against: set, options)
    }
    let description = VerificationText(found, options, engine, in: set)
    if arguments.value(.format) == "json" {
      console.write(JSONWriter.document(description.json))
    } else {
      console.write(description.text)
    }
    return description.isSame ? .success : .negative
  }
}
