import PolicyEngine
import PolicyModel
import PolicySource
import Testing

/// What patterns stand for (section 4 of the language).
@Suite struct PatternTests {
  private static let catalogue = """
    catalogue portal {
      service device {
        list
        read { get  peek  deep { dig } }
        write { update  delete }
        @explicit wipe
        @explicit secret { show  @explicit burn  inner { dump } }
      }
      service user { read { list }  create  @explicit impersonate }
      service sim { read "Here an action" }
    }

    """

  /// The actions of a rule, as `allow` and as `deny`, each as one line.
  private func expand(_ actions: String) -> (allow: String, deny: String, report: String) {
    let rules = "role R {\n  allow \(actions)\n  deny \(actions)\n}"
    let checked = CheckedText(Self.catalogue + rules)
    func paths(_ effect: Effect) -> String {
      checked.set.rules.elements.filter { $0.effect == effect }
        .flatMap { $0.actions.actions.map { checked.set.catalogue.actions[$0].path } }
        .joined(separator: " ")
    }
    return (paths(.allow), paths(.deny), checked.report)
  }

  /// Patterns whose allow and deny reach the same.
  @Test(arguments: [
    ("device.list", "device.list"),
    ("device.read", "device.get device.peek device.dig"),
    ("device.deep", "device.dig"),
    ("device.dig", "device.dig"),
    ("device.{list, get}", "device.list device.get"),
    ("device.{get, list, get,}", "device.list device.get"),
    ("{device, user}.list", "device.list user.list"),
    ("{device, user}.read", "device.get device.peek device.dig user.list"),
    ("*.read", "device.get device.peek device.dig user.list sim.read"),
    ("*.create", "user.create"),
    ("*.{list, update}", "device.list device.update user.list"),
    ("device.*e*, user.create", "device.get device.peek device.update device.delete user.create"),
    ("*.*st", "device.list user.list"),
    ("device.{p*, l*t}", "device.list device.peek"),
    ("sim.*", "sim.read"),
    ("*.read except sim.read", "device.get device.peek device.dig user.list"),
    ("device.read except device.deep, *.peek", "device.get"),
    ("device.write, device.read except device.{get, d*}", "device.peek device.update"),
    ("sim.read, device.list except device.read, sim.read, device.list, device.list", ""),
  ])
  func `a pattern reaches what it names`(_ actions: String, _ expected: String) {
    let found = expand(actions)
    if expected.isEmpty {
      #expect(!found.report.isEmpty)
    } else {
      let hidden = found.deny.split(separator: " ").filter { !Self.isHidden($0) }
      #expect(found.allow == expected, "\(found.report)")
      #expect(hidden.joined(separator: " ") == expected)
    }
  }

  private static func isHidden(_ path: Substring) -> Bool {
    ["wipe", "show", "burn", "dump", "impersonate"].contains { path.hasSuffix(".\($0)") }
  }

  /// What `@explicit` keeps from an allow, and never from a deny.
  @Test(arguments: [
    (
      "*",
      "device.list device.get device.peek device.dig device.update device.delete user.list "
        + "user.create sim.read"
    ),
    (
      "*.*",
      "device.list device.get device.peek device.dig device.update device.delete user.list "
        + "user.create sim.read"
    ),
    ("user.*", "user.list user.create"),
    ("user.{*e, list}", "user.list user.create"),
    ("user.{impersonate, *}", "user.list user.create user.impersonate"),
    ("user.impersonate", "user.impersonate"),
    ("{user}.{impersonate}", "user.impersonate"),
    ("device.secret", "device.show device.dump"),
    ("device.{secret, burn}", "device.show device.burn device.dump"),
    ("device.inner", "device.dump"),
    ("device.show, user.list", "device.show user.list"),
    ("*.impersonate, user.list", "user.list"),
    ("*.secret, user.list", "user.list"),
    ("device.* except device.read", "device.list device.update device.delete"),
    ("device.secret, device.wipe except device.show", "device.wipe device.dump"),
  ])
  func `an explicit action is allowed by its name only`(_ actions: String, _ expected: String) {
    let found = expand(actions)
    #expect(found.allow == expected)
    #expect(found.report == "")
  }

  @Test(arguments: [
    ("*", 14), ("device.*", 10), ("*.wipe", 1), ("*.secret", 3), ("device.w*", 1),
    ("device.secret", 3), ("*.impersonate", 1), ("device.secret except device.burn", 2),
  ])
  func `a deny reaches explicit actions by any pattern`(_ actions: String, _ count: Int) {
    let text = Self.catalogue + "policy P { deny \(actions) }"
    let checked = CheckedText(text)
    #expect(checked.report == "")
    #expect(checked.set.rules.elements.map(\.actions.count) == [count])
  }

  @Test func `in tests and assertions a pattern is every action that it matches`() {
    let checked = CheckedText(
      Self.catalogue + """
        role R { allow user.list }
        test "t" { deny device.secret, *.impersonate }
        assert R cannot *.wipe
        assert only R can user.*
        """
    )
    #expect(checked.report == "")
    #expect(checked.set.tests.first?.expectations.map(\.actions.count) == [4])
    let counts = checked.set.assertions.map { assertion in
      switch assertion.claim {
      case .can(_, let actions), .cannot(_, let actions), .only(_, let actions): actions.count
      case .nobodyHolds: 0
      }
    }
    #expect(counts == [1, 3])
  }

  @Test func `actions of a group and of a service are contiguous`() {
    let catalogue = CheckedText(Self.catalogue).set.catalogue
    let paths = catalogue.actions.elements.map(\.path)
    for group in catalogue.groups {
      for position in paths.indices {
        let isInside =
          catalogue.actions[ActionIndex(position)].groups.contains(group.heading.name)
          && catalogue.actions[ActionIndex(position)].service == group.service
        #expect(isInside == group.actions.contains(position), "\(paths[position])")
      }
    }
    #expect(catalogue.services.elements.map(\.actions) == [0..<10, 10..<13, 13..<14])
  }
}
