import PolicyCommands
import PolicyReport
import Testing

/// `pol matrix`, in all its formats.
@Suite struct MatrixCommandTests {
  private static let text = """
    catalogue portal {
      context { mfa: Bool }
      service device {
        read { list "List, all"  get }
        write { @sensitive delete }
      }
      service user { list }
    }
    role Observer { allow *.read, user.list }
    policy `=strange|name` { deny device.delete unless context.mfa }
    group staff { user "ada" }
    ou acme
    assign Observer to group staff in acme
    assign `=strange|name` to everyone

    """

  private func session() throws -> Session { try Session(["set/a.pol": Self.text]) }

  @Test func `text has a line for an action, a column for a policy, and conditions below`() throws {
    let outcome = try session().pol("matrix DIR/set")
    #expect(outcome.status == .success, "\(outcome.error)")
    #expect(
      outcome.output == """
        ✓ allowed  ✗ denied  ◐ allowed on conditions  ⊖ denied on conditions  · nothing
        ! a sensitive action

                         Observer
                         │ =strange|name
        device.list      ✓ ·
        device.get       ✓ ·
        device.delete !  · ⊖
        user.list        ✓ ·

        =strange|name
          ⊖ device.delete
              deny when not context.mfa  DIR/set/a.pol:10:26

        """
    )
  }

  @Test func `principals and units have views of their own`() throws {
    let session = try session()
    let principals = session.pol("matrix DIR/set --by principal --service device").output
    #expect(principals.contains("everyone\n"))
    #expect(principals.contains("device.list      · · ◐ ◐\n"), "\(principals)")
    #expect(principals.contains("device.delete !  ⊖ ⊖ ⊖ ⊖\n"), "\(principals)")
    #expect(principals.contains("allow, assigned to group staff in acme"), "\(principals)")
    let units = session.pol("matrix DIR/set --by unit --only acme").output
    #expect(units.contains("  ✓ device.read, user.*\n      group staff, user ada\n"), "\(units)")
  }

  @Test func `Markdown and CSV carry names that mean something to them`() throws {
    let session = try session()
    let markdown = session.pol("matrix DIR/set --format markdown").output
    #expect(markdown.contains("| action | Observer | =strange\\|name |\n|---|:-:|:-:|\n"))
    #expect(markdown.contains("| device.delete **sensitive** | · | ⊖ |\n"))
    let csv = session.pol("matrix DIR/set --format csv").output
    #expect(csv.hasPrefix("service,action,title,sensitive,Observer,'=strange|name\r\n"))
    #expect(csv.contains("device,list,\"List, all\",,allow,\r\n"))
    #expect(csv.contains("device,delete,,yes,,deny when not context.mfa\r\n"))
  }

  @Test func `what differs from another set is marked`() throws {
    let session = try session()
    try session.write(
      Self.text.replacing("allow *.read, user.list", with: "allow *.read"),
      to: "old/a.pol"
    )
    let outcome = session.pol("matrix DIR/set --against DIR/old")
    #expect(outcome.status == .success, "\(outcome.error)")
    #expect(outcome.output.contains("user.list        ✓+ ·\n"), "\(outcome.output)")
    #expect(outcome.output.contains("was: nothing"))
    let csv = session.pol("matrix DIR/old --against DIR/set --format csv").output
    #expect(csv.contains("user,list,,,nothing [narrowed; was allow],\r\n"), "\(csv)")
  }

  @Test func `what is asked for has to be there`() throws {
    let session = try session()
    let wrong = session.pol("matrix DIR/set --service devise")
    #expect(wrong.status == .unable)
    #expect(wrong.error.contains("there is no service `devise`"))
    #expect(wrong.error.contains("`device`"))
    #expect(session.pol("matrix DIR/set --by unit --only acne").status == .unable)
    #expect(session.pol("matrix DIR/none").status == .unable)
    try session.write("policy P { allow nothing.here }", to: "bad/a.pol")
    #expect(session.pol("matrix DIR/bad").status == .unchecked)
  }

  @Test func `a file is written whole, and said how large it is`() throws {
    let session = try session()
    let outcome = session.pol("matrix DIR/set --format csv -o DIR/m.csv")
    #expect(outcome.output.hasPrefix("wrote DIR/m.csv: 2 rows, 4 actions, "))
    #expect(try session.text(of: "m.csv").hasPrefix("service,action"))
  }
}
