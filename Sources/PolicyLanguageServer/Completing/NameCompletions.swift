import PolicyChecker
import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax

/// The names that are legal at a place.
struct NameCompletions {
  let analysis: SetAnalysis
  /// What the parser makes of a name there.
  let trial: Trial

  private var set: PolicySet { analysis.set }
  private var tree: SyntaxTree { trial.tree }
  /// A word that nothing is called.
  static let placeholder = "pol_placeholder"

  var items: [CompletionItem] {
    guard trial.innermost == .name, let parent = trial.parent, let own = trial.path.last else {
      return []
    }
    let siblings = tree.nodes(parent)
    let isFirst = siblings.first == own
    switch tree.kind(parent) {
    case .pattern: return isFirst ? services + [everything] : members(of: parent)
    case .serviceSet: return services
    case .memberSet: return trial.around(.pattern).map { members(of: $0) } ?? []
    case .includes, .assign, .asClause, .canAssertion, .onlyAssertion, .holdsAssertion:
      return policies(besides: siblings.filter { $0 != own })
    case .memberSubject: return tree.has(parent, .group) ? groups : []
    case .groupCheck: return groups
    case .attributeReference: return attributes(of: parent)
    case .letReference: return lets
    case .place: return units(below: siblings.filter { $0 != own }.map { tree.nameText($0) })
    case .namedType, .setType: return types(isElement: tree.kind(parent) == .setType)
    case .annotation: return isFirst ? annotations : codes(of: siblings)
    default: return []
    }
  }

  private func item(_ symbol: Symbol, _ kind: CompletionItem.Kind) -> CompletionItem {
    let heading = analysis.heading(symbol)
    var item = CompletionItem(label: heading.name, kind: kind)
    item.detail = heading.title ?? analysis.kindWord(symbol)
    item.documentation = SymbolText(analysis: analysis, symbol: symbol).summary
    item.isDeprecated = heading.annotation("deprecated") != nil
    switch symbol {
    case .policy, .letName:
      item.text = describe(name: heading.name, reserved: reservedPolicyNames)
    default: item.text = describe(name: heading.name)
    }
    return item
  }

  // MARK: - Actions

  private var everything: CompletionItem {
    CompletionItem(label: "*", kind: .value, detail: "every action of every service")
  }

  private var services: [CompletionItem] {
    self.set.catalogue.services.indices
      .filter { !set.catalogue.services[$0].actions.isEmpty }
      .map { item(.service($0), .classKind) }
  }

  /// The members that every one of the pattern's services has; of `*.` those that any has.
  private func members(of pattern: NodeID) -> [CompletionItem] {
    guard let head = tree.nodes(pattern).first else { return [] }
    let isEverywhere = tree.kind(head) == .star
    let names = tree.kind(head) == .serviceSet ? tree.nodes(head) : [head]
    let wanted = Set(names.map { tree.nameText($0) })
    var counts: [String: Int] = [:]
    var first: [(symbol: Symbol, kind: CompletionItem.Kind)] = []
    func add(_ symbol: Symbol, _ service: ServiceIndex, _ kind: CompletionItem.Kind) {
      guard isEverywhere || wanted.contains(set.catalogue.services[service].heading.name) else {
        return
      }
      let name = analysis.heading(symbol).name
      counts[name, default: 0] += 1
      if counts[name] == 1 { first.append((symbol, kind)) }
    }
    for (position, group) in set.catalogue.groups.enumerated() where !group.actions.isEmpty {
      add(.actionGroup(position), group.service, .module)
    }
    for index in set.catalogue.actions.indices {
      add(.action(index), set.catalogue.actions[index].service, .method)
    }
    let needed = isEverywhere ? 1 : wanted.count
    let found = first.filter { counts[analysis.heading($0.symbol).name, default: 0] >= needed }
      .map { item($0.symbol, $0.kind) }
    return found + [CompletionItem(label: "*", kind: .value, detail: "every action of it")]
  }

  // MARK: - Policies, groups and units

  /// Policies that are not named already; an included one may not include the policy itself.
  private func policies(besides others: [NodeID]) -> [CompletionItem] {
    let named = Set(others.map { tree.nameText($0) })
    let own =
      trial.around(.includes) == nil
      ? nil
      : trial.around(.policy)
        .flatMap { tree.nameNode($0) }.map { tree.nameText($0) }
    return set.policies.indices.filter { index in
      let policy = set.policies[index]
      if named.contains(policy.heading.name) { return false }
      guard let own else { return true }
      return !policy.closure.contains { set.policies[$0].heading.name == own }
    }.map { item(.policy($0), .function) }
  }

  private var groups: [CompletionItem] {
    let own =
      trial.around(.groupBlock) == nil
      ? nil
      : trial.around(.group)
        .flatMap { tree.nameNode($0) }.map { tree.nameText($0) }
    return set.groups.indices.filter { set.groups[$0].heading.name != own }
      .map { item(.group($0), .event) }
  }

