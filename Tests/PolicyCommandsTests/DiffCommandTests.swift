import Foundation
import PolicyCommands
import PolicyReport
import Testing

/// What `pol diff` says, and how it ends.
@Suite struct DiffCommandTests {
  private static let old = """
    catalogue portal {
      context { mfa: Bool }
      service device { read { list  get } write { update  delete } }
      service user { list }
    }
    role Observer { allow *.read }
    role Operator includes Observer { allow device.write when context.mfa }
    role Administrator { allow * }
    policy guardrails { deny device.delete unless context.mfa }
    assign guardrails to everyone
    assign Operator to user "ada"

    """

  private func session(_ change: (String) -> String) throws -> Session {
    try Session(["old/a.pol": Self.old, "new/a.pol": change(Self.old)])
  }

  @Test func `equal sets are equal, however they are written`() throws {
    let session = try session { text in
      let lines = text.replacing("allow *.read", with: "allow device.get, device.list")
        .replacing("context.mfa }", with: "second-factor }")
        .replacing("Observer", with: "`Looker`")
        .split(separator: "\n")
      return
        (["let second-factor = context.mfa"] + lines.reversed().filter { $0.hasPrefix("assign") }
        + lines.filter { !$0.hasPrefix("assign") }).joined(separator: "\n")
    }
    let outcome = session.pol("diff DIR/old DIR/new")
    #expect(outcome.error == "")
    #expect(outcome.output == "renamed: `Observer` is now `Looker`\n\nno access differs\n")
    #expect(outcome.status == .success)
  }

