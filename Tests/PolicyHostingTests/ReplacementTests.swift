import PolicyCompiler
import PolicyEngine
import PolicyHosting
import PolicyTestSupport
import Testing

@Suite struct ReplacementTests {
  private func refusal(
    _ before: String,
    _ after: String,
    _ conditions: ReplacementConditions
  ) throws -> ReplacementRefusal? {
    let old = try engine(portal + before)
    let reference = PolicyEngineReference(old)
    let candidate = try engine(portal + after)
    do throws(ReplacementRefusal) {
      try reference.replace(with: candidate, if: conditions)
      #expect(reference.current === candidate)
      return nil
    } catch {
      #expect(reference.current === old)
      return error
    }
  }

  @Test func `a reader sees what is in force, and says how often it changed`() throws {
    let first = try engine(portal + "policy P { allow device.get }\nassign P to everyone")
    let reference = PolicyEngineReference(first)
    var reader = reference.reader()
    let action = try first.action("device.get")
    let prepared = try reader.engine.subject(.user("x"), groups: [])
    #expect(first.decide(prepared, action).isAllowed)
    let second = try engine(portal + "policy P { deny device.get }\nassign P to everyone")
    try reference.replace(with: second)
    #expect(reader.exchanges == 0)
    #expect(reader.engine === second && reader.exchanges == 1)
    #expect(second.isHome(of: action), "an action is of every engine with its catalogue")
    let subject = try second.subject(.user("x"), groups: [])
    #expect(!second.decide(subject, action).isAllowed)
    #expect(second.isHome(of: subject) && !first.isHome(of: subject))
  }

  @Test func `an engine is freed when the last that uses it lets go`() throws {
    let text = portal + "policy P { allow device.get }"
    weak var old: PolicyEngine?
    var reference: PolicyEngineReference?
    do {
      let engine = try engine(text)
      old = engine
      reference = PolicyEngineReference(engine)
    }
    let kept = try #require(reference)
    var reader = kept.reader()
    var subject: PolicyEngine.Subject? = try kept.current.subject(.user("x"))
    try kept.replace(with: try engine(text + "\npolicy Q { deny device.get }"))
    #expect(old != nil, "a reader has not looked since, and a subject was prepared by it")
    _ = reader.engine
    #expect(old != nil && subject != nil)
    subject = nil
    #expect(old == nil)
  }

