import PolicyEngine
import PolicyModel
import PolicySource
import PolicyTestSupport

/// Policy sets and requests that use every feature of the model, from few values, so that they meet.
struct RandomSets {
  var random: RandomSource

  init(seed: UInt64) { random = RandomSource(seed: seed) }

  static let span = SourceSpan(file: FileID(0), lower: 0, upper: 0)

  static func heading(_ name: String) -> Heading {
    Heading(
      name: name,
      title: nil,
      documentation: nil,
      annotations: [],
      nameSpan: span,
      span: span
    )
  }

  /// The attributes of every set: one of each type, twice where two are compared.
  static let attributes: [(AttributeSpace, String, AttributeType)] = [
    (.principal, "level", .int), (.principal, "name", .string), (.principal, "home", .path),
    (.principal, "boss", .principal), (.principal, "teams", .strings), (.principal, "vip", .bool),
    (.context, "mfa", .bool), (.context, "amount", .int), (.context, "ip", .ip),
    (.context, "time", .time), (.context, "until", .time),
    (.resource, "owner", .principal), (.resource, "region", .oneOf(["eu", "us", "apac"])),
    (.resource, "trees", .paths), (.resource, "path", .path), (.resource, "title", .string),
    (.resource, "tags", .strings), (.resource, "readers", .principals),
  ]

  mutating func set() -> PolicySet {
    var set = PolicySet(sources: SourceMap([]))
    addCatalogue(&set)
    addUnits(&set)
    addGroups(&set)
    addPolicies(&set)
    addAssignments(&set)
    return set
  }

  private mutating func addCatalogue(_ set: inout PolicySet) {
    for _ in 0...random.below(3) {
      let index = set.catalogue.services.count
      let start = set.catalogue.actions.count
      let count = random.element(of: [1, 2, 3, 5, 63, 64, 65, 130])
      let service = set.catalogue.services.append(
        Service(heading: Self.heading("s\(index)"), actions: start..<start + count)
      )
      for number in 0..<count {
        _ = set.catalogue.actions.append(
          Action(
            heading: Self.heading("a\(number)"),
            service: service,
            isExplicit: false,
            isSensitive: false,
            groups: [],
            path: "s\(index).a\(number)"
          )
        )
      }
    }
    for (space, name, type) in Self.attributes {
      _ = set.catalogue.attributes.append(
        Attribute(space: space, heading: Self.heading(name), type: type, services: nil)
      )
    }
  }

  private mutating func addUnits(_ set: inout PolicySet) {
    func add(_ path: String, _ parent: UnitIndex?, _ depth: Int, _ set: inout PolicySet) {
      let index = UnitIndex(set.units.count)
      _ = set.units.append(
        Unit(heading: Self.heading(path), path: path, parent: parent, subtree: 0..<0)
      )
      if depth < 3 {
        for child in 0..<random.below(3) { add("\(path)/\(child)", index, depth + 1, &set) }
      }
      set.units[index].subtree = index.position..<set.units.count
    }
    for root in 0..<random.below(3) { add("u\(root)", nil, 0, &set) }
  }

  private mutating func addGroups(_ set: inout PolicySet) {
    for index in 0..<random.below(6) {
      let isOpen = random.oneIn(2)
      let inner = (0..<index).filter { _ in random.oneIn(3) }.map { GroupIndex($0) }
      _ = set.groups.append(
        Group(
          heading: Self.heading("g\(index)"),
          isOpen: isOpen,
          members: isOpen ? [] : (0..<random.below(3)).map { _ in principal() },
          groups: isOpen ? [] : inner
        )
      )
    }
  }

  private mutating func addPolicies(_ set: inout PolicySet) {
    let actions = set.catalogue.actions.count
    for index in 0..<1 + random.below(6) {
      let included = (0..<index).filter { _ in random.oneIn(4) }.map { PolicyIndex($0) }
      var closure: Set<PolicyIndex> = [PolicyIndex(index)]
      for policy in included { closure.formUnion(set.policies[policy].closure) }
      var rules: [RuleIndex] = []
      for number in 0..<random.below(6) {
        let ranges = (0...random.below(3)).map { _ in
          let lower = random.below(actions)
          return
            lower..<min(actions, lower + 1 + random.below(random.element(of: [1, 4, actions])))
        }
        rules.append(
          set.rules.append(
            Rule(
              policy: PolicyIndex(index),
              number: number + 1,
              id: "p\(index)#\(number + 1)",
              effect: random.oneIn(3) ? .deny : .allow,
              actions: ActionSet(ranges),
              condition: random.oneIn(3) ? nil : condition(set, 3),
              exception: random.oneIn(4) ? condition(set, 2) : nil,
              because: nil,
              documentation: nil,
              annotations: [],
              span: Self.span,
              actionsSpan: Self.span
            )
          )
        )
      }
      _ = set.policies.append(
        Policy(
          heading: Self.heading("p\(index)"),
          isBuiltIn: false,
          isRole: false,
          includes: included,
          rules: rules,
          closure: closure.sorted()
        )
      )
    }
  }

  private mutating func addAssignments(_ set: inout PolicySet) {
    for _ in 0..<random.below(7) {
      let policies = (0...random.below(2)).map { _ in PolicyIndex(random.below(set.policies.count))
      }
      let places =
        set.units.isEmpty || random.oneIn(2)
        ? [] : (0...random.below(2)).map { _ in UnitIndex(random.below(set.units.count)) }
      _ = set.assignments.append(
        Assignment(
          policies: policies,
          subjects: (0...random.below(2)).map { _ in subject(set) },
          places: places,
          condition: random.oneIn(3) ? condition(set, 2) : nil,
          annotations: [],
          span: Self.span
        )
      )
    }
  }

  private mutating func subject(_ set: PolicySet) -> Subject {
    switch random.below(set.groups.isEmpty ? 4 : 6) {
    case 0: .everyone
    case 1: .anonymous
    case 4, 5: .group(GroupIndex(random.below(set.groups.count)))
    default: .principal(principal())
    }
  }

  mutating func principal() -> PrincipalID {
    PrincipalID(
      kind: random.oneIn(3) ? .serviceAccount : .user,
      id: random.element(of: ["ada", "bob", "b\u{e9}a", "be\u{301}a", ""])
    )
  }
}
