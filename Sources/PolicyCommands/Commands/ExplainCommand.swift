import PolicyEngine
import PolicyModel
import PolicyReport

extension Command {
  private static let everyRule = Option("all", "show every rule that came near, not only five")

  static let explainCommand = Command(
    "explain",
    summary: "decide a request, and show the reasons",
    synopsis: RequestArguments.synopsis,
    details: """
      Shows each deciding rule in its source, how the principal comes by it, and what about it is \
      not known. Where nothing allows, shows the rules that came nearest, and what each of them \
      was missing.

      Of a deny, says the fewest changes to the request that would allow it: values, the place, a \
      group, a policy; up to three at once, each made and decided before it is shown. Of an allow, \
      says the fewest facts of the request that are enough whatever the rest is. A compiled file \
      gives the rules and what they were missing; changes and facts need the sources.

      """ + "\n" + RequestArguments.explanation,
    options: Option.ofRequest + [everyRule, .format],
    statuses: [
      (.success, "allowed"),
      (.negative, "denied"),
      (.unable, "bad usage, or an unreadable file"),
      (.unchecked, "the request is refused, or the policy set does not check"),
    ],
    examples: [
      Example(
        "pol explain --holding Observer device.delete",
        "why not, and what would it take?"
      ),
      Example(
        "pol explain policies --as user:ada --in acme user.list",
        "why may Ada list users, and on what does it rest?"
      ),
    ]
  ) { (arguments, console) throws(Failure) in
    let asked = try RequestArguments(arguments)
    let decider = try Decider(at: asked.path, arguments, console)
    let document = try asked.document(in: decider.vocabulary)
    let isJSON = arguments.value(.format) == "json"
    let terminal = console.terminal(arguments.color)
    let answer = decider.refusalOfUnsaidKind(document, asked) ?? decider.answer(document)
    guard let request = try? document.resolved(in: decider.vocabulary), answer.status != .unchecked
    else {
      if isJSON {
        console.write(JSONWriter.document(answer.json(id: nil)))
      } else {
        let terminal = console.terminal(arguments.color, for: .error)
        console.write(answer.text(on: terminal), to: .error)
      }
      return answer.status
    }
    let explanation = decider.explanation(of: request, for: document.action)
    if isJSON {
      console.write(JSONWriter.document(explanation.json(answer)))
    } else {
      remarkOnGroups(document, decider, console)
      let isFull = arguments.has(everyRule)
      console.write(explanation.text(on: terminal, isFull: isFull))
    }
    return answer.status
  }
}
