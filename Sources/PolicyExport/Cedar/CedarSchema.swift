import PolicyEngine
import PolicyModel

/// Writes what requests and entities look like, as a schema of Cedar.
///
/// Every attribute is optional, since a request of Pol may leave any out.
struct CedarSchema {
  private let catalogue: Catalogue
  private let actions: CedarActions

  init(_ set: PolicySet) {
    catalogue = set.catalogue
    actions = CedarActions(set.catalogue)
  }

  /// - Complexity: O(actions + services × attributes).
  func text() -> String {
    let context = record(attributes(.context, nil))
    let principal = record(attributes(.principal, nil))
    let known = CedarType.principals.filter { $0 != CedarType.anonymous }.joined(separator: ", ")
    var text = """
      // Written by `pol export --format cedar`; Grammar/export-cedar.md says how a request is asked.

      /// One of the two is there.
      type PrincipalId = { user?: User, serviceAccount?: ServiceAccount };
      type PrincipalIds = { users: Set<User>, serviceAccounts: Set<ServiceAccount> };
      /// A point in time to the millisecond below, and the nanoseconds after that.
      type Time = { at: datetime, nanos: Long };
      /// A path, and with itself all that it is under.
      type Path = { path: String, within: Set<String> };
      type Paths = { paths: Set<String>, within: Set<String> };
      type Context = \(context);

      /// What a request says: "groups" of its principal, and the "unit" of its resource.
      entity Known;
      entity Unit in [Unit, Known];
      entity Policy in [Policy];
      entity Group in [Group, Policy];
      // A tag is the name of a policy, with the units in which the principal has it.
      entity \(known) in [Group, Policy, Known] = \(principal) tags Set<Unit>;
      entity Anonymous in [Known] = \(principal);

      // The tag "id" is the id of the resource, where the request says it.
      namespace Resource {

      """
    for index in catalogue.services.indices {
      let service = catalogue.services[index].heading
      let type = CedarNames.identifier(service.name)
      let own = record(attributes(.resource, index), indent: "  ")
      text += "  entity \(type) in [Unit, Known] = \(own) tags String;\n"
    }
    return text + "}\n\n" + actionText()
  }

  private func attributes(_ space: AttributeSpace, _ service: ServiceIndex?) -> [Attribute] {
    catalogue.attributes.elements.filter { attribute in
      guard attribute.space == space else { return false }
      guard let service, let services = attribute.services else { return true }
      return services.contains(service)
    }
  }

  private func record(_ attributes: [Attribute], indent: String = "") -> String {
    let members = attributes.map { attribute in
      "\(CedarNames.attribute(attribute.heading.name))?: \(CedarValues.type(attribute.type))"
    }
    guard !members.isEmpty else { return "{}" }
    let flat = "{ \(members.joined(separator: ", ")) }"
    if flat.utf8.count <= 50 { return flat }
    return "{\n" + members.map { "\(indent)  \($0),\n" }.joined() + "\(indent)}"
  }

  /// Services and groups, and each run of actions of the same one.
  private func actionText() -> String {
    var text = ""
    for parent in actions.parents {
      let rest = parent.parent.map { " in [\(describe(string: $0))]" } ?? ""
      text += "action \(describe(string: parent.name))\(rest);\n"
    }
    var names: [String] = []
    let elements = catalogue.actions.elements
    for (position, action) in elements.enumerated() {
      names.append(describe(string: action.path))
      let parent = actions.parent(action)
      if position + 1 < elements.count,
        actions.parent(elements[position + 1]).utf8.elementsEqual(parent.utf8)
      {
        continue
      }
      let service = catalogue.services[action.service].heading.name
      text += """

        action
          \(names.joined(separator: ",\n  "))
        in [\(describe(string: parent))] appliesTo {
          principal: [\(CedarType.principals.joined(separator: ", "))],
          resource: \(CedarNames.resourceType(service)),
          context: Context,
        };

        """
      names = []
    }
    return text
  }
}
