import PolicyEngine
import PolicyModel
import PolicyReport

extension Command {
  static let explainCommand = Command(
    "explain",
    summary: "decide a request, and show the reasons",
    synopsis: RequestArguments.synopsis,
    details: """
      Shows each deciding rule in its source, how the principal comes by it, and what about it is \
      not known. Where no rule applies, shows the rules that came nearest, and what each of them \
      was missing.

      """ + "\n" + RequestArguments.explanation,
    options: Option.ofRequest + [.format],
    statuses: [
      (.success, "allowed"),
      (.negative, "denied"),
      (.unable, "bad usage, or an unreadable file"),
      (.unchecked, "the request is refused, or the policy set does not check"),
    ],
    examples: [
      Example(
        "pol explain --holding Observer device.delete",
        "what is missing to delete a device?"
      ),
      Example("pol explain policies --as user:ada --in acme user.list", "why may Ada list users?"),
    ]
  ) { (arguments, console) throws(Failure) in
    let asked = try RequestArguments(arguments)
    let decider = try Decider(at: asked.path, arguments, console)
    let document = try asked.document(in: decider.vocabulary)
    let isJSON = arguments.value(.format) == "json"
    let terminal = console.terminal(arguments.color)
    let request: RequestData
    do throws(RequestRefusal) {
      request = try document.resolved(in: decider.vocabulary)
    } catch {
      let answer = decider.refusal(error)
      if isJSON {
        console.write(JSONWriter.document(answer.json(id: nil)))
      } else {
        let terminal = console.terminal(arguments.color, for: .error)
        console.write(answer.text(on: terminal), to: .error)
      }
      return answer.status
    }
    let answer = decider.answer(request)
    let explanation = decider.explanation(of: request, for: document.action)
    if isJSON {
      console.write(JSONWriter.document(explanation.json(answer)))
    } else {
      remarkOnGroups(document, decider, console)
      console.write(explanation.text(on: terminal))
    }
    return answer.status
  }
}
