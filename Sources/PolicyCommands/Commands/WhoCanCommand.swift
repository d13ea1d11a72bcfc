import PolicyAnalysis
import PolicyEngine
import PolicyModel
import PolicyReport
import PolicyWorkspace

extension Command {
  private static let kind = Option(
    "kind",
    .choice(AccessKind.allCases.map(\.rawValue)),
    mayRepeat: true,
    "only subjects of this kind; all kinds without it"
  )
  private static let through = Option(
    "policy",
    .text("POLICY"),
    mayRepeat: true,
    "only those to whom this policy allows it"
  )
  private static let sort = Option(
    "sort",
    .choice(WhoCanReport.Order.allCases.map(\.rawValue)),
    "the order of the rows"
  )
  private static let everybody = Option("all", "show those too who can no more than everyone")

  static let whoCanCommand = Command(
    "who-can",
    summary: "say who can do an action, where, and on what condition",
    synopsis: "[DIR] ACTION [ATTRIBUTE=VALUE…]",
    details: """
      Lists everyone and the anonymous, the policies (someone who holds one, and what everyone is \
      given), the groups, and the users and service accounts that the set names, with exactly what \
      it gives them. Where everyone can, only those are listed who can more, or less.

      """ + "\n" + AccessArguments.explanation,
    options: [.unit, kind, through, sort, everybody, .accessFormat],
    statuses: [
      (.success, "somebody can"),
      (.negative, "nobody can"),
      (.unable, "bad usage, or an unreadable file"),
      (.unchecked, "a name or value is refused, or the policy set does not check"),
    ],
    examples: [
      Example("pol who-can policies device.delete", "who can delete devices, and when?"),
      Example(
        "pol who-can device.delete --in acme/plant-2 context.mfa=false --kind user --format csv",
        "which users can, in plant 2, without a second factor?"
      ),
    ]
  ) { (arguments, console) throws(Failure) in
    let asked = try AccessArguments(arguments, console)
    let (action, givens) = try asked.action()
    var policies: [PolicyIndex] = []
    for name in arguments.all(through) { policies.append(try asked.policy(name)) }
    let kinds = arguments.all(kind)
    let all = try console.work("asking") { () throws(Failure) in
      whoCan(action, given: givens, in: asked.set)
    }
    let rows = all.filter { row in
      (kinds.isEmpty || kinds.contains(row.subject.kind.rawValue))
        && (policies.isEmpty || row.policies.contains { policies.contains($0) })
    }
    let report = WhoCanReport(
      asked.set.catalogue.actions[action].path,
      rows,
      isFull: arguments.has(everybody) || !policies.isEmpty,
      by: arguments.value(sort).flatMap { WhoCanReport.Order(rawValue: $0) } ?? .kind,
      in: asked.set
    )
    switch arguments.value(.accessFormat) {
    case "csv": console.write(report.csv)
    case "json": console.write(JSONWriter.document(report.json))
    default: console.write(report.text(on: console.terminal(arguments.color)))
    }
    return report.isAnybody ? .success : .negative
  }
}
