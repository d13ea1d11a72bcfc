import PolicyEngine
import PolicyModel
import Testing

/// Units and the places that name them; who makes the requests of a test.
@Suite struct PlaceTests {
  private static let text = """
    catalogue portal { context { mfa: Bool }  service device { list } }

    /// The whole company.
    @audit ou acme "Acme Corp" {
      plant-1
      @closed plant-2 "Plant" { line-a { cell }  line-b }
      plant-3
    }
    ou other

    group day { user "ada"  service-account ingest  group night }
    group night
    group none { }

    role Observer { allow device.list }
    role Writer includes Observer { deny device.list when context.mfa }

    """

  @Test func `a subtree is contiguous, and a path leads from its root`() {
    let checked = CheckedText(Self.text)
    #expect(checked.report == "")
    let units = checked.set.units
    #expect(
      units.elements.map { "\($0.path) \($0.subtree)" } == [
        "acme 0..<7", "acme/plant-1 1..<2", "acme/plant-2 2..<6", "acme/plant-2/line-a 3..<5",
        "acme/plant-2/line-a/cell 4..<5", "acme/plant-2/line-b 5..<6", "acme/plant-3 6..<7",
        "other 7..<8",
      ]
    )
    #expect(units.elements.map { $0.parent?.position } == [nil, 0, 0, 2, 3, 2, 0, nil])
    #expect(units.elements.first?.heading.documentation == "The whole company.")
    #expect(units.elements.first?.heading.title == "Acme Corp")
    #expect(
      units.elements.map { $0.heading.annotations.map(\.name) }.prefix(3) == [
        ["audit"], [], ["closed"],
      ]
    )
  }

  @Test func `an assignment covers units, a test is in one place, an assertion in several`() {
    let checked = CheckedText(
      Self.text + """
        assign Observer, Writer to group day, user bob, everyone, anonymous
          in acme/plant-2, other when context.mfa
        assign Observer to everyone
        test "t" {
          in acme/plant-2/line-a
          deny device.list
          deny device.list in outside
          deny device.list in other
        }
        test "u" { in outside  deny device.list }
        test "v" { deny device.list }
        assert anyone cannot device.list in outside, acme when context.mfa
        """
    )
    #expect(checked.report == "")
    let assignments = checked.set.assignments.elements
    #expect(assignments.map { $0.places.map(\.position) } == [[2, 7], []])
    #expect(assignments.map { $0.policies.map(\.position) } == [[0, 1], [0]])
    #expect(
      assignments.map(\.subjects) == [
        [.group(GroupIndex(0)), .principal(.user("bob")), .everyone, .anonymous], [.everyone],
      ]
    )
    #expect(assignments.map { $0.condition != nil } == [true, false])
    let tests = checked.set.tests
    #expect(tests.map(\.unit) == [.unit(UnitIndex(3)), .outside, .unknown])
    #expect(
      tests.first?.expectations.map(\.unit) == [nil, .outside, .unit(UnitIndex(7))]
    )
    #expect(checked.set.assertions.map(\.places) == [[.outside, .unit(UnitIndex(0))]])
  }

  @Test func `groups list members, nested groups, or nobody, or are open`() {
    let groups = CheckedText(Self.text).set.groups.elements
    #expect(groups.map(\.isOpen) == [false, true, false])
    #expect(groups.first?.members == [.user("ada"), .serviceAccount("ingest")])
    #expect(groups.map { $0.groups.map(\.position) } == [[1], [], []])
  }

  @Test(arguments: [
    ("", "user someone [] []"),
    ("as everyone", "user someone [] []"),
    ("as Observer, Writer", "user someone [] [0, 1]"),
    ("as user \"ada\", Observer, group night, group day", "user ada [0, 1] [0]"),
    ("as service-account ingest", "service-account ingest [] []"),
    ("as anonymous", "anonymous unknown [] []"),
    ("as anonymous, everyone", "anonymous unknown [] []"),
  ])
  func `the principal of a test is all that as names`(_ clause: String, _ expected: String) throws {
    let checked = CheckedText(Self.text + "test \"t\" { \(clause)  deny device.list }")
    #expect(checked.report == "")
    let test = try #require(checked.set.tests.first)
    let identity =
      switch test.identity {
      case .named(let id): id
      case .someone: "someone"
      case .unknown: "unknown"
      }
    let groups = test.groups.map(\.position).sorted()
    let found = "\(test.kind.word) \(identity) \(groups) \(test.held.map(\.position))"
    #expect(found == expected)
  }

  @Test func `an assertion speaks of a policy, anyone, a subject, or several policies`() {
    let checked = CheckedText(
      Self.text + """
        assert Writer cannot device.list
        assert anyone can device.list
        assert everyone can device.list
        assert anonymous cannot device.list
        assert group night can device.list
        assert user ada cannot device.list
        assert only Observer, Writer can device.list
        assert nobody holds Observer, Writer
        """
    )
    #expect(checked.report == "")
    let claims = checked.set.assertions.map { assertion in
      switch assertion.claim {
      case .can(let who, _): "can \(who)"
      case .cannot(let who, _): "cannot \(who)"
      case .only(let policies, _): "only \(policies.map(\.position))"
      case .nobodyHolds(let policies): "nobody \(policies.map(\.position))"
      }
    }
    #expect(claims.count == 8)
    #expect(
      claims.map { String($0.prefix { $0 != " " }) } == [
        "cannot", "can", "can", "cannot", "can", "cannot", "only", "nobody",
      ]
    )
    #expect(claims.suffix(2) == ["only [0, 1]", "nobody [0, 1]"])
  }

  @Test func `a test may state any value, also an empty set`() {
    let checked = CheckedText(
      """
      catalogue portal {
        principal { level: Int  home: Path }
        context { mfa: Bool  ip: IP  time: Time }
        resource {
          region: "eu" | "us"  owner: Principal  tags: Set<String>  trees: Set<Path>
          viewers: Set<Principal>
        }
        service device { list }
      }
      let level = 7
      let tags = ["a", tag]
      let tag = "b"
      test "t" {
        with principal.level = level, principal.home = "a/b", context.mfa = false,
             context.ip = "10.1.2.3", context.time = "2026-06-01T00:00:00Z", resource = "d-1",
             resource.region = "eu", resource.owner = user ada, resource.tags = tags,
             resource.trees = [], resource.viewers = [service-account ingest]
        deny device.list with resource.tags = [], resource.trees = ["a", "b"]
      }
      """
    )
    #expect(checked.report == "")
    let values = checked.set.tests.first?.bindings.map(\.value) ?? []
    #expect(values.count == 11)
    #expect(values.first == .int(7))
    #expect(values.dropFirst(5).first == .string("d-1"))
    #expect(
      values.suffix(3) == [
        .strings(["a", "b"]), .paths([]), .principals([.serviceAccount("ingest")]),
      ]
    )
    let own = checked.set.tests.first?.expectations.first?.bindings.map(\.value)
    #expect(own == [.strings([]), .paths(["a", "b"])])
  }
}
