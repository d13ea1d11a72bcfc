import PolicyEngine
import PolicyModel
import PolicySource

/// The tables that hold the policy set, with their rows: each script makes them anew.
struct SQLPolicyTables {
  /// Table by table, the columns: `Grammar/export-sql.md` says what each is.
  private static let tables: [(name: String, columns: [String])] = [
    (
      "pol_actions",
      [
        "action TEXT PRIMARY KEY", "service TEXT NOT NULL", "title TEXT",
        "sensitive BOOLEAN NOT NULL", "action_class INTEGER NOT NULL",
      ]
    ),
    ("pol_policies", ["policy TEXT PRIMARY KEY", "title TEXT", "built_in BOOLEAN NOT NULL"]),
    ("pol_policy_closure", ["policy TEXT NOT NULL", "includes TEXT NOT NULL"]),
    (
      "pol_rules",
      [
        "rule INTEGER PRIMARY KEY", "id TEXT NOT NULL", "policy TEXT NOT NULL",
        "effect TEXT NOT NULL", "action_set INTEGER NOT NULL", "guard INTEGER", "condition TEXT",
        "because TEXT", "file TEXT NOT NULL", "line INTEGER NOT NULL",
      ]
    ),
    ("pol_action_sets", ["action_set INTEGER NOT NULL", "action_class INTEGER NOT NULL"]),
    (
      "pol_units",
      ["unit TEXT PRIMARY KEY", "low INTEGER NOT NULL", "high INTEGER NOT NULL", "title TEXT"]
    ),
    ("pol_groups", ["group_name TEXT PRIMARY KEY", "title TEXT", "open BOOLEAN NOT NULL"]),
    (
      "pol_group_tokens",
      ["group_name TEXT NOT NULL", "token TEXT NOT NULL", "certain BOOLEAN"]
    ),
    (
      "pol_assignments",
      [
        "assignment INTEGER PRIMARY KEY", "everywhere BOOLEAN NOT NULL", "guard INTEGER",
        "condition TEXT", "file TEXT NOT NULL", "line INTEGER NOT NULL",
      ]
    ),
    ("pol_assignment_policies", ["assignment INTEGER NOT NULL", "policy TEXT NOT NULL"]),
    (
      "pol_assignment_tokens",
      ["assignment INTEGER NOT NULL", "token TEXT NOT NULL", "certain BOOLEAN"]
    ),
    ("pol_assignment_groups", ["assignment INTEGER NOT NULL", "group_name TEXT NOT NULL"]),
    ("pol_assignment_units", ["assignment INTEGER NOT NULL", "unit TEXT NOT NULL"]),
  ]

  static var drops: String {
    tables.reversed().map { "DROP TABLE IF EXISTS \($0.name);\n" }.joined()
  }

  private static var definitions: String {
    tables.map { table in
      "CREATE TABLE \(table.name) (\n  " + table.columns.joined(separator: ",\n  ") + "\n);\n"
    }.joined()
  }

  private static var statistics: String {
    tables.map { "ANALYZE \($0.name);\n" }.joined()
  }

  private let set: PolicySet
  var text = SQLText()
  let ruleGuards: SQLGuards
  let assignmentGuards: SQLGuards

  init(_ set: PolicySet) {
    self.set = set
    ruleGuards = SQLGuards(set.rules.elements.map(\.guardCondition))
    assignmentGuards = SQLGuards(set.assignments.elements.map(\.condition))
  }

  /// - Complexity: O(size of the set), patterns as the classes of actions that they come to.
  mutating func statements() -> String {
    let classes = ActionClasses(set)
    return Self.definitions + "\n" + actions(classes) + policies() + rules(classes) + units()
      + groups() + assignments() + Self.statistics
  }

  private mutating func actions(_ classes: ActionClasses) -> String {
    var rows = SQLRows(into: "pol_actions")
    for index in set.catalogue.actions.indices {
      let action = set.catalogue.actions[index]
      let service = set.catalogue.services[action.service].heading.name
      let span = action.heading.nameSpan
      rows.add([
        text.literal(action.path, at: span), text.literal(service, at: span),
        text.literal(action.heading.title, at: span), SQLText.literal(action.isSensitive),
        "\(classes.classOfAction[index.position])",
      ])
    }
    return rows.statements
  }

  private func name(_ policy: PolicyIndex) -> (String, SourceSpan) {
    let heading = set.policies[policy].heading
    return (heading.name, heading.nameSpan)
  }

  private mutating func literal(_ policy: PolicyIndex) -> String {
    let (name, span) = name(policy)
    return text.literal(name, at: span)
  }

  private mutating func policies() -> String {
    var rows = SQLRows(into: "pol_policies")
    var closure = SQLRows(into: "pol_policy_closure")
    for index in set.policies.indices {
      let policy = set.policies[index]
      rows.add([
        literal(index), text.literal(policy.heading.title, at: policy.heading.span),
        SQLText.literal(policy.isBuiltIn),
      ])
      for included in policy.closure { closure.add([literal(index), literal(included)]) }
    }
    return rows.statements + closure.statements
  }

  private mutating func rules(_ classes: ActionClasses) -> String {
    var rows = SQLRows(into: "pol_rules")
    for index in set.rules.indices {
      let rule = set.rules[index]
      rows.add(
        [
          "\(index.position)", text.literal(rule.id, at: rule.span), literal(rule.policy),
          "'\(rule.effect.word)'", "\(classes.setOfRule[index.position])",
          ruleGuards.literal(index.position), condition(rule.guardCondition, at: rule.span),
          text.literal(rule.because, at: rule.span),
        ] + place(rule.span)
      )
    }
    var sets = SQLRows(into: "pol_action_sets")
    for (position, classes) in classes.classesOfSet.enumerated() {
      for number in classes { sets.add(["\(position)", "\(number)"]) }
    }
    return rows.statements + sets.statements
  }

