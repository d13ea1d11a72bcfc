import PolicyModel
import PolicyReport
import PolicySource

/// Kubernetes: roles and bindings, which only ever add.
///
/// The action of a request is `GROUP/RESOURCE.VERB`, its namespace a unit, the name of its object the
/// id of the resource.
struct KubernetesImport {
  private let roles: [ManifestRole]
  private let bindings: [ManifestBinding]
  private let catalogue: ResourceCatalogue
  private let declares: Bool
  private var draft = PolicyDraft(catalogue: "kubernetes")
  private var report: ImportReport
  /// What a path was made of, since two resources can have one.
  private var origins: [ActionName: ResourceVerb] = [:]

  static func draft(
    of sources: SourceMap,
    _ options: ImportOptions,
    _ report: inout ImportReport
  ) -> PolicyDraft? {
    var reader = ManifestReader(defaultNamespace: options.namespace, report)
    for id in sources.ids { reader.read(sources[id], as: id) }
    if reader.roles.isEmpty, reader.bindings.isEmpty, reader.report.diagnostics.isEmpty {
      let start = SourceSpan(file: FileID(0), lower: 0, upper: 0)
      report.unreadable(start, "there is no role and no binding")
      return nil
    }
    var importer = KubernetesImport(reader, options)
    importer.write()
    report = importer.report
    return importer.draft
  }

  private init(_ reader: ManifestReader, _ options: ImportOptions) {
    roles = reader.roles.sorted {
      ($0.namespace ?? Name(""), $0.name) < ($1.namespace ?? Name(""), $1.name)
    }
    bindings = reader.bindings.sorted {
      ($0.namespace ?? Name(""), $0.name) < ($1.namespace ?? Name(""), $1.name)
    }
    report = reader.report
    catalogue = ResourceCatalogue(reader.roles, known: options.known)
    declares = !(options.known?.areDeclared ?? false)
    if declares {
      draft.actions = Set((options.known?.paths ?? []).compactMap { ActionName(path: $0) })
    }
  }

  private static func policyName(_ name: Name, in namespace: Name?) -> Name {
    namespace.map { Name("\($0.text)/\(name.text)") } ?? name
  }

  private mutating func write() {
    var written: Set<Name> = []
    for role in roles {
      let name = Self.policyName(role.name, in: role.namespace)
      guard name.isSayable else {
        report.leftOut(role.span, "a role cannot be called `\(name.text)`")
        continue
      }
      guard written.insert(name).inserted else {
        report.unreadable(role.span, "there are two roles `\(name.text)`")
        continue
      }
      var policy = PolicyDraft.Policy(name: name)
      if role.selectors != nil {
        policy.includes = aggregated(role)
      } else {
        for rule in role.rules { policy.rules += rules(rule) }
      }
      draft.policies.append(policy)
    }
    for binding in bindings { assign(binding, among: written) }
    if draft.actions.contains(where: { $0.service == ResourceCatalogue.urls }) {
      draft.serviceAttributes[ResourceCatalogue.urls] = [
        PolicyDraft.Attribute(space: .resource, name: Name("path"), type: "String")
      ]
    }
  }

  /// The roles that an aggregated one is made of, through others that are aggregated too.
  ///
  /// Its own rules are those that Kubernetes wrote there, and would write again.
  private mutating func aggregated(_ role: ManifestRole) -> [Name] {
    let cluster = roles.filter { $0.namespace == nil }
    var seen: Set<Name> = [role.name]
    var waiting = [role]
    var found: [ManifestRole] = []
    while let next = waiting.popLast() {
      guard let selectors = next.selectors else {
        found.append(next)
        continue
      }
      for other in cluster where selectors.contains(where: { $0.matches(other.labels) }) {
        if seen.insert(other.name).inserted { waiting.append(other) }
      }
    }
    let reached = Set(found.flatMap(\.rules).flatMap(cells))
    let lacking = role.rules.filter { !reached.isSuperset(of: cells($0)) }
    for rule in lacking {
      report.leftOut(
        rule.span,
        "aggregated role `\(role.name.text)` has a rule that no role here brings into it",
        help: "import the roles too that its `aggregationRule` selects"
      )
    }
    return found.map(\.name).filter(\.isSayable).sorted()
  }

  private struct Cell: Hashable {
    let what: ResourceVerb
    let names: Set<Name>
  }

  /// What a rule grants, to compare rules with.
  private func cells(_ rule: ManifestRule) -> [Cell] {
    if !rule.urls.isEmpty {
      return rule.urls.flatMap { url in
        catalogue.urlVerbs(rule).map { verb in
          Cell(
            what: ResourceVerb(group: ResourceCatalogue.urls, resource: url, verb: verb),
            names: []
          )
        }
      }
    }
    return catalogue.matches(rule).map { Cell(what: $0, names: Set(rule.names)) }
  }

  private mutating func assign(_ binding: ManifestBinding, among written: Set<Name>) {
    let name = Self.policyName(binding.role, in: binding.isOfNamespace ? binding.namespace : nil)
    guard written.contains(name) else {
      return report.leftOut(
        binding.roleSpan,
        "the role `\(name.text)` of binding `\(binding.name.text)` is in none of the files"
      )
    }
    guard !binding.subjects.isEmpty else { return }
    if let place = binding.namespace {
      guard place.isSayable, !place.text.utf8.contains(UInt8(ascii: "/")) else {
        return report.leftOut(binding.span, "a unit cannot be called `\(place.text)`")
      }
      draft.units.insert(place)
    }
    for case .group(let group) in binding.subjects.map(\.subject) { draft.groups.insert(group) }
    let kind = binding.namespace == nil ? "ClusterRoleBinding" : "RoleBinding"
    draft.assignments.append(
      PolicyDraft.Assignment(
        policies: [name],
        subjects: Set(binding.subjects.map(\.subject)).sorted(),
        place: binding.namespace,
        comments: ["\(kind) \(binding.name.text)"]
      )
    )
  }
}

