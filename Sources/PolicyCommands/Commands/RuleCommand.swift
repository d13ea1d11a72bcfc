import PolicyReport
import PolicySource

extension Command {
  private static let list = Option("list", "list every code with its one-line summary")

  static let ruleCommand = Command(
    "rule",
    summary: "explain the code of a diagnostic",
    synopsis: "CODE | --list",
    details: """
      Prints what the code means, why it is reported, and a bad and a good example. Works offline.
      """,
    options: [list],
    statuses: [(.success, "printed"), (.unable, "there is no such code")],
    examples: [
      Example("pol rule unknown-action", "explain `error[unknown-action]`"),
      Example("pol rule --list", "list all codes"),
    ]
  ) { (arguments, console) throws(Failure) in
    let terminal = console.terminal(arguments.color)
    if arguments.has(list) {
      try arguments.none()
      console.write(PageText.list(allPages, on: terminal))
      return .success
    }
    guard let code = try arguments.atMostOne("code") else {
      throw Failure("a code is needed", help: "`pol rule --list` lists all codes")
    }
    guard let page = allPages.first(where: { $0.code.rawValue == code }) else {
      let near = Suggestion.nearest(to: code, among: allPages.map(\.code.rawValue))
      throw Failure(
        "there is no code `\(code)`",
        help: Suggestion.question(near) ?? "`pol rule --list` lists all codes"
      )
    }
    console.write(PageText.text(page, on: terminal))
    return .success
  }
}