  @Test func `what is not shown may differ`() throws {
    func text(_ least: Int) -> String {
      """
      catalogue portal { service device { resource { level: Int  limit: Int } update } }
      policy a {
        allow device.update when resource.level < resource.limit
          and resource.limit < 3 and resource.level > \(least)
      }
      assign a to everyone
      """
    }
    let session = try Session(["old/a.pol": text(5), "new/a.pol": text(4)])
    let outcome = session.pol("diff DIR/old DIR/new")
    #expect(
      outcome.output == """
        not shown: policy `a` may be widened
          actions  *
          note     no request was found that shows it, and no proof that there is none

        access may differ: 1 not shown

        """
    )
    #expect(outcome.status == .negative)
    #expect(session.pol("diff DIR/old DIR/new --fail-on narrowed").status == .success)
  }

  @Test func `a widening is shown with its rules and a request`() throws {
    let session = try session { text in
      text.replacing("device.write when context.mfa", with: "device.write")
    }
    let outcome = session.pol("diff DIR/old DIR/new")
    #expect(
      outcome.output == """
        widened: policy `Operator`
          actions  device.update
          rule -   allow device.write when context.mfa  (DIR/old/a.pol:7:35)
          rule +   allow device.write  (DIR/new/a.pol:7:35)
          request  device.update as someone who holds `Operator`
          before   denied: no rule allows it
          after    allowed by `Operator#1` (DIR/new/a.pol:7:35)

        without effect: policy `Operator`
          actions  device.delete
          note     its rules differ, and no request is decided otherwise

        access differs: 1 widened

        """
    )
    #expect(outcome.status == .negative)
    #expect(session.pol("diff DIR/old DIR/new --fail-on narrowed").status == .success)
    #expect(session.pol("diff DIR/old DIR/new --fail-on widened").status == .negative)
    #expect(session.pol("diff DIR/new DIR/old --fail-on widened").status == .success)
  }

  @Test func `what a pattern matches more is told apart`() throws {
    let session = try session {
      $0.replacing("service user { list }", with: "service user { list  purge }")
    }
    let outcome = session.pol("diff DIR/old DIR/new")
    #expect(
      outcome.output == """
        catalogue grew: `allow *` of `Administrator` now also grants user.purge
          note     the rule is as it was: only what it matches is more
          request  user.purge as someone who holds `Administrator`
          before   there is no such action
          after    allowed by `Administrator#1` (DIR/new/a.pol:8:22)

        access differs: 1 by a grown catalogue

        """
    )
    #expect(session.pol("diff DIR/old DIR/new --fail-on widened").status == .negative)
  }

  @Test func `what assignments give is told of principals`() throws {
    let session = try session {
      $0 + "ou acme { plant }\nassign Observer to user \"bob\", user \"eve\" in acme/plant\n"
    }
    let outcome = session.pol("diff DIR/old DIR/new")
    #expect(
      outcome.output == """
        widened: user "bob", user "eve"
          actions  2: device.read
          request  device.list as user "bob", in acme/plant
          before   denied: no rule allows it
          after    allowed by `Observer#1` (DIR/new/a.pol:6:17), assigned at DIR/new/a.pol:13:1

        access differs: 1 widened

        """
    )
  }

  @Test func `JSON and Markdown say the same`() throws {
    let session = try session { text in
      text.replacing("device.write when context.mfa", with: "device.write")
    }
    let json = session.pol("diff DIR/old DIR/new --format json")
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    )
    #expect(document["schema"] as? Int == DifferenceJSON.schema)
    #expect(document["equal"] as? Bool == false)
    #expect(document["widened"] as? Bool == true)
    #expect(document["narrowed"] as? Bool == false)
    let change = try #require((document["changes"] as? [[String: Any]])?.first)
    #expect(change["kind"] as? String == "widened")
    #expect(change["actions"] as? [String] == ["device.update"])
    #expect(json.status == .negative)
    let markdown = session.pol("diff DIR/old DIR/new --format markdown")
    #expect(markdown.output.hasPrefix("### Access differs: 1 widened\n\n| access | of | actions |"))
    #expect(markdown.output.contains("| **widened** | policy `Operator` | `device.update` |"))
    #expect(markdown.output.contains("```diff\n- allow device.write when context.mfa  // DIR"))
  }

  @Test func `what cannot be compared is said`() throws {
    let session = try session { $0 + "role X { allow nothing.here }\n" }
    #expect(session.pol("diff DIR/old DIR/new").status == .unchecked)
    #expect(session.pol("diff DIR/old").status == .unable)
    #expect(session.pol("diff DIR/old DIR/new DIR/old").status == .unable)
    let compiled = session.pol("diff DIR/old DIR/none.polc")
    #expect(compiled.status == .unable)
    #expect(compiled.error.contains("none.polc"))
    let missing = session.pol("diff DIR/old DIR/none")
    #expect(missing.status == .unable)
    #expect(missing.error.contains("there is no file or directory `DIR/none`"))
    let revision = session.pol("diff no-such-revision:policies DIR/old")
    #expect(revision.status == .unable)
    #expect(revision.error.contains("no-such-revision"))
  }

  @Test func `compiled sets are compared by their tables`() throws {
    let session = try session { text in
      text.replacing("allow *.read", with: "allow *.read, user.list, device.update")
        .replacing("assign Operator", with: "assign Administrator")
    }
    #expect(session.pol("compile DIR/old -o DIR/old.polc").status == .success)
    #expect(session.pol("compile DIR/new -o DIR/new.polc").status == .success)
    for (old, new) in [("old.polc", "new.polc"), ("old", "new.polc"), ("old.polc", "new")] {
      let outcome = session.pol("diff DIR/\(old) DIR/\(new)")
      #expect(
        outcome.output == """
          widened: policy `Observer`
            actions  2: device.update, user.list
            before   neither allowed nor denied
            after    allowed, whatever the request says

          widened: policy `Operator`
            actions  device.update
            before   allowed on conditions
            after    allowed, whatever the request says

          widened: policy `Operator`
            actions  user.list
            before   neither allowed nor denied
            after    allowed, whatever the request says

          answers of policies about actions differ: 4 widened; assignments, groups and units are \
          not compared in compiled sets

          """
      )
      #expect(outcome.status == .negative)
    }
    #expect(session.pol("diff DIR/new.polc DIR/old --fail-on widened").status == .success)
    let same = session.pol("diff DIR/old.polc DIR/old.polc")
    #expect(same.output == "no access differs: both compile to the same tables\n")
    #expect(same.status == .success)
    let json = session.pol("diff DIR/old.polc DIR/old --format json")
    #expect(json.status == .unable)
    try session.write("no tables", to: "bad.polc")
    #expect(session.pol("diff DIR/bad.polc DIR/old").status == .unable)
  }

  @Test func `conditions of compiled sets that may differ are not taken for equal`() throws {
    let session = try session { $0.replacing("when context.mfa }", with: "when not context.mfa }") }
    #expect(session.pol("compile DIR/new -o DIR/new.polc").status == .success)
    let outcome = session.pol("diff DIR/old DIR/new.polc")
    #expect(outcome.output.hasPrefix("not shown: policy `Operator`\n  actions  2: device.update"))
    #expect(outcome.status == .negative)
    #expect(session.pol("diff DIR/old DIR/new.polc --fail-on none").status == .success)
  }

  @Test(arguments: ["short", "sarif", "github", "gitlab", "junit"])
  func `what fails is an error in the formats of findings`(format: String) throws {
    let session = try session { text in
      text.replacing("device.write when context.mfa", with: "device.list")
    }
    let line = "diff DIR/old DIR/new --format \(format)"
    let fails = session.pol(line)
    #expect(fails.status == .negative)
    #expect(fails.output.contains("access-narrowed"))
    let passes = session.pol(line + " --fail-on widened")
    #expect(passes.status == .success)
    let words = [
      "short": "error[", "sarif": "\"level\": \"error\",\n          \"message\"",
      "github": "::error ", "gitlab": "critical", "junit": "<failure",
    ]
    let word = try #require(words[format])
    #expect(fails.output.contains(word), "\(fails.output)")
    #expect(!passes.output.contains(word), "\(passes.output)")
    let equal = session.pol("diff DIR/old DIR/old --format \(format)")
    #expect(equal.status == .success)
    #expect(!equal.output.contains("access-"))
  }
}
