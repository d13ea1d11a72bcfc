import PolicyDirectory
import PolicyEngine
import PolicyTestSupport
import Testing

/// A directory exchanges snapshots; what was seen stays as it is.
@Suite struct DirectoryTests {
  @Test func `changes are seen at once, all or none`() throws {
    let policies = try engine(portal)
    let directory = PolicyDirectory(DirectorySnapshot(policies))
    var reader = directory.reader()
    let first = reader.snapshot
    try directory.grant(PolicyGrant("Buyer", to: .user("ada")))
    #expect(first.count == 0)
    #expect(reader.snapshot.count == 1)
    #expect(reader.changes == 1)
    #expect(throws: GrantRefusal.self) {
      try directory.update { (next: inout DirectorySnapshot) throws(GrantRefusal) in
        try next.grant(PolicyGrant("Observer", to: .user("bob")))
        try next.grant(PolicyGrant("Approver", to: .user("ada")))
      }
    }
    #expect(directory.current.count == 1)
    #expect(try policies.allows(directory.subject(.user("ada")), "device.create"))
    #expect(try directory.revoke(PolicyGrant("Buyer", to: .user("ada"))))
    #expect(reader.snapshot.count == 0)
  }

  @Test func `the policies are exchanged with the grants`() throws {
    let directory = PolicyDirectory(
      try DirectorySnapshot(engine(portal), [PolicyGrant("Observer", to: .user("ada"))])
    )
    let wider = try engine(portal.replacing("allow device.read", with: "allow device.*"))
    try directory.update { (next: inout DirectorySnapshot) throws(GrantRefusal) in
      next = try next.moved(to: wider)
    }
    let current = directory.current
    #expect(try current.engine.allows(current.subject(.user("ada")), "device.delete"))
  }

  @Test func `readers on other threads see whole changes`() async throws {
    let policies = try engine(portal)
    let directory = PolicyDirectory(DirectorySnapshot(policies))
    // Each change moves one grant, so that there is always exactly one of the two.
    try directory.grant(PolicyGrant("Observer", to: .user("a")))
    let wrong = await withTaskGroup(of: Int.self) { tasks in
      for _ in 0..<3 {
        tasks.addTask {
          var reader = directory.reader()
          var wrong = 0
          for _ in 0..<400 {
            let seen = reader.snapshot
            let allowed = ["a", "b"].filter { id in
              (try? policies.allows(seen.subject(.user(id)), "device.list")) ?? false
            }
            if allowed.count != 1 || seen.count != 1 { wrong += 1 }
          }
          return wrong
        }
      }
      tasks.addTask {
        for round in 0..<400 {
          let (old, new) = round % 2 == 0 ? ("a", "b") : ("b", "a")
          _ = try? directory.update { (next: inout DirectorySnapshot) throws(GrantRefusal) in
            try next.revoke(PolicyGrant("Observer", to: .user(old)))
            try next.grant(PolicyGrant("Observer", to: .user(new)))
          }
        }
        return 0
      }
      var wrong = 0
      for await count in tasks { wrong += count }
      return wrong
    }
    #expect(wrong == 0)
    #expect(directory.current.grants == [PolicyGrant("Observer", to: .user("a"))])
  }

  @Test func `random changes leave what a set of grants has`() throws {
    let policies = try engine(portal)
    let failure = RandomCases(20).firstFailure { random in
      var directory = DirectorySnapshot(policies)
      var meant: Set<PolicyGrant> = []
      var kept: [(snapshot: DirectorySnapshot, grants: Set<PolicyGrant>)] = []
      for step in 0..<200 {
        let grant = PolicyGrant(
          random.element(of: ["Observer", "Operator", "Guard"]),
          to: random.oneIn(8) ? .everyone : .user("user-\(random.below(40))"),
          in: random.oneIn(2) ? nil : "acme/plant-1"
        )
        if random.oneIn(3) {
          guard (try? directory.revoke(grant)) == (meant.remove(grant) != nil) else {
            return "revoking \(grant) at \(step)"
          }
        } else {
          guard (try? directory.grant(grant)) == meant.insert(grant).inserted else {
            return "granting \(grant) at \(step)"
          }
        }
        if random.oneIn(20) { kept.append((directory, meant)) }
      }
      kept.append((directory, meant))
      for (snapshot, grants) in kept {
        guard snapshot.count == grants.count, Set(snapshot.grants) == grants else {
          return "a snapshot has \(snapshot.grants), meant \(grants)"
        }
      }
      return nil
    }
    #expect(failure == nil)
  }
}
