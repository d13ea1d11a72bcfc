import PolicyAnalysis
import PolicyCommands
import PolicySource
import Testing

/// `pol lock`, and what `pol check` says of a lock.
@Suite struct LockCommandTests {
  private static let text = """
    catalogue portal {
      context { mfa: Bool }
      service device { read { list  get } write { update  delete } }
    }
    built-in role Administrator { allow * }
    role Operator { allow device.update when context.mfa }
    assign Administrator to user "ada"
    assign Operator to user "bob"

    """

  private func locked() throws -> Session {
    let session = try Session(["set/a.pol": Self.text])
    let outcome = session.pol("lock DIR/set")
    #expect(outcome.status == .success, "\(outcome.error)")
    #expect(outcome.output == "wrote DIR/set/access.lock: 2 policies, 2 assignments\n")
    return session
  }

  /// The codes about the lock that `pol check` reports, in order.
  private func codes(_ session: Session) -> [String] {
    let about = Set(LockFindings.pages.map(\.code.rawValue))
    return session.pol("check DIR/set --format short").output.split(separator: "\n")
      .compactMap { line -> String? in
        let parts = line.split(whereSeparator: { "[]".contains($0) }).map(String.init)
        return parts.first { about.contains($0) }
      }
  }

  @Test func `a fresh lock is left alone, and stays fresh while access stays`() throws {
    let session = try locked()
    let before = try session.text(of: "set/access.lock")
    #expect(session.pol("lock DIR/set").output == "DIR/set/access.lock says what the policies do\n")
    #expect(session.pol("lock --check DIR/set").status == .success)
    try session.write(
      "let factor = context.mfa\n"
        + Self.text.replacing("when context.mfa", with: "unless not factor")
        .replacing("role Operator", with: "/// Works.\npolicy Operator \"Operator\""),
      to: "set/a.pol"
    )
    #expect(session.pol("lock --check DIR/set").status == .success)
    #expect(codes(session) == [])
    #expect(session.pol("lock DIR/set").status == .success)
    #expect(try session.text(of: "set/access.lock") == before)
  }

  @Test func `drift is found, and written down`() throws {
    for (change, code) in [
      (("get }", "get  peek }"), "catalogue-growth"),
      (("update when context.mfa", "update"), "access-widened"),
      (("to user \"bob\"", "to user \"bob\", user \"eve\""), "access-widened"),
      (("update when context.mfa", "update when context.mfa and not context.mfa"), "lock-stale"),
    ] {
      let session = try locked()
      try session.write(Self.text.replacing(change.0, with: change.1), to: "set/a.pol")
      #expect(codes(session) == [code], "\(change)")
      let checked = session.pol("lock --check DIR/set")
      #expect(checked.status == .negative)
      #expect(checked.error.contains("`DIR/set/access.lock` is out of date"))
      #expect(session.pol("lock DIR/set").status == .success)
      #expect(codes(session) == [], "\(change)")
      #expect(session.pol("lock --check DIR/set").status == .success)
    }
  }

  @Test func `built-in policies are not changed and not removed`() throws {
    for change in [
      ("Administrator { allow * }", "Administrator { allow * except device.delete }"),
      ("built-in role Administrator", "role Administrator"),
      ("Administrator", "Root"),
    ] {
      let session = try locked()
      let before = try session.text(of: "set/access.lock")
      try session.write(Self.text.replacing(change.0, with: change.1), to: "set/a.pol")
      #expect(codes(session).first == "built-in-changed", "\(change)")
      #expect(session.pol("check DIR/set").status == .negative)
      let refused = session.pol("lock DIR/set")
      #expect(refused.status == .negative)
      #expect(refused.error.contains("built-in policies cannot be changed or removed"))
      #expect(try session.text(of: "set/access.lock") == before)
      #expect(session.pol("lock --accept-built-ins DIR/set").status == .success)
      #expect(codes(session) == [], "\(change)")
    }
  }

  @Test func `a lock that was changed by hand, or is another version, is no lock`() throws {
    let session = try locked()
    let text = try session.text(of: "set/access.lock")
    for bad in [
      "", "// access.lock 99\n", text.replacing("access.lock 1", with: "access.lock 2"),
      text.replacing("allow *", with: "allow device.read"), text + "role X { allow none.such }\n",
    ] {
      try session.write(bad, to: "set/access.lock")
      #expect(codes(session) == ["lock-unreadable"], "\(bad)")
      #expect(session.pol("lock --check DIR/set").status == .negative)
    }
    #expect(session.pol("lock DIR/set").status == .success)
    #expect(try session.text(of: "set/access.lock") == text)
  }

  @Test(arguments: LockFindings.pages.map(\.code))
  func `the examples of a page do what it says`(code: DiagnosticCode) throws {
    let page = try #require(LockFindings.pages.first { $0.code == code })
    let isOfLock = code == .lockUnreadable
    for (example, expected) in [(page.bad, [code.rawValue]), (page.good, [])] {
      let session = try Session([
        "set/a.pol": isOfLock ? page.given : example,
        "set/access.lock": (isOfLock ? example : page.given) + "\n",
      ])
      #expect(codes(session) == expected, "\(example)")
    }
  }

  @Test func `a lock stands beside the files of one directory`() throws {
    let session = try Session(["set/a.pol": Self.text, "bad/a.pol": "role X { allow none.such }"])
    #expect(session.pol("lock DIR/set/a.pol").status == .unable)
    #expect(session.pol("lock DIR/set DIR/bad").status == .unable)
    #expect(session.pol("lock DIR/bad").status == .unchecked)
    #expect(session.pol("lock --check DIR/set").error.contains("there is no `DIR/set/access.lock`"))
  }
}
