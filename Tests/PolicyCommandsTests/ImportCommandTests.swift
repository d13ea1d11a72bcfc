import PolicyCommands
import Testing

/// `pol import`: files, the system they are of, and how it ends.
@Suite struct ImportCommandTests {
  private func session() throws -> Session {
    try Session([
      "policy.csv": "p, ada, door, open\n", "other.txt": "hello\n", "role.yaml": "kind: Role\n",
    ])
  }

  @Test func `what is imported checks, and goes where it is to`() throws {
    let session = try session()
    let shown = session.pol("import DIR/policy.csv")
    #expect(shown.status == .success, "\(shown.error)")
    #expect(shown.output.contains("\nassign ada to user \"ada\"\n"))
    #expect(shown.error.contains("note[import-left-out]"))
    try session.write("", to: "set/old.pol")
    let written = session.pol("import DIR/policy.csv -o DIR/set --report DIR/report.txt")
    #expect(written.status == .success)
    #expect(written.output.hasPrefix("wrote DIR/set/casbin.pol: "))
    #expect(session.pol("check DIR/set").status == .success)
    #expect(try session.text(of: "report.txt").contains("policy.csv:1:1: note[import-left-out] "))
    #expect(!(try session.text(of: "set/casbin.pol").contains("import-left-out")))
  }

  @Test func `a catalogue says what stars reach, and is not declared again`() throws {
    let session = try session()
    let statement = #"{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::a"}"#
    try session.write(#"{"Statement": \#(statement)}"#, to: "star.json")
    try session.write("# of a bucket\ns3.GetObject\n\ns3.PutObject  it writes\n", to: "actions.txt")
    try session.write(
      "catalogue storage {\n  resource { arn: String }\n  service s3 { GetObject ListBucket }\n}\n",
      to: "set/storage.pol"
    )
    let alone = session.pol("import DIR/star.json")
    #expect(alone.status == .negative)
    #expect(alone.output.contains("\npolicy star {}\n"))
    #expect(alone.error.hasSuffix("not all of it could be said: 1 warning in 1 file\n"))
    let listed = session.pol("import DIR/star.json --catalogue DIR/actions.txt")
    #expect(listed.status == .success, "\(listed.error)")
    #expect(listed.output.contains("    GetObject\n    PutObject\n"))
    let beside = session.pol("import DIR/star.json --catalogue DIR/set -o DIR/set")
    #expect(beside.status == .success, "\(beside.error)")
    #expect(!(try session.text(of: "set/aws.pol").contains("catalogue aws")))
    let decided = session.pol(
      "eval DIR/set --holding star s3.ListBucket resource.arn=arn:aws:s3:::a"
    )
    #expect(decided.status == .success, "\(decided.error)")
    try session.write(
      "catalogue x {\n  resource { arn: Int }\n  service s3 { GetObject }\n}\n",
      to: "x.pol"
    )
    let other = session.pol("import DIR/star.json --catalogue DIR/x.pol")
    #expect(other.status == .unchecked && other.error.contains("do not check"))
  }

  @Test func `what is written is found again`() throws {
    let session = try session()
    for name in ["new/policies", "other/", "one.pol"] {
      let written = session.pol("import DIR/policy.csv -o DIR/\(name)")
      #expect(written.status == .success, "\(written.error)")
    }
    #expect(session.pol("check DIR/new").status == .success)
    #expect(try session.text(of: "other/casbin.pol") == session.text(of: "one.pol"))
    #expect(session.pol("import DIR/policy.csv -o /dev/null").status == .success)
  }

  @Test func `a mark of UTF-8 before a file says nothing`() throws {
    let session = try session()
    let role = """
      {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole",
       "metadata": {"name": "r"}, "rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}]}
      """
    let texts = [
      "b.csv": "p, ada, door, open\n", "b.json": role,
      "b.yaml":
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\n",
      "m.conf": """
      [request_definition]
      r = sub, obj, act
      [policy_definition]
      p = sub, obj, act
      [policy_effect]
      e = some(where (p.eft == allow))
      [matchers]
      m = r.sub == p.sub && r.obj == p.obj && r.act == p.act
      """,
    ]
    for (name, text) in texts { try session.write("\u{FEFF}" + text, to: name) }
    for line in ["b.json", "b.yaml", "b.csv", "m.conf DIR/b.csv", "m.conf DIR/b.csv --from casbin"]
    {
      let outcome = session.pol("import DIR/\(line)")
      #expect(outcome.status == .success, "\(line): \(outcome.error)")
    }
    #expect(session.pol("import -", input: "\u{FEFF}p, ada, door, open\n").status == .success)
  }

  @Test func `standard input is a file`() throws {
    let outcome = try Session().pol("import -", input: "p, ada, door, open\n")
    #expect(outcome.status == .success)
    #expect(outcome.output.hasPrefix("// Imported from Casbin: standard input\n"))
  }

  @Test(
    arguments: [
      ("import", PolicyCommands.ExitStatus.unable, "a file is needed"),
      ("import DIR/nowhere.csv", .unable, "nowhere.csv"),
      ("import DIR/other.txt", .unchecked, "`DIR/other.txt` does not look like policies of"),
      ("import DIR/policy.csv DIR/other.txt", .unchecked, "`DIR/other.txt` does not look like"),
      (
        "import DIR/policy.csv DIR/role.yaml", .unable,
        "`DIR/policy.csv` is of Casbin, and `DIR/role.yaml` of Kubernetes RBAC"
      ),
      ("import DIR/policy.csv -o DIR/other.txt", .unable, "is no name for policy text"),
      ("import DIR/policy.csv -o DIR/new.txt", .unable, "is no name for policy text"),
      ("import DIR/policy.csv --from casbn", .unable, "did you mean `casbin`?"),
      ("import DIR/policy.csv --catalogue DIR", .unable, "says nothing about policies of Casbin"),
      ("import DIR/policy.csv --namespace shop", .unable, "`--namespace` says nothing"),
      ("import DIR/other.txt --from casbin", .unchecked, "nothing was imported"),
    ]
  )
  func `what cannot be done is said`(
    line: String,
    status: PolicyCommands.ExitStatus,
    words: String
  ) throws {
    let outcome = try session().pol(line)
    #expect(outcome.status == status)
    #expect(outcome.error.contains(words), "\(outcome.error)")
    #expect(outcome.output.isEmpty)
  }
}
