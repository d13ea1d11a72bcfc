import PolicyEngine
package import PolicyModel
import PolicyReport
package import PolicySource

/// A policy set as one JSON document, its patterns expanded and its `let`s resolved.
///
/// `Grammar/export.schema.json` describes it, and says what it means.
/// - Complexity: O(size of the set with its patterns expanded).
package func exportJSON(_ set: PolicySet) -> Staged<[ExportedFile]> {
  var writer = PolicySetJSON(set)
  let document = writer.document()
  let findings = writer.conditions.findings
  return Staged([ExportedFile("policies.json", JSONWriter.document(document))], findings)
}

/// Writes the declarations of a policy set.
private struct PolicySetJSON {
  private let set: PolicySet
  private let places: PlaceJSON
  fileprivate var conditions: ConditionJSON

  init(_ set: PolicySet) {
    self.set = set
    places = PlaceJSON(set.sources)
    conditions = ConditionJSON(set)
  }

  mutating func document() -> JSONValue {
    [
      "version": .int(1),
      "catalogues": .array(set.catalogue.headings.map { .object(heading($0)) }),
      "services": .array(set.catalogue.services.indices.map { service($0) }),
      "attributes": .array(set.catalogue.attributes.elements.map { attribute($0) }),
      "units": .array(set.units.elements.map { unit($0) }),
      "groups": .array(set.groups.elements.map { group($0) }),
      "policies": .array(set.policies.elements.map { policy($0) }),
      "assignments": .array(set.assignments.elements.map { assignment($0) }),
    ]
  }

  /// What every declaration has.
  private func heading(_ heading: Heading, named name: String? = nil) -> [JSONMember] {
    [
      JSONMember("name", .string(name ?? heading.name)),
      JSONMember("title", .optional(heading.title)),
      JSONMember("documentation", .optional(heading.documentation)),
      JSONMember("annotations", annotations(heading.annotations)),
      JSONMember("place", places.place(heading.nameSpan)),
    ]
  }

  private func annotations(_ annotations: [Annotation]) -> JSONValue {
    .array(
      annotations.map { ["name": .string($0.name), "arguments": .strings($0.arguments)] }
    )
  }

  private func service(_ index: ServiceIndex) -> JSONValue {
    let service = set.catalogue.services[index]
    let groups = set.catalogue.groups.filter { $0.service == index }
    return .object(
      heading(service.heading) + [
        JSONMember("actions", .array(service.actions.map { action(ActionIndex($0)) })),
        JSONMember("actionGroups", .array(groups.map { actionGroup($0) })),
      ]
    )
  }

  private func action(_ index: ActionIndex) -> JSONValue {
    let action = set.catalogue.actions[index]
    return .object(
      heading(action.heading, named: action.path) + [
        JSONMember("groups", .strings(action.groups)),
        JSONMember("explicit", .bool(action.isExplicit)),
        JSONMember("sensitive", .bool(action.isSensitive)),
      ]
    )
  }

  private func actionGroup(_ group: ActionGroup) -> JSONValue {
    .object(
      heading(group.heading) + [
        JSONMember("explicit", .bool(group.isExplicit)),
        JSONMember("actions", names(ActionSet([group.actions]))),
      ]
    )
  }

  private func names(_ actions: ActionSet) -> JSONValue {
    .array(actions.actions.map { .string(set.catalogue.actions[$0].path) })
  }

  private func attribute(_ attribute: Attribute) -> JSONValue {
    let services = attribute.services?.map { set.catalogue.services[$0].heading.name }
    var words: [String]?
    if case .oneOf(let listed) = attribute.type { words = listed }
    return .object(
      heading(attribute.heading, named: attribute.path) + [
        JSONMember("type", .string(words == nil ? attribute.type.word : "one-of")),
        JSONMember("words", words.map { .strings($0) } ?? .null),
        JSONMember("services", services.map { .strings($0) } ?? .null),
      ]
    )
  }

  private func unit(_ unit: Unit) -> JSONValue {
    .object(
      heading(unit.heading, named: unit.path) + [
        JSONMember("parent", .optional(unit.parent.map { set.units[$0].path }))
      ]
    )
  }

  private func group(_ group: Group) -> JSONValue {
    .object(
      heading(group.heading) + [
        JSONMember("open", .bool(group.isOpen)),
        JSONMember("members", .array(group.members.map(\.json))),
        JSONMember("groups", .strings(group.groups.map { set.groups[$0].heading.name })),
      ]
    )
  }

  private mutating func policy(_ policy: Policy) -> JSONValue {
    .object(
      heading(policy.heading) + [
        JSONMember("role", .bool(policy.isRole)),
        JSONMember("builtIn", .bool(policy.isBuiltIn)),
        JSONMember("includes", policyNames(policy.includes)),
        JSONMember("rules", .array(policy.rules.map { rule(set.rules[$0]) })),
      ]
    )
  }

  private func policyNames(_ policies: [PolicyIndex]) -> JSONValue {
    .strings(policies.map { set.policies[$0].heading.name })
  }

  private mutating func condition(_ condition: Condition?) -> JSONValue {
    condition.map { conditions.tree($0) } ?? .null
  }

  private mutating func rule(_ rule: Rule) -> JSONValue {
    [
      "id": .string(rule.id),
      "effect": .string(rule.effect.word),
      "actions": names(rule.actions),
      "when": condition(rule.condition),
      "unless": condition(rule.exception),
      "because": .optional(rule.because),
      "documentation": .optional(rule.documentation),
      "annotations": annotations(rule.annotations),
      "place": places.place(rule.span),
    ]
  }

  private mutating func assignment(_ assignment: Assignment) -> JSONValue {
    [
      "policies": policyNames(assignment.policies),
      "subjects": .array(assignment.subjects.map { subject($0) }),
      "units": .strings(assignment.places.map { set.units[$0].path }),
      "when": condition(assignment.condition),
      "annotations": annotations(assignment.annotations),
      "place": places.place(assignment.span),
    ]
  }

  private func subject(_ subject: Subject) -> JSONValue {
    switch subject {
    case .everyone: ["kind": "everyone"]
    case .anonymous: ["kind": "anonymous"]
    case .group(let group): ["kind": "group", "group": .string(set.groups[group].heading.name)]
    case .principal(let id): id.json
    }
  }
}
