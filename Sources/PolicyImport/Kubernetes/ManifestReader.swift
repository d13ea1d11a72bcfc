import PolicySource

/// A rule of a role, as a manifest has it.
struct ManifestRule: Sendable {
  var groups: [Name] = []
  var resources: [Name] = []
  var verbs: [Name] = []
  /// The names of the objects that it is about; all where it is empty.
  var names: [Name] = []
  /// The paths that are no resources.
  var urls: [Name] = []
  let span: SourceSpan
}

/// A Role or ClusterRole.
struct ManifestRole: Sendable {
  let name: Name
  /// The namespace of a Role.
  let namespace: Name?
  var rules: [ManifestRule] = []
  /// What an aggregated ClusterRole selects by labels; nil where it is none.
  var selectors: [LabelSelector]?
  var labels: [Name: Name] = [:]
  let span: SourceSpan
}

/// A RoleBinding or ClusterRoleBinding.
struct ManifestBinding: Sendable {
  let name: Name
  /// The namespace of a RoleBinding.
  let namespace: Name?
  /// Whether the role is one of the namespace.
  var isOfNamespace = false
  var role = Name("")
  var roleSpan: SourceSpan
  var subjects: [(subject: PolicyDraft.Subject, span: SourceSpan)] = []
  let span: SourceSpan
}

/// Reads the roles and bindings of manifests; what is no role or binding is passed over.
///
/// Keys that the API does not have are refused: a misspelt `resourceNames` would let the rule reach
/// every object.
struct ManifestReader {
  private let defaultNamespace: Name?
  private(set) var roles: [ManifestRole] = []
  private(set) var bindings: [ManifestBinding] = []
  private(set) var report: ImportReport

  init(defaultNamespace: String?, _ report: ImportReport) {
    self.defaultNamespace = defaultNamespace.map { Name($0) }
    self.report = report
  }

  /// Reads a file of YAML, or of JSON as kubectl writes it.
  mutating func read(_ file: SourceFile, as id: FileID) {
    if file.bytes.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) == UInt8(ascii: "{") {
      if let node = DataNode.json(file, as: id, &report) { read(node, kind: nil, version: nil) }
      return
    }
    do throws(YAMLError) {
      for document in try YAMLReader.documents(file, as: id) {
        read(document, kind: nil, version: nil)
      }
    } catch {
      let place = SourceSpan(
        file: id,
        lower: UInt32(error.place.lowerBound),
        upper: UInt32(error.place.upperBound)
      )
      report.unreadable(place, error.message)
    }
  }

  private static let group = "rbac.authorization.k8s.io"

  /// Reads an object; those of a typed list do not say again what they are.
  private mutating func read(_ node: DataNode, kind listed: String?, version: String?) {
    guard case .object = node.value else {
      return report.unreadable(node.span, "\(node.kind) stands where an object is expected")
    }
    guard let kind = node["kind"]?.string ?? listed,
      let version = node["apiVersion"]?.string ?? version
    else {
      return report.unreadable(node.span, "the object does not say its `apiVersion` and `kind`")
    }
    if kind.hasSuffix("List"), let items = node["items"] {
      let inner = String(kind.dropLast(4))
      for item in list(items) {
        read(item, kind: inner.isEmpty ? nil : inner, version: inner.isEmpty ? nil : version)
      }
      return
    }
    guard ["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"].contains(kind) else {
      return
    }
    guard ["\(Self.group)/v1", "\(Self.group)/v1beta1"].contains(version) else {
      let place = node["apiVersion"]?.span ?? node.span
      return report.leftOut(
        place,
        "\(kind) of `\(version)` is not read",
        help: "`\(Self.group)/v1` is"
      )
    }
    readNamed(node, kind)
  }

  private mutating func readNamed(_ node: DataNode, _ kind: String) {
    let isBinding = kind.hasSuffix("Binding")
    let parts = isBinding ? ["subjects", "roleRef"] : ["rules", "aggregationRule"]
    guard node.isObject(of: ["apiVersion", "kind", "metadata"] + parts, &report) else { return }
    guard let metadata = node["metadata"], let name = text(metadata["name"], "name", in: metadata)
    else {
      return report.unreadable(node.span, "the \(kind) has no `metadata` with a `name`")
    }
    var namespace: Name?
    if !kind.hasPrefix("Cluster") {
      let said = metadata["namespace"]
      namespace = said == nil ? defaultNamespace : text(said, "namespace", in: metadata)
      guard namespace != nil else {
        return report.leftOut(
          metadata.span,
          "\(kind) `\(name.text)` does not say its namespace",
          help: "write `namespace` below `metadata`, or give `--namespace`"
        )
      }
    }
    if isBinding {
      readBinding(node, name, namespace)
    } else {
      readRole(node, name, namespace, labels: metadata["labels"])
    }
  }

  private mutating func readRole(
    _ node: DataNode,
    _ name: Name,
    _ namespace: Name?,
    labels: DataNode?
  ) {
    var role = ManifestRole(name: name, namespace: namespace, span: node.span)
    for label in labels?.members ?? [] {
      if let value = label.value.string { role.labels[label.key] = Name(value) }
    }
    for rule in list(node["rules"]) {
      if let rule = self.rule(rule) { role.rules.append(rule) }
    }
    if let aggregation = node["aggregationRule"],
      aggregation.isObject(of: ["clusterRoleSelectors"], &report)
    {
      guard namespace == nil else {
        return report.unreadable(aggregation.span, "only a ClusterRole has an `aggregationRule`")
      }
      role.selectors = list(aggregation["clusterRoleSelectors"]).map { selector($0) }
    }
    roles.append(role)
  }

  private mutating func rule(_ node: DataNode) -> ManifestRule? {
    let keys = ["apiGroups", "resources", "verbs", "resourceNames", "nonResourceURLs"]
    guard node.isObject(of: keys, &report) else { return nil }
    var rule = ManifestRule(span: node.span)
    rule.groups = texts(node["apiGroups"])
    rule.resources = texts(node["resources"])
    rule.verbs = texts(node["verbs"])
    rule.names = texts(node["resourceNames"])
    rule.urls = texts(node["nonResourceURLs"])
    guard rule.urls.isEmpty || rule.resources.isEmpty && rule.groups.isEmpty else {
      report.unreadable(node.span, "a rule is about resources or about other URLs, not both")
      return nil
    }
    return rule
  }

  private mutating func selector(_ node: DataNode) -> LabelSelector {
    var selector = LabelSelector()
    guard node.isObject(of: ["matchLabels", "matchExpressions"], &report) else { return selector }
    for label in node["matchLabels"]?.members ?? [] {
      guard let value = text(label.value, label.key.text, in: node) else { continue }
      selector.requirements.append(.isOneOf(label.key, [value]))
    }
    for expression in list(node["matchExpressions"]) {
      guard expression.isObject(of: ["key", "operator", "values"], &report),
        let key = text(expression["key"], "key", in: expression),
        let word = text(expression["operator"], "operator", in: expression)
      else { continue }
      let values = texts(expression["values"])
      switch word.text {
      case "In": selector.requirements.append(.isOneOf(key, values))
      case "NotIn": selector.requirements.append(.isNoneOf(key, values))
      case "Exists": selector.requirements.append(.exists(key))
      case "DoesNotExist": selector.requirements.append(.existsNot(key))
      default: report.unreadable(expression.span, "there is no operator `\(word.text)`")
      }
    }
    return selector
  }
}

