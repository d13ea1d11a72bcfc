import PolicyEngine
import PolicyHosting
import PolicyTestSupport
import Testing

/// What an exchange changes, and whether that may widen access.
@Suite struct ChangesTests {
  private static let grounds = """
    catalogue portal {
      principal { team: String }
      context { mfa: Bool  trusted: Bool  level: Int  ip: IP  time: Time }
      resource { label: String  home: Path  tags: Set<String>  owner: Principal }
      service device { list  get  delete }
    }
    ou acme { plant { line } }
    group staff { user "ada"  user "eve" }
    group open
    policy Viewer { allow device.list  allow device.get when context.mfa }
    policy Guard { deny device.delete unless context.mfa }

    """

  /// The changes from one text to another, both behind the same grounds.
  private func changes(
    _ before: String,
    _ after: String,
    _ replacing: (String, String)? = nil
  ) throws -> PolicyChanges {
    let grounds = replacing.map { Self.grounds.replacing($0.0, with: $0.1) } ?? Self.grounds
    return try engine(grounds + after).changes(since: engine(Self.grounds + before))
  }

  @Test(
    arguments: [
      ("", "assign Viewer to everyone", "`Viewer` assigned to `everyone`"),
      ("", "assign Viewer to user \"x\"", "`Viewer` assigned to `user \"x\"`"),
      ("assign Guard to everyone", "", "`Guard` assigned to `everyone`"),
      ("assign Guard to user \"x\"", "", "`Guard` assigned to `user \"x\"`"),
      (
        "assign Guard to service-account \"x\"", "assign Guard to user \"x\"",
        "`Guard` assigned to `service-account \"x\"`"
      ),
      ("assign Guard to everyone", "assign Guard to group staff", "`Guard` assigned to `everyone`"),
      (
        "assign Viewer to group staff", "assign Viewer to group open",
        "`Viewer` assigned to `group open`"
      ),
      (
        "assign Viewer to everyone in acme/plant", "assign Viewer to everyone in acme",
        "`Viewer` assigned to `everyone` in `acme`"
      ),
      (
        "assign Guard to everyone in acme", "assign Guard to everyone in acme/plant",
        "`Guard` assigned to `everyone` in `acme`"
      ),
      (
        "assign Viewer to everyone when context.mfa",
        "assign Viewer to everyone when context.mfa or context.trusted",
        "`Viewer` assigned to `everyone`"
      ),
      (
        "assign Guard to everyone", "assign Guard to everyone when context.trusted",
        "`Guard` assigned to `everyone`"
      ),
      (
        "@condition(\"c\")\nassign Viewer to group open when context.mfa",
        "@condition(\"c\")\nassign Viewer to group open when context.trusted",
        "`Viewer` assigned to `group open`"
      ),
      // Of what is allowed on conditions, the deny is gone.
      (
        "policy P { allow device.get when context.mfa  deny device.get when context.trusted }",
        "policy P { }", "`P` `device.get`: depends → nothing"
      ),
      (
        "policy P { allow device.get when context.mfa }",
        "policy P { allow device.get when context.mfa or context.trusted }",
        "`P` `device.get`: on other conditions"
      ),
      (
        "policy P { deny device.get when context.level > 3 }",
        "policy P { deny device.get when context.level > 4 }",
        "`P` `device.get`: on other conditions"
      ),
      (
        "policy P { allow device.get when resource.label like \"a*b\" }",
        "policy P { allow device.get when resource.label like \"a*\" }",
        "`P` `device.get`: on other conditions"
      ),
      ("", "ou other", "unit `other`"),
    ]
  )
  func `what widens access, or may`(before: String, after: String, first: String) throws {
    let changes = try changes(before, after)
    #expect(changes.firstWidening?.description == first)
    #expect(changes.widened > 0)
    #expect(try self.changes(before, before).isEmpty)
  }

