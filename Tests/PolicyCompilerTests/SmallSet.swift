import PolicyCompiler
import PolicyEngine
import PolicyModel
import PolicySource

/// A small policy set that is written out, for tests that say what they expect.
enum SmallSet {
  static let span = RandomSets.span

  static func check(_ check: Check) -> Condition { .check(check, span) }

  static func attribute(_ name: String) -> Term {
    .attribute(AttributeIndex(RandomSets.attributes.firstIndex { $0.1 == name } ?? 0))
  }

  /// A catalogue with services of 3 and of some more actions, and the attributes of random sets.
  static func empty(lamps: Int = 130) -> PolicySet {
    var set = PolicySet(sources: SourceMap([SourceFile(path: "a.pol", text: "one\ntwo\nthree\n")]))
    for (name, actions) in [("door", 0..<3), ("lamp", 3..<3 + lamps)] {
      let service = set.catalogue.services.append(
        Service(heading: RandomSets.heading(name), actions: actions)
      )
      for number in 0..<actions.count {
        _ = set.catalogue.actions.append(
          Action(
            heading: RandomSets.heading("a\(number)"),
            service: service,
            isExplicit: false,
            isSensitive: false,
            groups: [],
            path: "\(name).a\(number)"
          )
        )
      }
    }
    for (space, name, type) in RandomSets.attributes {
      _ = set.catalogue.attributes.append(
        Attribute(space: space, heading: RandomSets.heading(name), type: type, services: nil)
      )
    }
    return set
  }

  /// One rule: its effect, its actions and its condition.
  typealias Line = (effect: Effect, actions: Range<Int>, condition: Condition?)

  @discardableResult
  static func add(_ name: String, _ lines: [Line], to set: inout PolicySet) -> PolicyIndex {
    let policy = PolicyIndex(set.policies.count)
    let rules = lines.enumerated().map { number, line in
      set.rules.append(
        Rule(
          policy: policy,
          number: number + 1,
          id: "\(name)#\(number + 1)",
          effect: line.effect,
          actions: ActionSet([line.actions]),
          condition: line.condition,
          exception: nil,
          because: line.effect == .deny ? "no" : nil,
          documentation: nil,
          annotations: [],
          span: SourceSpan(file: FileID(0), lower: 4, upper: 7),
          actionsSpan: span
        )
      )
    }
    return set.policies.append(
      Policy(
        heading: RandomSets.heading(name),
        isBuiltIn: false,
        isRole: false,
        includes: [],
        rules: rules,
        closure: [policy]
      )
    )
  }

  static func assign(
    _ policies: [PolicyIndex],
    to subjects: [Subject],
    in places: [UnitIndex] = [],
    when condition: Condition? = nil,
    _ set: inout PolicySet
  ) {
    _ = set.assignments.append(
      Assignment(
        policies: policies,
        subjects: subjects,
        places: places,
        condition: condition,
        annotations: [],
        span: span
      )
    )
  }

  /// Doors for ada, lamps for everyone with a second factor, two units, an open group.
  static func portal(lamps: Int = 130) -> PolicySet {
    var set = empty(lamps: lamps)
    for (path, subtree) in [("acme", 0..<2), ("acme/plant", 1..<2)] {
      _ = set.units.append(
        Unit(heading: RandomSets.heading(path), path: path, parent: nil, subtree: subtree)
      )
    }
    _ = set.groups.append(
      Group(heading: RandomSets.heading("night"), isOpen: true, members: [], groups: [])
    )
    _ = set.groups.append(
      Group(
        heading: RandomSets.heading("staff"),
        isOpen: false,
        members: [.user("bob")],
        groups: []
      )
    )
    let doors = add("doors", [(.allow, 0..<3, nil)], to: &set)
    let lamps = add(
      "lamps",
      [
        (.allow, 3..<3 + lamps, check(.isTrue(attribute("mfa")))),
        (
          .deny, lamps / 2 + 1..<lamps / 2 + 3,
          check(.compare(attribute("amount"), .less, .int(10)))
        ),
      ],
      to: &set
    )
    let nights = add("nights", [(.allow, 0..<1, nil)], to: &set)
    assign([doors], to: [.principal(.user("ada"))], in: [UnitIndex(1)], &set)
    assign([lamps], to: [.everyone], &set)
    assign([nights], to: [.group(GroupIndex(0)), .group(GroupIndex(1))], &set)
    return set
  }
}
