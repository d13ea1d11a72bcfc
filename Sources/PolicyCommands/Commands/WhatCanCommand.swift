import PolicyAnalysis
import PolicyEngine
import PolicyModel
import PolicyReport
import PolicyWorkspace

extension Command {
  private static let service = Option(
    "service",
    .text("SERVICE"),
    mayRepeat: true,
    "only the actions of this service"
  )
  private static let among = Option(
    "group",
    .text("GROUP"),
    mayRepeat: true,
    "a group that the subject is in besides"
  )

  static let whatCanCommand = Command(
    "what-can",
    summary: "say all that somebody can do, where, and on what condition",
    synopsis: "[DIR] SUBJECT [ATTRIBUTE=VALUE…]",
    details: """
      The subject is user:ID, service-account:ID, group:NAME, everyone, anonymous, or the name of a \
      policy (policy:NAME): someone who holds it, and what everyone is given. A user or service \
      account has exactly what the set gives, and what `--group` and `--holding` add.

      """ + "\n" + AccessArguments.explanation,
    options: [.holding, among, .unit, service, .accessFormat],
    statuses: [
      (.success, "there is something that it can do"),
      (.negative, "it can do nothing"),
      (.unable, "bad usage, or an unreadable file"),
      (.unchecked, "a name or value is refused, or the policy set does not check"),
    ],
    examples: [
      Example("pol what-can policies Observer", "what does this policy allow?"),
      Example(
        "pol what-can user:ada --group night-shift --in acme/plant-2 --service device",
        "what can Ada do with devices of plant 2, on a night shift?"
      ),
    ]
  ) { (arguments, console) throws(Failure) in
    let asked = try AccessArguments(arguments, console)
    let subject = try asked.subject(
      try asked.word("a subject, such as `user:ada` or the name of a policy,")
    )
    let givens = try asked.givens()
    var extras = AccessExtras()
    for text in arguments.all(.holding) { extras.held.append(try asked.holding(text)) }
    for name in arguments.all(among) { extras.groups.insert(try asked.group(name)) }
    if subject == .anonymous, !extras.held.isEmpty || !extras.groups.isEmpty {
      throw Failure("an anonymous principal holds nothing and is in no group")
    }
    let actions = try asked.actions(of: arguments.all(service))
    let found = try console.work("asking") { () throws(Failure) in
      whatCan(subject, extras, given: givens, within: actions, in: asked.set)
    }
    let report = WhatCanReport(subject, found, in: asked.set)
    switch arguments.value(.accessFormat) {
    case "csv": console.write(report.csv)
    case "json": console.write(JSONWriter.document(report.json))
    default: console.write(report.text(on: console.terminal(arguments.color)))
    }
    return found.isEmpty ? .negative : .success
  }
}