extension ManifestReader {
  private mutating func readBinding(_ node: DataNode, _ name: Name, _ namespace: Name?) {
    guard let reference = node["roleRef"],
      reference.isObject(of: ["apiGroup", "kind", "name"], &report),
      let kind = text(reference["kind"], "kind", in: reference),
      let role = text(reference["name"], "name", in: reference)
    else {
      if node["roleRef"] == nil { report.unreadable(node.span, "the binding has no `roleRef`") }
      return
    }
    guard kind.text == "ClusterRole" || kind.text == "Role" && namespace != nil else {
      return report.unreadable(reference.span, "a binding of this kind has no `\(kind.text)`")
    }
    var binding = ManifestBinding(
      name: name,
      namespace: namespace,
      isOfNamespace: kind.text == "Role",
      role: role,
      roleSpan: reference.span,
      span: node.span
    )
    for node in list(node["subjects"]) {
      if let subject = subject(node, namespace) { binding.subjects.append((subject, node.span)) }
    }
    bindings.append(binding)
  }

  /// A subject by its kind; nil where it means nobody, which has been said.
  private mutating func subject(_ node: DataNode, _ namespace: Name?) -> PolicyDraft.Subject? {
    guard node.isObject(of: ["apiGroup", "kind", "name", "namespace"], &report),
      let kind = text(node["kind"], "kind", in: node),
      let name = text(node["name"], "name", in: node)
    else { return nil }
    let subject: PolicyDraft.Subject
    switch kind.text {
    case "User": subject = Self.user(name)
    case "Group":
      subject = name.text == "system:unauthenticated" ? .anonymous : .group(name)
      guard name.isSayable else {
        report.leftOut(node.span, "a group cannot be called `\(name.text)`")
        return nil
      }
    case "ServiceAccount":
      let said = node["namespace"]
      guard let place = said == nil ? namespace : text(said, "namespace", in: node) else {
        report.unreadable(node.span, "the service account has no namespace")
        return nil
      }
      guard let account = Self.account(place.text, name.text) else {
        report.unreadable(node.span, "there is no service account of this name")
        return nil
      }
      subject = account
    default:
      report.unreadable(node.span, "there is no kind of subject `\(kind.text)`")
      return nil
    }
    guard subject.isSayable else {
      report.leftOut(node.span, "a principal cannot be called `\(name.text)`")
      return nil
    }
    return subject
  }

  /// The principal behind a user's name: some are service accounts, or nobody in particular.
  private static func user(_ name: Name) -> PolicyDraft.Subject {
    if name.text == "system:anonymous" { return .anonymous }
    let parts = name.text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 4, name.text.hasPrefix("system:serviceaccount:") else {
      return .user(name)
    }
    return account(String(parts[2]), String(parts[3])) ?? .user(name)
  }

  /// A service account by its namespace and name, between which there is a slash.
  private static func account(_ namespace: String, _ name: String) -> PolicyDraft.Subject? {
    let hasSlash = (namespace + name).utf8.contains(UInt8(ascii: "/"))
    guard !namespace.isEmpty, !name.isEmpty, !hasSlash else { return nil }
    return .serviceAccount(Name("\(namespace)/\(name)"))
  }

  private mutating func list(_ node: DataNode?) -> [DataNode] {
    switch node?.value {
    case nil, .null: return []
    case .list(let elements): return elements
    default:
      if let node { report.unreadable(node.span, "\(node.kind) stands where a list is expected") }
      return []
    }
  }

  private mutating func texts(_ node: DataNode?) -> [Name] {
    list(node).compactMap { text($0, "", in: $0) }
  }

  private mutating func text(_ node: DataNode?, _ key: String, in parent: DataNode) -> Name? {
    if let text = node?.string { return Name(text) }
    if let node {
      report.unreadable(
        node.span,
        "\(node.kind) stands where a text is expected",
        help: "write it in quotes, if a text is meant"
      )
    } else {
      report.unreadable(parent.span, "there is no `\(key)`")
    }
    return nil
  }
}