  @Test func `what an exchange widens and narrows`() throws {
    let old = try engine(
      portal + """
        policy P { allow *.read  deny device.delete }
        policy Q { allow device.update }
        policy Gone { allow device.get when context.mfa }
        """
    )
    let new = try engine(
      portal + """
        policy P { allow device.list  allow device.update when context.mfa }
        policy New { deny device.list }
        policy Q { allow device.update when context.mfa and context.level > 3 }
        """
    )
    let changes = new.changes(since: old)
    #expect(
      changes.named.map(\.description) == [
        "`P` `device.get`: allows → nothing",
        "`P` `device.update`: nothing → depends",
        "`P` `device.delete`: denies → nothing",
        "`New` `device.list`: nothing → denies",
        "`Q` `device.update`: allows → depends",
        "`Gone` `device.get`: depends → nothing",
      ]
    )
    #expect((changes.widened, changes.narrowed) == (2, 4))
    #expect(changes.firstWidening == changes.named[1])
    #expect(new.changes(since: old, naming: 1).named.count == 1)
    #expect(old.changes(since: old).isEmpty)
    let back = old.changes(since: new)
    #expect((back.widened, back.narrowed) == (4, 2))
  }

  @Test func `changes between catalogues go by name`() throws {
    let old = try engine(portal + "policy P { allow *.read }")
    let new = try engine(
      portal.replacing("list  get", with: "find  list") + "policy P { allow *.read }"
    )
    #expect(
      new.changes(since: old).named.map(\.description) == [
        "`P` `device.find`: nothing → allows", "`P` `device.get`: allows → nothing",
      ]
    )
  }

  @Test func `another catalogue is refused, unless that is allowed`() throws {
    let before = try engine(portal + "policy P { allow *.read }")
    let after = try engine(portal.replacing("get", with: "got") + "policy P { allow *.read }")
    let reference = PolicyEngineReference(before)
    #expect(
      throws: ReplacementRefusal.otherCatalogue(
        after.catalogueDigest,
        current: before.catalogueDigest
      )
    ) { try reference.replace(with: after) }
    #expect(reference.current === before)
    try reference.replace(with: after, if: [])
    #expect(reference.current === after)
    let action = try before.action("device.list")
    #expect(!after.isHome(of: action))
  }

  @Test func `another catalogue is refused, though its digest is that of the one in force`() throws
  {
    let before = try engine(portal + "policy P { allow *.read }")
    // The same digest, and as many services; the first has other actions.
    var bytes = try artifact(
      """
      catalogue portal { service device { a b } service lamp { c } service door { d } }
      policy P { allow * }
      """
    )
    let model = try artifact(portal)
    bytes.replaceSubrange(48..<64, with: model[48..<64])
    ArtifactRepair.renewChecksums(&bytes)
    let reference = PolicyEngineReference(before)
    let refusal = try withFile(bytes) { path throws(ReplacementRefusal) in
      do throws(ReplacementRefusal) {
        try reference.replace(withContentsOf: path)
        return nil as ReplacementRefusal?
      } catch {
        return error
      }
    }
    let digest = before.catalogueDigest
    #expect(refusal == .otherCatalogue(digest, current: digest))
    #expect(
      refusal?.description
        == "the catalogue is another one, though its digest is that of the one in force"
    )
    #expect(reference.current === before)
    let changes = try withFile(bytes) { try reference.replace(withContentsOf: $0, if: []) }
    #expect((changes.widened, changes.narrowed) == (4, 2))
  }

  @Test func `built-in policies stay as they are`() throws {
    let guardrails = """
      built-in policy G { deny device.delete unless context.mfa  allow device.list }
      policy P { allow device.get }

      """
    func refusal(_ after: String) throws -> ReplacementRefusal? {
      try self.refusal(guardrails, after, .builtInPoliciesUnchanged)
    }
    #expect(try refusal(guardrails) == nil)
    #expect(try refusal(guardrails.replacing("device.get", with: "device.update")) == nil)
    // The same conditions, written otherwise, and another variable beside them.
    #expect(
      try refusal(
        guardrails.replacing("unless context.mfa", with: "when not context.mfa")
          + "policy Q { allow device.update when context.level > 3 }"
      ) == nil
    )
    let changed = ReplacementRefusal.builtInPolicyChanged("G")
    for other in [
      guardrails.replacing("unless context.mfa", with: "when context.mfa"),
      guardrails.replacing("unless context.mfa", with: "when context.level > 3"),
      guardrails.replacing("allow device.list", with: ""),
      guardrails.replacing("built-in ", with: ""), "policy P { allow device.get }",
    ] {
      #expect(try refusal(other) == changed)
    }
    let added = guardrails + "built-in policy H { deny device.get }"
    #expect(try refusal(added) == .builtInPolicyChanged("H"))
    // Other classes of what it reads, because of another policy, are none of its business.
    let level = "built-in policy G { deny device.get when context.level > 3 }\n"
    #expect(
      try self.refusal(
        level,
        level + "policy P { allow device.update when context.level > 2 }",
        .builtInPoliciesUnchanged
      ) == nil
    )
  }

  /// As texts of Swift these are equal; as names and values they are not.
  @Test func `a built-in policy with the same letters in other bytes is another one`() throws {
    let grounds =
      "catalogue c { resource { label: String  tags: Set<String> }  service s { a b } }\n"
    for condition in ["resource.label == TEXT", "resource.tags contains TEXT"] {
      let text = grounds + "built-in policy G { allow s.a when \(condition) }"
      let before = try engine(text.replacing("TEXT", with: "\"q\u{307}\u{323}\""))
      let after = try engine(text.replacing("TEXT", with: "\"q\u{323}\u{307}\""))
      let reference = PolicyEngineReference(before)
      #expect(throws: ReplacementRefusal.builtInPolicyChanged("G")) {
        try reference.replace(with: after, if: .builtInPoliciesUnchanged)
      }
      #expect(after.changes(since: before).firstWidening != nil)
    }
  }

  /// The work for an exchange grows with the constants as they do: a square of these would be minutes.
  @Test func `a set with thousands of constants is exchanged`() throws {
    let tags = (0..<3000).map { "\"t\($0)\"" }.joined(separator: ", ")
    let text = """
      catalogue c { resource { label: String  tags: Set<String> }  service s { a b } }
      built-in policy G { allow s.b when resource.label == "x" }
      policy P { allow s.a when resource.tags contains any [\(tags)] }

      """
    let reference = PolicyEngineReference(try engine(text + "policy Q { allow s.a }"))
    let changes = try reference.replace(
      with: engine(text),
      if: [.builtInPoliciesUnchanged, .nothingWidened]
    )
    #expect((changes.widened, changes.narrowed) == (0, 1))
  }

  @Test func `nothing may be widened`() throws {
    let before = "policy P { allow device.get }\n"
    #expect(try refusal(before, "policy P { }\n", .nothingWidened) == nil)
    let wider = try refusal(before, before + "policy Q { allow device.list }\n", .nothingWidened)
    guard case .widened(let change) = wider else {
      Issue.record("not refused: \(String(describing: wider))")
      return
    }
    #expect(change.description == "`Q` `device.list`: nothing → allows" && change.isWidening)
  }

  @Test func `a file that is damaged is refused, and the old policies stay`() throws {
    let before = try engine(portal + "policy P { allow *.read }")
    let reference = PolicyEngineReference(before)
    var bytes = try artifact(portal + "policy P { allow *.write }")
    let changes = try withFile(bytes) { try reference.replace(withContentsOf: $0) }
    #expect((changes.widened, changes.narrowed) == (3, 2))
    let current = reference.current
    bytes[bytes.count / 2] ^= 4
    try withFile(bytes) { path in
      #expect(throws: ReplacementRefusal.self) { try reference.replace(withContentsOf: path) }
    }
    #expect(reference.current === current)
  }
}
