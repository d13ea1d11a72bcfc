import PolicyCommands
import Testing

/// `pol eval`.
@Suite struct EvalCommandTests {
  private static let set = """
    catalogue portal {
      principal { level: Int  teams: Set<String> }
      context { mfa: Bool  ip: IP  time: Time }
      service device {
        resource { owner: Principal  region: "eu" | "us"  trees: Set<Path> }
        list get update delete
      }
      service user { list }
    }
    role Observer { allow *.list, device.get }
    policy own { allow device.update when resource.owner == principal }
    policy farm { allow device.delete when resource.trees under "wind/farm-7" and context.mfa }
    policy guard { @id("freeze") deny device.* when principal.level < 3 because "Not yet." }
    policy by-id { allow device.get when resource == "d-1" }
    policy teams { allow user.list when principal.teams contains "a, b" }
    ou acme { plant-1 plant-2 }
    group crew
    assign own to everyone
    assign farm to group crew in acme/plant-1
    assign guard to user "ben"
    assign by-id to anonymous
    assign teams to user "tea"

    """

  private func eval(_ arguments: [String], input: String = "") throws -> Session.Outcome {
    try Session(["a.pol": Self.set]).pol(["eval", "DIR"] + arguments, input: input)
  }

  private func eval(_ line: String) throws -> Session.Outcome {
    try eval(line.split(separator: " ").map(String.init))
  }

  @Test(arguments: [
    ("allow s.a", "s.a", ""),
    ("allow s.a when principal is user", "s.a", "a service account and the anonymous are"),
    ("allow s.a  deny s.a when principal is anonymous", "s.a", "the anonymous is"),
    ("allow s.a  deny s.a when principal is service-account", "s.a", "a service account is"),
    (
      "allow s.a  deny s.a when principal is service-account", "--holding P s.a",
      "a service account is"
    ),
    ("allow s.a  deny s.a when principal is anonymous", "--holding P s.a", ""),
  ])
  func `what only users may do is not told of those who are not`(
    rules: String,
    request: String,
    denied: String
  ) throws {
    let set = "catalogue c { service s { a } } policy P { \(rules) } assign P to everyone"
    for command in ["eval", "explain"] {
      let words = request.split(separator: " ").map(String.init)
      let outcome = try Session(["a.pol": set]).pol([command, "DIR"] + words)
      #expect(outcome.status == (denied.isEmpty ? .success : .unchecked))
      let error =
        "error: it is not said who asks: a user is allowed, \(denied) not; say it, as with "
      #expect(outcome.error == (denied.isEmpty ? "" : error + "`--as user`\n"))
      let said = try Session(["a.pol": set]).pol([command, "DIR", "--as", "user"] + words)
      #expect(said.status == .success)
    }
  }

  @Test(arguments: ["--group crew", "--holding Observer"])
  func `the anonymous with policies or groups is refused, as in a stream`(option: String) throws {
    let outcome = try eval("--as anonymous \(option) device.list")
    #expect(outcome.status == .unchecked && outcome.error.contains("an anonymous principal has no"))
  }

  @Test(arguments: [
    ("4.0", "a number that is no 64-bit integer"), ("1e3", "a number that is no 64-bit integer"),
    ("99999999999999999999", "a number that is no 64-bit integer"), ("four", "a text"),
  ])
  func `a number that is no integer is told as one`(text: String, form: String) throws {
    let outcome = try eval("device.list principal.level=\(text)")
    #expect(outcome.status == .unchecked)
    #expect(outcome.error.contains("`principal.level` has type Int, and the value is \(form)"))
  }

  @Test(arguments: [
    "device.list resource.bad=1", "device.list resource.x=1", "device.list context.q=1",
    "device.list principal.lists=1", "user.get", "device.destroy",
  ])
  func `what is far from every name is not guessed at`(line: String) throws {
    let outcome = try eval(line)
    #expect(outcome.status == .unchecked, "\(outcome.output)")
    #expect(!(outcome.output + outcome.error).contains("did you mean"), "\(outcome.error)")
  }

