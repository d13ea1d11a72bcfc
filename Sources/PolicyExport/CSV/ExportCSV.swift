import PolicyAnalysis
import PolicyEngine
package import PolicyModel
package import PolicySource

/// A policy set as flat files, for spreadsheets and whatever else reads tables.
///
/// `Grammar/export-csv.md` describes them.
/// - Complexity: O(size of the set, patterns expanded, for each policy with all that it includes).
package func exportCSV(_ set: PolicySet) -> Staged<[ExportedFile]> {
  let writer = CSVWriter(set)
  let tables = [
    writer.access(), writer.actions(), writer.assignments(), writer.attributes(),
    writer.groupMembers(), writer.groups(), writer.policies(), writer.principals(),
    writer.rules(), writer.units(),
  ]
  let findings = CSVFindings(set).findings
  return Staged(tables.map(\.file), findings.inSourceOrder())
}

/// Writes the tables, with what conditions say as policy text, their `let`s put in.
private struct CSVWriter {
  private let set: PolicySet
  /// The condition of each rule.
  private let conditions: [String]

  init(_ set: PolicySet) {
    self.set = set
    conditions = set.rules.elements.map { Self.text($0.guardCondition, set) }
  }

  private static func text(_ condition: Condition?, _ set: PolicySet) -> String {
    condition.map { describe($0, in: set) } ?? ""
  }

  private func name(_ policy: PolicyIndex) -> String { set.policies[policy].heading.name }

  private func place(_ span: SourceSpan) -> [String] {
    [set.sources[span.file].path, "\(set.sources.place(span).line)"]
  }

  /// A row for each rule that bears on an action for who holds a policy.
  func access() -> CSVTable {
    var table = CSVTable(
      "access",
      ["policy", "action", "sensitive", "effect", "condition", "rule", "through"]
    )
    for policy in set.policies.indices {
      for owner in set.policies[policy].closure {
        for index in set.policies[owner].rules {
          let rule = set.rules[index]
          for action in rule.actions.actions.map({ set.catalogue.actions[$0] }) {
            table.add([
              name(policy), action.path, action.isSensitive.cell, rule.effect.word,
              conditions[index.position], rule.id, owner == policy ? "" : name(owner),
            ])
          }
        }
      }
    }
    return table
  }

  func actions() -> CSVTable {
    var table = CSVTable(
      "actions",
      [
        "action", "service", "groups", "title", "sensitive", "explicit", "documentation", "file",
        "line",
      ]
    )
    for action in set.catalogue.actions.elements {
      let heading = action.heading
      table.add(
        [
          action.path, set.catalogue.services[action.service].heading.name,
          action.groups.joined(separator: " / "), heading.title ?? "", action.isSensitive.cell,
          action.isExplicit.cell, heading.documentation ?? "",
        ] + place(heading.nameSpan)
      )
    }
    return table
  }

  func attributes() -> CSVTable {
    var table = CSVTable("attributes", ["attribute", "type", "service", "title", "file", "line"])
    for attribute in set.catalogue.attributes.elements {
      let services = attribute.services?.map { set.catalogue.services[$0].heading.name } ?? [""]
      for service in services {
        table.add(
          [attribute.path, attribute.type.word, service, attribute.heading.title ?? ""]
            + place(attribute.heading.nameSpan)
        )
      }
    }
    return table
  }

  func policies() -> CSVTable {
    var table = CSVTable(
      "policies",
      ["policy", "title", "word", "built-in", "documentation", "file", "line"]
    )
    for policy in set.policies.elements {
      table.add(
        [
          policy.heading.name, policy.heading.title ?? "", policy.isRole ? "role" : "policy",
          policy.isBuiltIn.cell, policy.heading.documentation ?? "",
        ] + place(policy.heading.nameSpan)
      )
    }
    return table
  }

  func rules() -> CSVTable {
    var table = CSVTable(
      "rules",
      [
        "rule", "policy", "effect", "actions", "condition", "because", "documentation", "file",
        "line",
      ]
    )
    for index in set.rules.indices {
      let rule = set.rules[index]
      table.add(
        [
          rule.id, name(rule.policy), rule.effect.word, "\(rule.actions.count)",
          conditions[index.position], rule.because ?? "", rule.documentation ?? "",
        ] + place(rule.span)
      )
    }
    return table
  }