  @Test(
    arguments: [
      ("assign Viewer to everyone", "assign Viewer to group staff"),
      ("assign Viewer to everyone", "assign Viewer to user \"x\" in acme when context.mfa"),
      ("assign Viewer to user \"x\"", ""), ("", "assign Guard to everyone"),
      ("assign Guard to user \"x\"", "assign Guard to everyone"),
      ("assign Guard to everyone in acme/plant/line", "assign Guard to everyone in acme"),
      ("assign Guard to everyone when context.mfa", "assign Guard to everyone"),
      ("assign Viewer to everyone in acme", "assign Viewer to group open in acme/plant"),
      (
        "policy P { allow device.get when context.mfa or context.trusted }",
        "policy P { allow device.get when context.mfa }"
      ),
      // Fewer constants are other classes, of other rules too.
      (
        "policy P { allow device.get when context.level > 3  allow device.list when context.level > 7 }",
        "policy P { allow device.get when context.level > 3 }"
      ),
      (
        "policy P { allow device.get when context.level > 3 }",
        "policy P { allow device.get when context.level > 4 }"
      ),
      (
        "policy P { allow device.get when resource.label like \"a*\" }",
        "policy P { allow device.get when resource.label == \"abc\" }"
      ),
      (
        "policy P { allow device.get when resource.label like \"a*\" }",
        "policy P { allow device.get when resource.label like \"a*\" and resource.label like \"*b\" }"
      ),
      (
        "policy P { allow device.get when context.ip in \"10.0.0.0/8\" }",
        "policy P { allow device.get when context.ip in \"10.1.0.0/16\" }"
      ),
      (
        "policy P { allow device.get when resource.home under \"a\" }",
        "policy P { allow device.get when resource.home under \"a/b\" }"
      ),
      (
        "policy P { allow device.get when context.time < \"2027-01-01T00:00:00Z\" }",
        "policy P { allow device.get when context.time < \"2026-01-01T00:00:00Z\" }"
      ),
      (
        "policy P { deny device.get when resource.owner == user \"ada\" }",
        "policy P { deny device.get when resource.owner in [user \"ada\", user \"bob\"] }"
      ),
      (
        "policy P { allow device.get when resource.tags contains any [\"a\", \"b\"] }",
        "policy P { allow device.get when resource.tags contains \"b\" }"
      ), ("ou other", ""),
    ]
  )
  func `what narrows access`(before: String, after: String) throws {
    let changes = try changes(before, after)
    #expect(changes.firstWidening == nil)
    #expect(changes.narrowed > 0 && changes.widened == 0)
    let reference = PolicyEngineReference(try engine(Self.grounds + before))
    try reference.replace(with: engine(Self.grounds + after), if: .nothingWidened)
    #expect(throws: ReplacementRefusal.self) {
      try reference.replace(with: engine(Self.grounds + before), if: .nothingWidened)
    }
  }

  @Test func `members of a group count by what it is given, and by the conditions that ask for it`()
    throws
  {
    let fewer = ("user \"ada\"  user \"eve\"", "user \"ada\"")
    let more = ("user \"eve\"", "user \"eve\"  user \"max\"")
    let given = "assign Viewer to group staff"
    let guarded = "assign Guard to group staff"
    let asked = "policy P { deny device.list when principal in group staff }"
    func widened(_ text: String, _ replacing: (String, String)) throws -> Bool {
      let changes = try changes(text, text, replacing)
      #expect(changes.groups.widened + changes.groups.narrowed == 1)
      return changes.firstWidening != nil
    }
    #expect(try !widened(given, fewer) && widened(given, more))
    #expect(try widened(guarded, fewer) && !widened(guarded, more))
    #expect(try widened(asked, fewer) && !widened(asked, more))
  }

  @Test func `what conditions together let through before is refused`() throws {
    let before = """
      catalogue c { context { mfa: Bool  trusted: Bool }  service device { list  delete } }
      policy Admin { allow device.* }
      policy Viewer { allow device.list when context.mfa }
      built-in policy safe { deny device.delete unless context.mfa }
      assign safe to everyone

      """
    let conditions: ReplacementConditions = [
      .sameCatalogue, .builtInPoliciesUnchanged, .nothingWidened,
    ]
    let reference = PolicyEngineReference(try engine(before))
    for after in [
      before + "assign Admin to everyone", before.replacing("assign safe to everyone", with: ""),
      before.replacing("when context.mfa", with: "when context.mfa or context.trusted"),
    ] {
      let candidate = try engine(after)
      #expect(throws: ReplacementRefusal.self) {
        try reference.replace(with: candidate, if: conditions)
      }
    }
    // The policy is what it was: whom it is assigned to is the other condition's.
    let candidate = try engine(before.replacing("assign safe to everyone", with: ""))
    try reference.replace(with: candidate, if: .builtInPoliciesUnchanged)
    #expect(reference.current === candidate)
  }

  @Test func `changes are counted by their kinds`() throws {
    let changes = try changes(
      "policy P { allow device.get when context.mfa }\nassign P to everyone",
      "policy P { allow device.get  deny device.list }\nassign P to user \"x\"\nou other",
      (
        "allow device.list  allow device.get when context.mfa",
        "allow device.get when context.trusted"
      )
    )
    #expect((changes.answers.widened, changes.answers.narrowed) == (1, 2))
    #expect((changes.conditions.widened, changes.conditions.narrowed) == (1, 0))
    #expect((changes.assignments.widened, changes.assignments.narrowed) == (0, 1))
    #expect((changes.units.widened, changes.units.narrowed) == (1, 0))
    #expect((changes.widened, changes.narrowed) == (3, 3))
    #expect(changes.named.count == 6)
  }

  @Test func `large conditions and derived ones are equal to themselves`() throws {
    // More vectors than are tried, and parts that are cut off.
    let wide = (0..<40).map { "resource.tags contains \"t\($0)\"" }.joined(separator: " or ")
    let deep = (0..<9).map { "(context.level > \($0) and resource.tags contains \"t\($0)\")" }
      .joined(separator: " or ")
    let text = "policy P { allow device.get when \(wide)  deny device.list when \(deep) }\n"
    #expect(try changes(text, text).isEmpty)
    let narrower = try changes(text + "assign Viewer to everyone", text)
    #expect(narrower.named.map(\.description) == ["`Viewer` assigned to `everyone`"])
    #expect(narrower.firstWidening == nil)
  }
}