  @Test(arguments: [
    ("device.list resource.ownr=x", "`resource.owner`"), ("devise.list", "`device.list`"),
    ("device.list context.IP=x", "`context.ip`"), ("device.udpate", "`device.update`"),
    ("list", "`device.list` or `user.list`"), ("update", "`device.update`"),
  ])
  func `what is near to a name, part by part, is`(line: String, meant: String) throws {
    let outcome = try eval(line)
    #expect(outcome.status == .unchecked)
    #expect((outcome.output + outcome.error).contains("did you mean \(meant)?"), "\(outcome.error)")
  }

  @Test(arguments: [
    ("--as user:eve --holding Observer device.list", true),
    ("--as user:eve --holding Observer device.update", false),
    ("--as user:eve device.update resource.owner=user:eve", true),
    ("--as user:eve device.update resource.owner=user:bob", false),
    ("--as user:eve device.update", false),
    ("--as service-account:eve device.update resource.owner=user:eve", false),
    ("--as user:eve --holding Observer@acme --in acme/plant-1 device.get", true),
    ("--as user:eve --holding Observer@acme/plant-2 --in acme/plant-1 device.get", false),
    ("--as user:eve --holding Observer@acme --in outside device.get", false),
    ("--as user:eve --holding Observer@acme device.get", false),
    (
      "--as user:eve --group crew --in acme/plant-1 device.delete resource.trees=x,wind/farm-7/t context.mfa=true",
      true
    ),
    (
      #"--as user:eve --group crew --in acme/plant-1 device.delete resource.trees=["wind/farm-7"] context.mfa=true"#,
      true
    ),
    (
      "--as user:eve --group crew --in acme/plant-1 device.delete resource.trees= context.mfa=true",
      false
    ),
    (
      "--as user:eve --no-groups --in acme/plant-1 device.delete resource.trees=wind/farm-7 context.mfa=true",
      false
    ),
    ("--as anonymous device.get resource=d-1", true),
    ("--as anonymous device.get resource=d-2", false),
    ("--as user:ben --holding Observer device.list principal.level=3", true),
    ("--as user:ben --holding Observer device.list principal.level=-2", false),
    ("--as user:ben --holding Observer device.list", false),
  ])
  func `a request decides`(line: String, isAllowed: Bool) throws {
    let outcome = try eval(line)
    #expect(outcome.error.isEmpty)
    #expect(outcome.status == (isAllowed ? .success : .negative))
    #expect(outcome.output.hasPrefix(isAllowed ? "allow\n" : "deny: "), "\(outcome.output)")
  }