  private func units(below names: [String]) -> [CompletionItem] {
    set.units.indices.filter { index in
      guard let parent = set.units[index].parent else { return names.isEmpty }
      return set.units[parent].path == names.joined(separator: "/")
    }.map { item(.unit($0), .unit) }
  }

  // MARK: - Conditions

  /// Attributes of the space that is written; of resources, those that all services have which the
  /// rule is about; beside a comparison, those of the type of the other side.
  private func attributes(of reference: NodeID) -> [CompletionItem] {
    let space: AttributeSpace =
      tree.has(reference, .principal)
      ? .principal : tree.has(reference, .context) ? .context : .resource
    let services = servicesOfRule()
    let other = otherType(than: reference)
    return set.catalogue.attributes.indices.filter { index in
      let attribute = set.catalogue.attributes[index]
      guard attribute.space == space else { return false }
      if let own = attribute.services, let services, !services.isSubset(of: own) { return false }
      guard let other else { return true }
      return attribute.type == other || attribute.type == other.element
        || attribute.type.element == other
    }.map { item(.attribute($0), .property) }
  }

  /// The services of the actions of the rule or expectation; nil outside of both.
  ///
  /// An assignment is about all of them.
  private func servicesOfRule() -> Set<ServiceIndex>? {
    if trial.around(.assign) != nil { return Set(set.catalogue.services.indices) }
    guard
      let rule = trial.around(.rule) ?? trial.around(.expectation) ?? trial.around(.canAssertion)
        ?? trial.around(.onlyAssertion),
      let actions = tree.first(rule, .actions)
    else { return nil }
    let stranger = tree.renumbered(as: FileID(analysis.snapshot.sources.files.count))
    let found = analysis.checked.actions(of: actions, in: stranger).matched
    return Set(found.actions.map { set.catalogue.actions[$0].service })
  }

  /// The type of the attribute on the left of the check whose right side a node is.
  private func otherType(than node: NodeID) -> AttributeType? {
    guard let position = trial.path.lastIndex(of: node), position > 0 else { return nil }
    let check = trial.path[position - 1]
    guard [.comparison, .inCheck, .underCheck, .containsCheck].contains(tree.kind(check)),
      let left = tree.nodes(check).first, left != node
    else { return nil }
    return type(of: left)
  }

  private func type(of reference: NodeID) -> AttributeType? {
    guard tree.kind(reference) == .attributeReference else { return nil }
    let space: AttributeSpace =
      tree.has(reference, .principal)
      ? .principal : tree.has(reference, .context) ? .context : .resource
    guard let name = tree.nameNode(reference) else { return space == .principal ? .principal : nil }
    let text = tree.nameText(name)
    return set.catalogue.attributes.elements
      .first { $0.space == space && $0.heading.name == text }?.type
  }

  /// The `let`s that may stand there, and the words of a one-of type.
  private var lets: [CompletionItem] {
    guard let reference = trial.around(.letReference) else { return [] }
    let other = otherType(than: reference)
    let check = trial.path.dropLast().last { $0 != reference }
    let own = trial.around(.letDeclaration).flatMap { tree.nameNode($0) }.map { tree.nameText($0) }
    let found = analysis.checked.lets.indices.filter { position in
      guard analysis.checked.lets[position].name != own else { return false }
      return isLegal(analysis.checked.meaning(ofLet: position), in: check, beside: other)
    }.map { item(.letName($0), .constant) }
    guard case .oneOf(let words)? = other else { return found }
    return found + words.map { CompletionItem(label: describe(string: $0), kind: .value) }
  }

  private func isLegal(
    _ meaning: LetMeaning?,
    in check: NodeID?,
    beside other: AttributeType?
  ) -> Bool {
    guard let meaning else { return false }
    switch check.map({ tree.kind($0) }) {
    case .comparison, .binding:
      switch meaning {
      case .condition, .list: return false
      case .text: return other != .int && other != .bool
      case .value(let type): return other == nil || other == type
      }
    case .inCheck, .underCheck, .containsCheck:
      if case .condition = meaning { return false }
      return true
    case .list:
      switch meaning {
      case .condition, .list: return false
      default: return true
      }
    case .letDeclaration: return true
    default:
      switch meaning {
      case .condition, .value(.bool): return true
      default: return false
      }
    }
  }

  // MARK: - Fixed words

  private func types(isElement: Bool) -> [CompletionItem] {
    let names =
      isElement
      ? ["String", "Path", "Principal"]
      : ["Bool", "Int", "String", "IP", "Time", "Path", "Principal", "Set"]
    return names.map { CompletionItem(label: $0, kind: .type) }
  }

  private var annotations: [CompletionItem] {
    AnnotationForm.all.map { form in
      CompletionItem(
        label: form.name,
        kind: .function,
        detail: form.label,
        documentation: form.meaning
      )
    }
  }

  private func codes(of parts: [NodeID]) -> [CompletionItem] {
    guard parts.first.map({ tree.nameText($0) }) == "suppress", parts.count == 2 else { return [] }
    return SetSettings.suppressible.map {
      CompletionItem(label: $0.code.rawValue, kind: .value, detail: $0.finds)
    }
  }
}
