import PolicyEngine
import PolicyModel
import PolicyReport

/// Writes what requests rely on: units, groups, policies, actions and named principals.
struct CedarEntities {
  private let set: PolicySet
  private let principals: CedarPrincipals
  /// For every group, those that list it.
  private let around: [[GroupIndex]]

  init(_ set: PolicySet) {
    self.set = set
    principals = CedarPrincipals(set)
    var around = Array(repeating: [GroupIndex](), count: set.groups.count)
    for index in set.groups.indices {
      for inner in set.groups[index].groups { around[inner.position].append(index) }
    }
    self.around = around
  }

  /// Every entity on a line of its own.
  ///
  /// - Complexity: O(size of the set).
  func document() -> [UInt8] {
    var bytes = Array("[\n".utf8)
    for (index, entity) in all.enumerated() {
      if index > 0 { bytes += ",\n".utf8 }
      bytes += JSONWriter.line(entity)
    }
    return bytes + "\n]\n".utf8
  }

  private var all: [JSONValue] {
    var result = ["groups", "unit"].map { Self.entity(CedarType.known, $0) }
    result += set.units.elements.map { unit in
      let parent = unit.parent.map { CedarValues.uid(CedarType.unit, set.units[$0].path) }
      return Self.entity(CedarType.unit, unit.path, in: [parent ?? Self.known("unit")])
    }
    result += set.policies.elements.map { policy in
      Self.entity(CedarType.policy, policy.heading.name, in: policies(policy.includes))
    }
    result += set.groups.indices.map { group($0) }
    result.append(
      Self.entity(CedarType.anonymous, "anonymous", in: [Self.known("groups")])
    )
    result += principals.ids.map { id in
      principal(CedarType.of(id), id.id, principals[id], isSaid: false, values: [])
    }
    return result + actions
  }

  static func known(_ what: String) -> JSONValue { CedarValues.uid(CedarType.known, what) }

  static func entity(
    _ type: String,
    _ id: String,
    in parents: [JSONValue] = [],
    attributes: [JSONMember] = [],
    tags: [JSONMember] = []
  ) -> JSONValue {
    var members = [
      JSONMember("uid", CedarValues.uid(type, id)),
      JSONMember("attrs", .object(attributes)),
      JSONMember("parents", .array(parents)),
    ]
    if !tags.isEmpty { members.append(JSONMember("tags", .object(tags))) }
    return .object(members)
  }

  /// A principal with what is declared of it, and what a request says besides.
  func principal(
    _ type: String,
    _ id: String,
    _ said: CedarPrincipals.Declared,
    isSaid groupsAreKnown: Bool,
    values: [JSONMember]
  ) -> JSONValue {
    var parents = said.groups.sorted().map {
      CedarValues.uid(CedarType.group, set.groups[$0].heading.name)
    }
    parents += policies(said.policies.sorted())
    if groupsAreKnown { parents.append(Self.known("groups")) }
    let tags = said.tags.keys.sorted().map { policy in
      let units = (said.tags[policy] ?? []).sorted().map {
        CedarValues.reference(CedarType.unit, set.units[$0].path)
      }
      return JSONMember(set.policies[policy].heading.name, .array(units))
    }
    return Self.entity(type, id, in: parents, attributes: values, tags: tags)
  }

  private func policies(_ policies: [PolicyIndex]) -> [JSONValue] {
    policies.map { CedarValues.uid(CedarType.policy, set.policies[$0].heading.name) }
  }

  /// A group is in those that list it, and in the policies that all in it have.
  private func group(_ index: GroupIndex) -> JSONValue {
    let parents = around[index.position].map {
      CedarValues.uid(CedarType.group, set.groups[$0].heading.name)
    }
    let given = policies((principals.policiesOfGroups[index] ?? []).sorted())
    return Self.entity(CedarType.group, set.groups[index].heading.name, in: parents + given)
  }

  private var actions: [JSONValue] {
    let names = CedarActions(set.catalogue)
    func entity(_ name: String, in parent: String?) -> JSONValue {
      Self.entity(
        CedarType.action,
        name,
        in: parent.map { [CedarValues.uid(CedarType.action, $0)] } ?? []
      )
    }
    return names.parents.map { entity($0.name, in: $0.parent) }
      + set.catalogue.actions.elements.map { entity($0.path, in: names.parent($0)) }
  }
}