extension KubernetesImport {
  /// The rules of policy text that say what one of a manifest does.
  private mutating func rules(_ rule: ManifestRule) -> [PolicyDraft.Rule] {
    rule.urls.isEmpty ? resourceRules(rule) : urlRules(rule)
  }

  private mutating func resourceRules(_ rule: ManifestRule) -> [PolicyDraft.Rule] {
    var actions: Set<ActionName> = []
    for cell in catalogue.matches(rule).sorted() {
      guard let action = ActionName(path: cell.path), action.service != ResourceCatalogue.urls
      else {
        report.leftOut(rule.span, "an action cannot be called `\(cell.path)`")
        continue
      }
      if let other = origins[action], other != cell {
        report.leftOut(rule.span, "two resources have an action `\(cell.path)`")
        continue
      }
      origins[action] = cell
      actions.insert(action)
    }
    var stars: [Name] = []
    for name in rule.groups + rule.resources + rule.verbs
    where ResourceCatalogue.isPattern(name) && !stars.contains(name) {
      stars.append(name)
    }
    let nothing = rule.verbs.isEmpty || rule.groups.isEmpty || rule.resources.isEmpty
    sayReach(rule, stars, actions.count, isIdle: nothing)
    let condition = names(rule)
    guard !actions.isEmpty, !condition.isNever else { return [] }
    if declares { draft.actions.formUnion(actions) }
    return [
      PolicyDraft.Rule(
        effect: .allow,
        actions: ActionName.patterns(of: actions),
        condition: condition
      )
    ]
  }

  /// Says where a rule reaches less than it would: what a star means is not all in the files, and a
  /// catalogue may lack what a rule names.
  private mutating func sayReach(
    _ rule: ManifestRule,
    _ stars: [Name],
    _ count: Int,
    isIdle: Bool
  ) {
    if isIdle { return report.remark(rule.span, "the rule grants nothing") }
    if count == 0 {
      return report.leftOut(
        rule.span,
        catalogue.isComplete
          ? "the catalogue has nothing that this rule is about"
          : "nothing that this rule is about is named in the files",
        help: catalogue.isComplete ? nil : "`--catalogue` says what there is"
      )
    }
    let missing = catalogue.missing(rule)
    if let first = missing.first {
      let count = Tally.count(missing.count, "action")
      report.remark(
        rule.span,
        "the catalogue lacks \(count) of those that the rule names, such as `\(first.path)`"
      )
    }
    if !catalogue.isComplete, !stars.isEmpty {
      let words = stars.map { "`\($0.text)`" }.joined(separator: ", ")
      report.leftOut(
        rule.span,
        "\(words) reaches only the \(Tally.count(count, "action")) that the files name",
        help: "`--catalogue` says what there is"
      )
    }
  }

  /// Whether the object of a request is one of those that a rule names.
  private mutating func names(_ rule: ManifestRule) -> DraftCondition {
    guard !rule.names.isEmpty else { return .all([]) }
    // No request has an object with an empty name; one for several objects has none at all.
    let texts = Set(rule.names).filter { !$0.text.isEmpty }.sorted()
      .map { describe(string: $0.text) }
    if texts.count < Set(rule.names).count {
      report.leftOut(rule.span, "an empty name in `resourceNames` means requests without a name")
    }
    switch texts.count {
    case 0: return .any([])
    case 1: return .compare("resource", "==", texts[0])
    default: return .compare("resource", "in", "[\(texts.joined(separator: ", "))]")
    }
  }

  private mutating func urlRules(_ rule: ManifestRule) -> [PolicyDraft.Rule] {
    let verbs = catalogue.urlVerbs(rule)
    let stars = rule.verbs.contains(ResourceCatalogue.all) ? [ResourceCatalogue.all] : []
    let actions = Set(
      verbs.filter(\.isSayable).map { ActionName(service: ResourceCatalogue.urls, action: $0) }
    )
    sayReach(rule, stars, actions.count, isIdle: rule.verbs.isEmpty)
    guard !actions.isEmpty else { return [] }
    var paths: [DraftCondition] = []
    for url in Set(rule.urls).sorted() {
      // Stars at the end of a path stand for any text; elsewhere they stand for themselves.
      var literal = url.text
      while literal.hasSuffix("*") { literal.removeLast() }
      if literal.utf8.count == url.text.utf8.count {
        paths.append(.compare("resource.path", "==", describe(string: literal)))
      } else {
        let text = describe(string: literal, isPattern: true).dropLast()
        paths.append(.compare("resource.path", "like", "\(text)*\""))
      }
    }
    if declares { draft.actions.formUnion(actions) }
    return [
      PolicyDraft.Rule(
        effect: .allow,
        actions: ActionName.patterns(of: actions),
        condition: rule.urls.contains(ResourceCatalogue.all) ? .all([]) : .some(paths)
      )
    ]
  }
}