  /// A row for each policy, subject and place of each assignment.
  func assignments() -> CSVTable {
    var table = CSVTable(
      "assignments",
      ["assignment", "policy", "kind", "subject", "place", "unit", "condition", "file", "line"]
    )
    for index in set.assignments.indices {
      let assignment = set.assignments[index]
      let place = self.place(assignment.span)
      for given in given(by: assignment) {
        for subject in assignment.subjects {
          table.add(
            ["\(index.position + 1)", given[0]] + self.subject(subject) + given.dropFirst() + place
          )
        }
      }
    }
    return table
  }

  /// What an assignment gives: policy, `unit` or `everywhere`, the unit, and the condition.
  private func given(by assignment: Assignment) -> [[String]] {
    let condition = Self.text(assignment.condition, set)
    let units = assignment.places.map { ["unit", set.units[$0].path] }
    return assignment.policies.flatMap { policy in
      (units.isEmpty ? [["everywhere", ""]] : units).map { [name(policy)] + $0 + [condition] }
    }
  }

  private func subject(_ subject: Subject) -> [String] {
    switch subject {
    case .everyone: ["everyone", ""]
    case .anonymous: ["anonymous", ""]
    case .group(let group): ["group", set.groups[group].heading.name]
    case .principal(let id): [id.kind.word, id.id]
    }
  }

  func groups() -> CSVTable {
    var table = CSVTable("groups", ["group", "title", "open", "documentation", "file", "line"])
    for group in set.groups.elements {
      let heading = group.heading
      table.add(
        [heading.name, heading.title ?? "", group.isOpen.cell, heading.documentation ?? ""]
          + place(heading.nameSpan)
      )
    }
    return table
  }

  /// A row for each principal and open group that a group comes to in the end.
  func groupMembers() -> CSVTable {
    var table = CSVTable("group-members", ["group", "kind", "member"])
    for index in set.groups.indices where !set.groups[index].isOpen {
      let (flat, name) = (FlatGroup(index, in: set), set.groups[index].heading.name)
      for member in flat.members { table.add([name, member.kind.word, member.id]) }
      for group in flat.openGroups { table.add([name, "group", set.groups[group].heading.name]) }
    }
    return table
  }

  /// Whom assignments and groups name, with the policies that they are given by name or by group.
  func principals() -> CSVTable {
    var table = CSVTable(
      "principals",
      ["kind", "principal", "policy", "place", "unit", "condition", "group", "assignment"]
    )
    let groups = set.groups.indices.map { FlatGroup($0, in: set).members }
    var rows: [PrincipalID: [[String]]] = [:]
    for member in groups.joined() { rows[member] = [] }
    for index in set.assignments.indices {
      let assignment = set.assignments[index]
      let number = "\(index.position + 1)"
      let given = given(by: assignment)
      for subject in assignment.subjects {
        switch subject {
        case .principal(let id): rows[id, default: []] += given.map { $0 + ["", number] }
        case .group(let group):
          let through = [set.groups[group].heading.name, number]
          for id in groups[group.position] { rows[id, default: []] += given.map { $0 + through } }
        case .everyone, .anonymous: break
        }
      }
    }
    for (id, own) in rows.sorted(by: { PrincipalID.precedes($0.key, $1.key) }) {
      for row in own.isEmpty ? [[String](repeating: "", count: 6)] : own {
        table.add([id.kind.word, id.id] + row)
      }
    }
    return table
  }

  func units() -> CSVTable {
    var table = CSVTable("units", ["unit", "parent", "title", "documentation", "file", "line"])
    for unit in set.units.elements {
      table.add(
        [
          unit.path, unit.parent.map { set.units[$0].path } ?? "", unit.heading.title ?? "",
          unit.heading.documentation ?? "",
        ] + place(unit.heading.nameSpan)
      )
    }
    return table
  }
}