  private mutating func condition(_ condition: Condition?, at span: SourceSpan) -> String {
    text.literal(condition.map { describe($0, in: set) }, at: span)
  }

  private mutating func place(_ span: SourceSpan) -> [String] {
    [
      text.literal(set.sources[span.file].path, at: span), "\(set.sources.place(span).line)",
    ]
  }

  private mutating func units() -> String {
    var rows = SQLRows(into: "pol_units")
    for unit in set.units.elements {
      rows.add([
        text.literal(unit.path, at: unit.heading.nameSpan), "\(unit.subtree.lowerBound)",
        "\(unit.subtree.upperBound - 1)", text.literal(unit.heading.title, at: unit.heading.span),
      ])
    }
    return rows.statements
  }

  private mutating func groups() -> String {
    var rows = SQLRows(into: "pol_groups")
    var tokens = SQLRows(into: "pol_group_tokens")
    for index in set.groups.indices {
      let heading = set.groups[index].heading
      let name = text.literal(heading.name, at: heading.nameSpan)
      rows.add([
        name, text.literal(heading.title, at: heading.span),
        SQLText.literal(set.groups[index].isOpen),
      ])
      let flat = FlatGroup(index, in: set)
      var subjects = flat.members.map { SQLText.token($0) }
      subjects += flat.openGroups.map { "group:\(set.groups[$0].heading.name)" }
      for token in subjects {
        tokens.add([name, text.literal(token, at: heading.span), "TRUE"])
      }
      for kind in [PrincipalKind.user, .serviceAccount]
      where flat.members.contains(where: { $0.kind == kind }) {
        tokens.add([name, "'\(kind.word)'", "NULL"])
      }
      if !flat.openGroups.isEmpty { tokens.add([name, "'group'", "NULL"]) }
    }
    return rows.statements + tokens.statements
  }

  private mutating func assignments() -> String {
    var rows = SQLRows(into: "pol_assignments")
    var policies = SQLRows(into: "pol_assignment_policies")
    var tokens = SQLRows(into: "pol_assignment_tokens")
    var groups = SQLRows(into: "pol_assignment_groups")
    var units = SQLRows(into: "pol_assignment_units")
    for index in set.assignments.indices {
      let assignment = set.assignments[index]
      let (span, number) = (assignment.span, "\(index.position)")
      rows.add(
        [
          number, SQLText.literal(assignment.places.isEmpty),
          assignmentGuards.literal(index.position), condition(assignment.condition, at: span),
        ] + place(span)
      )
      for policy in assignment.policies { policies.add([number, literal(policy)]) }
      for unit in assignment.places {
        units.add([number, text.literal(set.units[unit].path, at: span)])
      }
      for token in tokensOfPrincipals(assignment.subjects) {
        tokens.add([number, text.literal(token.text, at: span), token.isCertain ? "TRUE" : "NULL"])
      }
      for case .group(let group) in assignment.subjects {
        groups.add([number, text.literal(set.groups[group].heading.name, at: span)])
      }
    }
    return rows.statements + policies.statements + tokens.statements + groups.statements
      + units.statements
  }

  /// What principals other than groups are found by, also those that do not say who they are.
  private func tokensOfPrincipals(_ subjects: [Subject]) -> [(text: String, isCertain: Bool)] {
    var tokens: [(String, Bool)] = []
    var kinds: Set<PrincipalKind> = []
    for subject in subjects {
      switch subject {
      case .everyone: tokens.append(("everyone", true))
      case .anonymous: tokens.append(("anonymous", true))
      case .principal(let id):
        tokens.append((SQLText.token(id), true))
        if kinds.insert(id.kind).inserted { tokens.append((id.kind.word, false)) }
      case .group: break
      }
    }
    return tokens
  }
}

/// Conditions by number, equal ones once.
struct SQLGuards {
  /// The different conditions, in the order of their first uses.
  private(set) var conditions: [Condition] = []
  private var numbers: [Int?] = []

  /// - Complexity: O(size of the conditions).
  init(_ all: [Condition?]) {
    var known: [Condition: Int] = [:]
    for condition in all {
      guard let condition else {
        numbers.append(nil)
        continue
      }
      let key = condition.withoutPlaces
      let number = known[key] ?? conditions.count
      if number == conditions.count {
        known[key] = number
        conditions.append(condition)
      }
      numbers.append(number)
    }
  }

  /// The number of a rule's or an assignment's condition, or NULL.
  func literal(_ position: Int) -> String { numbers[position].map { "\($0)" } ?? "NULL" }

  /// The truth of the condition whose number is in a column; true where it is NULL.
  ///
  /// Halves are told apart first, so that a row passes O(log conditions) comparisons.
  func expression(of column: String, _ writer: inout SQLConditions) -> String {
    guard !conditions.isEmpty else { return "TRUE" }
    let texts = conditions.map { writer.expression($0) }
    func part(_ range: Range<Int>, _ indent: String) -> String {
      guard range.count > 8 else {
        let cases = range.map { "\(indent)  WHEN \($0) THEN \(texts[$0])\n" }.joined()
        return "CASE \(column)\n\(cases)\(indent)END"
      }
      let middle = (range.lowerBound + range.upperBound) / 2
      let inner = indent + "  "
      return "CASE WHEN \(column) < \(middle)\n"
        + "\(inner)THEN \(part(range.lowerBound..<middle, inner))\n"
        + "\(inner)ELSE \(part(middle..<range.upperBound, inner))\n\(indent)END"
    }
    return "(\(column) IS NULL OR \(part(conditions.indices, "      ")))"
  }
}
