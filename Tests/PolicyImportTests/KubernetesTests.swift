import Foundation
import PolicyEngine
import PolicyModel
import PolicySource
import PolicyTestSupport
import Testing

@testable import PolicyImport

/// Kubernetes, decision by decision beside a reference written apart.
@Suite struct KubernetesTests {
  private static let groups = ["", "apps", "networking.k8s.io"]
  private static let resources = ["pods", "pods/log", "deployments", "deployments/scale"]
  private static let verbs = ["get", "list", "create", "delete"]
  private static let names = ["a", "b"]
  private static let urls = ["/healthz", "/healthz/ready", "/api", "/a*b"]
  private static let namespaces = ["shop", "outside", "ci"]
  private static let users = ["ann", "bo", "system:serviceaccount:ci:robot", "system:anonymous"]
  private static let crews = [
    "crew", "system:serviceaccounts:ci", "system:unauthenticated", "system:authenticated",
  ]

  private static func some(_ all: [String], _ random: inout RandomSource) -> [String] {
    let chosen = all.filter { _ in random.oneIn(2) }
    return chosen.isEmpty ? [random.element(of: all)] : chosen
  }

  private static func rule(_ random: inout RandomSource) -> KubernetesReference.Rule {
    var rule = KubernetesReference.Rule()
    rule.verbs = random.oneIn(5) ? ["*"] : some(verbs, &random)
    if random.oneIn(4) {
      rule.urls = some(urls + ["/healthz*", "/healthz/*", "/a**", "*"], &random)
      return rule
    }
    rule.groups = random.oneIn(5) ? ["*"] : some(groups, &random)
    rule.resources =
      random.oneIn(5) ? [random.oneIn(2) ? "*" : "*/scale"] : some(resources, &random)
    if random.oneIn(4) { rule.names = some(names, &random) }
    return rule
  }

  private static func cluster(_ random: inout RandomSource) -> KubernetesReference {
    var cluster = KubernetesReference()
    for number in 0..<(1 + random.below(4)) {
      var role = KubernetesReference.Role(name: "r\(number)")
      role.rules = (0..<random.below(4)).map { _ in rule(&random) }
      for label in ["team", "part"] where random.oneIn(3) { role.labels[label] = "true" }
      if random.oneIn(3) {
        role.selectors = [[["team", "part"][random.below(2)]: "true"]]
        if random.oneIn(2) { role.selectors.append(["team": "true", "part": "true"]) }
        role.rules = []
      }
      cluster.roles.append(role)
    }
    for number in 0..<random.below(3) {
      var role = KubernetesReference.Role(
        name: "r\(number)",
        namespace: namespaces[random.below(2)]
      )
      role.rules = [rule(&random)].filter(\.urls.isEmpty)
      cluster.roles.append(role)
    }
    for number in 0..<(1 + random.below(5)) {
      let role = random.element(of: cluster.roles)
      let place = role.namespace ?? (random.oneIn(2) ? random.element(of: namespaces) : nil)
      var binding = KubernetesReference.Binding(
        name: "b\(number)",
        namespace: place,
        roleKind: role.namespace == nil ? "ClusterRole" : "Role",
        role: role.name
      )
      for _ in 0..<(1 + random.below(2)) {
        switch random.below(3) {
        case 0: binding.subjects.append(.init(kind: "User", name: random.element(of: users)))
        case 1: binding.subjects.append(.init(kind: "Group", name: random.element(of: crews)))
        default:
          binding.subjects.append(.init(kind: "ServiceAccount", name: "robot", namespace: "ci"))
        }
      }
      cluster.bindings.append(binding)
    }
    return cluster
  }

  private static func request(_ random: inout RandomSource) -> KubernetesReference.Request {
    let user = random.element(of: users)
    var request = KubernetesReference.Request(user: user, groups: ["system:authenticated"])
    if user == "system:anonymous" {
      request.groups = ["system:unauthenticated"]
    } else if user.hasPrefix("system:serviceaccount:") {
      request.groups += ["system:serviceaccounts:ci"]
    } else if random.oneIn(2) {
      request.groups.append("crew")
    }
    request.verb = random.element(of: verbs)
    if random.oneIn(4) {
      request.url = random.element(of: urls + ["/healthz/x", "/a*bc"])
      return request
    }
    request.group = random.element(of: groups)
    request.resource = random.element(of: resources)
    if !random.oneIn(3) { request.name = random.element(of: names + ["c"]) }
    if !random.oneIn(4) { request.namespace = random.element(of: namespaces) }
    return request
  }

  private static func document(
    _ request: KubernetesReference.Request,
    units: Set<String>
  ) -> RequestDocument {
    let path = (request.group.isEmpty ? "" : request.group + "/") + request.resource
    var document = RequestDocument(action: "\(path).\(request.verb)")
    if request.user == "system:anonymous" {
      document.subjectType = "anonymous"
    } else {
      let parts = request.user.split(separator: ":")
      document.subjectType = parts.count == 4 ? "service-account" : "user"
      document.subjectID = parts.count == 4 ? "\(parts[2])/\(parts[3])" : request.user
      document.groups = request.groups
    }
    // A namespace that no binding is of is no unit of the set.
    document.unit = units.contains(request.namespace) ? .unit(request.namespace) : .outside
    if let url = request.url {
      document.action = "nonResourceURLs.\(request.verb)"
      document.resourceProperties = [NamedValue("path", .string(url))]
    } else if !request.name.isEmpty {
      document.resourceID = request.name
    }
    return document
  }

  @Test func `random roles and bindings decide as the reference`() throws {
    var allowed = 0
    for seed in RandomCases(40).seeds {
      var random = RandomSource(seed: seed)
      let cluster = Self.cluster(&random)
      let text = try cluster.text(&random)
      var options = ImportOptions()
      if random.oneIn(2) {
        let paths = Self.groups.flatMap { group in
          Self.resources.flatMap { resource in
            Self.verbs.map { "\(group.isEmpty ? "" : group + "/")\(resource).\($0)" }
          }
        }
        let urls = Self.verbs.map { "nonResourceURLs.\($0)" }
        options.known = KnownActions(paths: paths + urls, areDeclared: false)
      }
      let imported: ImportedSet
      do {
        imported = try ImportedSet([("m.yaml", text)], from: .kubernetes, options: options)
      } catch {
        Issue.record("POL_SEED=\(seed): \(error)\n\(text)")
        return
      }
      #expect(options.known == nil || imported.isWhole, "POL_SEED=\(seed)\n\(text)")
      let known = Set(imported.set.catalogue.actions.elements.map(\.path))
      let units = Set(imported.set.units.elements.map(\.path))
      for _ in 0..<80 {
        let request = Self.request(&random)
        let document = Self.document(request, units: units)
        let decision = try imported.allows(document)
        let expected = cluster.allows(request)
        allowed += decision ? 1 : 0
        // What no file names is no action, and so is denied.
        let isThere = known.contains(document.action) || options.known != nil
        guard decision == (expected && isThere) else {
          Issue.record("POL_SEED=\(seed): \(request): \(expected)\n\(text)\n\(imported.text)")
          return
        }
      }
    }
    #expect(allowed > 50)
  }

  @Test func `a default namespace is for those that name none`() throws {
    let manifest = """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: {name: a}
      rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]
      """
    var options = ImportOptions()
    #expect(!(try ImportedSet([("a.yaml", manifest)], from: .kubernetes).isWhole))
    options.namespace = "shop"
    let imported = try ImportedSet([("a.yaml", manifest)], from: .kubernetes, options: options)
    #expect(imported.isWhole && imported.text.contains("role `shop/a` {"))
  }
}