  @Test func `the answer says why`() throws {
    #expect(
      try eval("--as user:eve --holding Observer device.list").output
        == "allow\n  by `Observer#1` (DIR/a.pol:10)\n"
    )
    #expect(
      try eval("--as user:ben device.list").output
        == "deny: Not yet.\n  by `freeze` of `guard` (DIR/a.pol:13)\n"
    )
    #expect(try eval("--as user:eve device.delete").output == "deny: no policy allows it\n")
    #expect(
      try eval("--as user:ben device.list --format json").output == """
        {"decision": false, "effect": "deny", "by": "rule", "reasons": [{"policy": "guard", \
        "rule": "freeze", "file": "DIR/a.pol", "line": 13, "because": "Not yet."}]}

        """
    )
  }

  @Test func `a JSON array holds what commas cannot`() throws {
    let arguments = ["--as", "user:tea", "user.list"]
    #expect(try eval(arguments + [#"principal.teams=["a, b"]"#]).status == .success)
    #expect(try eval(arguments + ["principal.teams=a, b"]).status == .negative)
  }

  @Test func `a request is refused by name, everything at once`() throws {
    let outcome = try eval(
      "--holding Observr --in acme/plant-3 device.lst context.mfa=yes context.ipp=1 principal.level=x"
    )
    #expect(outcome.status == .unchecked)
    #expect(outcome.output.isEmpty)
    #expect(
      outcome.error == """
        error: there is no policy `Observr`; did you mean `Observer`?
        error: the catalogue has no action `device.lst`; did you mean `device.list`?
        error: there is no unit `acme/plant-3`; did you mean `acme/plant-1` or `acme/plant-2`?
        error: attribute `principal.level` has type Int, and the value is a text
        error: attribute `context.mfa` has type Bool, and the value is a text
        error: the catalogue declares no attribute `context.ipp`; did you mean `context.ip`?

        """
    )
    let json = try eval("device.lst --format json")
    #expect(json.status == .unchecked)
    #expect(json.output.contains(#""by": "error", "error": "the catalogue has no action"#))
  }

  @Test(arguments: [
    ("", "an action is needed, such as `device.delete`"),
    (
      "device.list user.list",
      "`user.list` is one argument too many: one action is decided at a time"
    ),
    ("--as ada device.list", "`ada` is no principal"),
    ("--as user: device.list", "`user:` has no id"),
    ("device.list mfa=true", "`mfa` is no attribute"),
    (
      "device.list resource.trees=[1",
      "`[1` is no JSON array: the text ends where `,` or `]` is expected"
    ),
    ("--group crew --no-groups device.list", "`--group` and `--no-groups` contradict each other"),
    (
      "--requests - device.list",
      "`device.list` is one argument too many: the requests of the file say their own"
    ),
    (
      "--requests - --as user:x", "`--as` has no place beside `--requests`, which say it themselves"
    ),
    ("--requests DIR/none.jsonl", "there is no file or directory `DIR/none.jsonl`"),
    ("--requests -", "there are no requests in `-`"),
  ])
  func `bad usage`(line: String, message: String) throws {
    let outcome = try eval(line)
    #expect(outcome.status == .unable)
    #expect(outcome.error.hasPrefix("error: \(message)\n"), "\(outcome.error)")
    #expect(outcome.output.isEmpty)
  }

  @Test func `a path that leads nowhere is told as such`() throws {
    let outcome = try Session().pol("eval DIR/nowhere device.list")
    #expect(outcome.status == .unable)
    #expect(outcome.error.hasPrefix("error: there is no file or directory `DIR/nowhere`\n"))
  }

  @Test func `a group that is not open is a slip`() throws {
    let outcome = try eval("--as user:eve --group crow device.delete")
    #expect(outcome.status == .negative)
    #expect(outcome.error == "note: there is no open group `crow`\n")
  }

  @Test func `a set that does not check decides nothing`() throws {
    let session = try Session(["a.pol": "role R { allow nothing.here }\n"])
    let outcome = session.pol("eval DIR --holding R nothing.here")
    #expect(outcome.status == .unchecked)
    #expect(outcome.output.isEmpty)
    #expect(outcome.error.hasPrefix("error[unknown-service]: "))
    #expect(outcome.error.hasSuffix("error: the policy set does not check: 1 error in 1 file\n"))
  }

  @Test func `a stream is answered line by line`() throws {
    let stream = """
      {"id": "1", "subject": {"type": "user", "id": "e", "policies": ["Observer"]}, "action": {"name": "device.list"}}

      {"id": "2", "subject": {"type": "user", "id": "e"}, "action": {"name": "device.delete"}}
      """
    let answers = try eval(["--requests", "-"], input: stream)
    #expect(answers.status == .success)
    #expect(
      answers.output == """
        {"id": "1", "decision": true, "effect": "allow", "by": "rule", "reasons": [{"policy": \
        "Observer", "rule": "Observer#1", "file": "DIR/a.pol", "line": 10, "because": null}]}
        {"id": "2", "decision": false, "effect": "deny", "by": "default", "reasons": []}

        """
    )
    let refused =
      "\n{]\n" + #"{"id": "3", "subject": {"type": "use"}, "action": {"name": "user.list"}}"#
    let mixed = try eval(["--requests", "-"], input: refused + "\r\n" + stream)
    #expect(mixed.status == .unchecked)
    let lines = mixed.output.split(separator: "\n").map(String.init)
    #expect(lines.count == 4)
    #expect(lines[0].contains(#""by": "error", "error": "the line is not JSON: "#))
    #expect(lines[0].hasSuffix(#""line": 2}"#))
    #expect(lines[1].hasPrefix(#"{"id": "3", "decision": false, "effect": "deny", "by": "error""#))
    #expect(lines[1].contains("none of `user`") && lines[1].hasSuffix(#""line": 3}"#))
    #expect(lines[2...].joined(separator: "\n") + "\n" == answers.output)
    let text = try eval(["--requests=-", "--format=text"], input: "{}\n" + stream)
    #expect(
      text.output == """
        line 1: error: `subject` is missing
        error: `action` is missing
        1: allow
          by `Observer#1` (DIR/a.pol:10)
        2: deny: no policy allows it

        """
    )
  }
}
