import Foundation
import PolicyTestSupport

/// Roles and bindings as the documentation of Kubernetes says what they mean, decided by hand.
///
/// It is the tests' measure, written apart from the importer after
/// https://kubernetes.io/docs/reference/access-authn-authz/rbac/, and not Kubernetes itself.
struct KubernetesReference {
  struct Rule {
    var groups: [String] = []
    var resources: [String] = []
    var verbs: [String] = []
    var names: [String] = []
    var urls: [String] = []

    func covers(_ request: Request) -> Bool {
      guard verbs.contains("*") || verbs.contains(request.verb) else { return false }
      if let url = request.url {
        return urls.contains { pattern in
          pattern == "*" || pattern == url
            || pattern.last == "*" && url.hasPrefix(pattern.replacing(/\*+$/, with: ""))
        }
      }
      guard urls.isEmpty, groups.contains("*") || groups.contains(request.group) else {
        return false
      }
      let parts = request.resource.split(separator: "/", maxSplits: 1)
      let isCovered = resources.contains { pattern in
        pattern == "*" || pattern == request.resource
          || parts.count == 2 && pattern == "*/" + parts[1]
      }
      return isCovered && (names.isEmpty || names.contains(request.name))
    }
  }

  struct Role {
    var name: String
    var namespace: String?
    var rules: [Rule] = []
    var labels: [String: String] = [:]
    /// The labels that each selector of an aggregated role asks for.
    var selectors: [[String: String]] = []
  }

  struct Subject: Equatable {
    var kind: String
    var name: String
    var namespace: String?
  }

  struct Binding {
    var name: String
    var namespace: String?
    var roleKind: String
    var role: String
    var subjects: [Subject] = []
  }

  struct Request {
    var user: String
    var groups: [String]
    var namespace = ""
    var verb = ""
    var group = ""
    var resource = ""
    var name = ""
    var url: String?
  }

  var roles: [Role] = []
  var bindings: [Binding] = []

  /// The rules of a role: its own, or once and for all those of the roles that it selects.
  private func rules(of role: Role) -> [Rule] {
    guard !role.selectors.isEmpty else { return role.rules }
    var reached = [role.name]
    var index = 0
    var rules: [Rule] = []
    while index < reached.count {
      guard let next = roles.first(where: { $0.namespace == nil && $0.name == reached[index] })
      else { break }
      index += 1
      if next.selectors.isEmpty {
        rules += next.rules
        continue
      }
      for other in roles where other.namespace == nil && !reached.contains(other.name) {
        let isSelected = next.selectors.contains { wanted in
          wanted.allSatisfy { other.labels[$0] == $1 }
        }
        if isSelected { reached.append(other.name) }
      }
    }
    return rules
  }

  func allows(_ request: Request) -> Bool {
    bindings.contains { binding in
      if let place = binding.namespace, place != request.namespace || request.url != nil {
        return false
      }
      let isMeant = binding.subjects.contains { subject in
        switch subject.kind {
        case "User": request.user == subject.name
        case "Group": request.groups.contains(subject.name)
        default:
          request.user == "system:serviceaccount:\(subject.namespace ?? ""):\(subject.name)"
        }
      }
      guard isMeant else { return false }
      let place = binding.roleKind == "Role" ? binding.namespace : nil
      let role = roles.first { $0.name == binding.role && $0.namespace == place }
      return role.map { rules(of: $0).contains { $0.covers(request) } } ?? false
    }
  }
}

extension KubernetesReference {
  /// The manifests, as YAML in one of the ways in which people write it, or as a list of JSON.
  func text(_ random: inout RandomSource) throws -> String {
    var objects: [[String: Any]] = []
    let version = "rbac.authorization.k8s.io/v1"
    func metadata(_ name: String, _ namespace: String?, _ labels: [String: String] = [:]) -> Any {
      var result: [String: Any] = ["name": name]
      if let namespace { result["namespace"] = namespace }
      if !labels.isEmpty { result["labels"] = labels }
      return result
    }
    for role in roles {
      var object: [String: Any] = [
        "apiVersion": version, "kind": role.namespace == nil ? "ClusterRole" : "Role",
        "metadata": metadata(role.name, role.namespace, role.labels),
        "rules": role.rules.map { rule in
          let parts = [
            ("apiGroups", rule.groups), ("resources", rule.resources), ("verbs", rule.verbs),
            ("resourceNames", rule.names), ("nonResourceURLs", rule.urls),
          ]
          return Dictionary(uniqueKeysWithValues: parts.filter { !$0.1.isEmpty })
        },
      ]
      if !role.selectors.isEmpty {
        object["aggregationRule"] = [
          "clusterRoleSelectors": role.selectors.map { ["matchLabels": $0] }
        ]
      }
      objects.append(object)
    }
    for binding in bindings {
      objects.append([
        "apiVersion": version,
        "kind": binding.namespace == nil ? "ClusterRoleBinding" : "RoleBinding",
        "metadata": metadata(binding.name, binding.namespace),
        "roleRef": ["kind": binding.roleKind, "name": binding.role],
        "subjects": binding.subjects.map { subject in
          var result = ["kind": subject.kind, "name": subject.name]
          if let namespace = subject.namespace { result["namespace"] = namespace }
          return result
        },
      ])
    }
    if random.oneIn(4) {
      return try Python.json(["apiVersion": "v1", "kind": "List", "items": objects])
    }
    return objects.map { "---\n" + Self.yaml($0, indent: 0, &random) }.joined()
  }

  private static func yaml(_ value: Any, indent: Int, _ random: inout RandomSource) -> String {
    let space = String(repeating: " ", count: indent)
    func scalar(_ text: String) -> String {
      let isPlain = text != "true" && text.wholeMatch(of: /[a-zA-Z][a-zA-Z0-9.\/-]*/) != nil
      if isPlain, !random.oneIn(3) { return text }
      return random.oneIn(2) ? "'\(text.replacing("'", with: "''"))'" : "\"\(text)\""
    }
    func inline(_ value: Any) -> String? {
      if let text = value as? String { return scalar(text) }
      if let list = value as? [String], list.isEmpty || random.oneIn(2) {
        return "[" + list.map(scalar).joined(separator: ", ") + "]"
      }
      if let object = value as? [String: String], object.isEmpty || random.oneIn(2) {
        let members = object.sorted { $0.key < $1.key }.map { "\($0.key): \(scalar($0.value))" }
        return "{" + members.joined(separator: ", ") + "}"
      }
      return (value as? [Any]).flatMap { $0.isEmpty ? "[]" : nil }
    }
    if let text = inline(value) { return space + text + "\n" }
    if let object = value as? [String: Any] {
      return object.sorted { $0.key < $1.key }.map { key, member in
        let comment = random.oneIn(8) ? "  # why" : ""
        if let text = inline(member) { return "\(space)\(key): \(text)\(comment)\n" }
        // Entries of a list may be indented as their key is, other values may not.
        let flat = yaml(member, indent: indent, &random)
        let value =
          flat.hasPrefix(space + "- ") && random.oneIn(2)
          ? flat : yaml(member, indent: indent + 2, &random)
        return "\(space)\(key):\(comment)\n" + value
      }.joined()
    }
    return ((value as? [Any]) ?? []).map { element in
      let text = yaml(element, indent: indent + 2, &random)
      return space + "- " + text.dropFirst(indent + 2)
    }.joined()
  }
}
