import Foundation
import PolicyCommands
import PolicyReport
import PolicyTestSupport
import Testing

/// `pol blame`, on histories made for it.
@Suite(.enabled(if: Repository.isPossible, "there is no git"))
struct BlameCommandTests {
  private static let catalogue = """
    catalogue portal {
      context { mfa: Bool }
      service device { read { list  get } write { update  delete } }
    }

    """

  /// What becomes of the policies, and what the commits say.
  private static let revisions = [
    ("name the actions", ""),
    ("let operators write", "role Operator { allow device.write }\n"),
    (
      "make Ada an operator",
      "role Operator { allow device.write }\nassign Operator to user \"ada\"\n"
    ),
    ("break it", "role Operator { allow device.wrong }\nassign Operator to user \"ada\"\n"),
    (
      "ask for a second factor",
      "role Operator { allow device.write }\nassign Operator to user \"ada\"\n"
        + "policy guard { deny device.delete unless context.mfa because \"Twice.\" }\n"
        + "assign guard to everyone\n"
    ),
    (
      "write it in another way",
      "let factor = context.mfa\n"
        + "policy guard { deny device.delete when not factor because \"Twice.\" }\n"
        + "role Operator { allow device.* except device.read }\n"
        + "assign guard to everyone\nassign Operator to user \"ada\"\n"
    ),
  ]

  private func session() throws -> (Session, Repository) {
    let session = try Session(["notes.txt": "before", "set/notes.txt": ""])
    let repository = try Repository(in: session.folder)
    for (message, text) in Self.revisions {
      try session.write(Self.catalogue + text, to: "set/a.pol")
      try repository.commit(message)
      try repository.commit("something else: \(message)")
    }
    return (session, repository)
  }

  /// The output without what differs from run to run: the names and days of commits.
  private func told(_ outcome: Session.Outcome) -> String {
    let commit = #/[0-9a-f]{7,40}/#
    return outcome.output.replacing(commit, with: "REV")
      .replacing(#/REV  \d{4}-\d\d-\d\d  /#, with: "REV ")
  }

  @Test func `it is told since when, by which rule, and what changed on the way`() throws {
    let (session, _) = try session()
    let outcome = session.pol("blame DIR/set user:ada device.delete")
    #expect(outcome.error == "")
    #expect(
      told(outcome) == """
        user "ada" can device.delete
          when context.mfa
        allowed since REV Tester: make Ada an operator

        REV Tester: ask for a second factor
          was  always
          now  when context.mfa
          by   `Operator#1` (REV:set/a.pol:5) allows it
               `Operator` is assigned to `user "ada"` (REV:set/a.pol:6)
          by   `guard#1` (REV:set/a.pol:7) denies it
               because: Twice.
               `guard` is assigned to everyone (REV:set/a.pol:8)
               what is not known counts for a deny

        REV Tester: make Ada an operator
          was  never
          now  always
          by   `Operator#1` (REV:set/a.pol:5) allows it
               `Operator` is assigned to `user "ada"` (REV:set/a.pol:6)

        5 revisions asked; 1 of them could not be:
          REV: the policies do not check: REV:set/a.pol:5:30: service `device` has no action `wrong`

        """
    )
    #expect(outcome.status == .success)
  }

  @Test func `what is not committed comes first, and names need not have been there`() throws {
    let (session, repository) = try session()
    let text = try String(contentsOfFile: session.folder + "/set/a.pol", encoding: .utf8)
    try session.write(
      text.replacing("assign Operator to user \"ada\"", with: "").replacing("Operator", with: "Op"),
      to: "set/a.pol"
    )
    let denied = session.pol("blame DIR/set user:ada device.delete")
    #expect(
      told(denied).hasPrefix(
        """
        user "ada" cannot device.delete
          never
        never allowed since not committed yet

        not committed yet
          was  when context.mfa
          now  never
          by   `Operator#1` (REV:set/a.pol:7) allowed it
        """
      )
    )
    #expect(denied.status == .negative)
    let renamed = session.pol("blame DIR/set Op device.update")
    #expect(told(renamed).contains("was  never: there is no policy `Op`\n  now  always\n"))
    let before = session.pol("blame DIR/set user:ada device.delete --from HEAD --format json")
    #expect(before.status == .success)
    let schema = try SchemaValidator(grammar: "blame.schema.json")
    for line in [
      "blame DIR/set user:ada device.delete --from HEAD", "blame DIR/set user:ada device.delete",
      "blame DIR/set Op device.update --all",
    ] {
      let output = session.pol(line + " --format json").output
      #expect(schema.problems(with: try JSONParser.parse(Array(output.utf8))) == [])
    }
    try repository.commit("now")
    #expect(!session.pol("blame DIR/set user:ada device.delete").output.contains("not committed"))
  }

  @Test func `policies that were moved are followed`() throws {
    let (session, repository) = try session()
    let before = told(session.pol("blame DIR/set user:ada device.delete --all"))
    try repository.git("mv", "set", "policies")
    try repository.commit("move them")
    // The directory is there, and has no policies.
    try session.write("", to: "deep/set/notes.txt")
    try repository.commit("make a place")
    try repository.git("mv", "policies/a.pol", "deep/set/a.pol")
    try repository.commit("move them again")
    let after = told(session.pol("blame DIR/deep/set user:ada device.delete --all"))
    let count = { (text: String) in
      text.replacing("7 revisions asked", with: "9 revisions asked")
    }
    #expect(after == count(before))
    try repository.git("mv", "deep/set/a.pol", "deep/set/b.pol")
    try repository.commit("rename the file")
    let file = told(session.pol("blame DIR/deep/set/b.pol user:ada device.delete"))
    #expect(file.contains("allowed since REV Tester: make Ada an operator\n"))
  }

  @Test func `a whole history ends where there were no policies`() throws {
    let (session, _) = try session()
    let whole = session.pol("blame DIR/set Operator device.update --all")
    #expect(told(whole).contains("was  never: there is no policy `Operator`\n  now  always\n"))
    let first = session.pol("blame DIR/set user:eve device.list --all")
    #expect(first.output.contains("never allowed for as long as there are policies here"))
    #expect(first.output.contains("7 revisions asked; 1 of them could not be:"))
  }

  @Test(
    arguments: [
      ("blame DIR/set user:ada", PolicyCommands.ExitStatus.unable, "an action are needed"),
      ("blame DIR/set user:ada device.delte", .unchecked, "did you mean `device.delete`?"),
      ("blame DIR/set Operater device.delete", .unchecked, "did you mean `Operator`?"),
      ("blame DIR/set user:ada device.delete --from nowhere", .unable, "no such commit"),
      ("blame DIR/set user:ada device.delete --from HEAD~50", .unable, "no such commit"),
      ("blame DIR/set user:ada device.delete x", .unable, "one argument too many"),
      ("blame /usr user:ada device.delete", .unable, "there is no git repository"),
    ]
  )
  func `what cannot be asked is said`(
    line: String,
    status: PolicyCommands.ExitStatus,
    words: String
  ) throws {
    let (session, _) = try session()
    let outcome = session.pol(line)
    #expect(outcome.status == status)
    #expect(outcome.error.contains(words))
    #expect(outcome.output == "")
  }
}
