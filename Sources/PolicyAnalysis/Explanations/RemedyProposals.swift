import PolicyEngine
import PolicyModel

/// What a denied request could say otherwise, so far as the rules for its action can tell.
struct RemedyProposals {
  /// Values beyond these are not tried for one term.
  private static let mostValues = 6
  /// Values beyond these are not tried for what a term is compared with.
  private static let mostTied = 12
  /// Policies beyond these are not tried for one rule.
  private static let mostPolicies = 3

  private let request: RequestData
  private let set: PolicySet
  private let tied: TiedValues
  /// The values of each term that conditions tell apart, in source order.
  private var values: [(term: Term, values: [Value])] = []
  /// What the denies read, and what the conditions of their assignments do.
  private var deniedBy: Set<Term> = []
  private var denyPlaces: Set<UnitIndex> = []

  init(_ request: RequestData, in set: PolicySet) {
    self.request = request
    self.set = set
    tied = TiedValues(set)
    let denying = Set(set.rules.elements.filter { $0.effect == .deny }.map(\.policy))
    for rule in set.rules.elements where rule.effect == .deny {
      deniedBy.formUnion(rule.guardCondition?.reads.terms ?? [])
    }
    for assignment in set.assignments.elements
    where assignment.policies.contains(where: { policy in
      set.policies[policy].closure.contains { denying.contains($0) }
    }) {
      deniedBy.formUnion(assignment.condition?.reads.terms ?? [])
      denyPlaces.formUnion(assignment.places)
    }
    let conditions =
      set.rules.elements.compactMap(\.guardCondition)
      + set.assignments.elements.compactMap(\.condition)
    var order: [Term] = []
    var checks: [Term: [Check]] = [:]
    var seen: Set<Check> = []
    for check in conditions.flatMap(\.checks).map(\.check) where seen.insert(check).inserted {
      for term in check.terms {
        if checks[term] == nil { order.append(term) }
        checks[term, default: []].append(check)
      }
    }
    values = order.compactMap { term in
      let found = distinct(term, checks[term] ?? [])
      return found.isEmpty ? nil : (term, found)
    }
  }

  /// Every single change, the values first.
  func all(_ misses: [NearMiss]) -> [Change] {
    var changes = values.flatMap { term, values in values.map { Change.value(term, $0) } }
    let places = Set(set.assignments.elements.flatMap(\.places) + request.held.compactMap(\.unit))
      .sorted()
    changes += [.unit(.outside)] + places.map { .unit(.unit($0)) }
    guard request.kind != .anonymous else { return changes }
    changes += set.groups.indices.filter { set.groups[$0].isOpen }.map { .group($0) }
    let allowing = Set(set.rules.elements.filter { $0.effect == .allow }.map(\.policy))
    return changes
      + set.policies.indices
      .filter { set.policies[$0].closure.contains { allowing.contains($0) } }
      .map { .policy($0) }
  }

  /// What denies depend on, where an allow applies already.
  func escapes() -> [Change] {
    changes(of: deniedBy) + denyPlaces.sorted().map { .unit(.unit($0)) }
      + (denyPlaces.isEmpty ? [] : [.unit(.outside)])
  }

  /// What has to do with what a rule is missing, and with the denies.
  func changes(for miss: NearMiss) -> [Change] {
    var terms = deniedBy
    var places = denyPlaces
    var groups: Set<GroupIndex> = []
    for shortfall in miss.shortfalls + miss.grants.flatMap(\.shortfalls) {
      switch shortfall {
      case .rule(let obstacle), .assignment(let obstacle):
        let reads = obstacle.condition.reads
        terms.formUnion(reads.terms)
        groups.formUnion(reads.groups)
      case .places(let units, _): places.formUnion(units)
      case .subjects(let subjects, _):
        for case .group(let group) in subjects { groups.insert(group) }
      case .anonymousHolder: break
      }
    }
    var changes = changes(of: terms) + places.sorted().map { Change.unit(.unit($0)) }
    if !denyPlaces.isEmpty { changes.append(.unit(.outside)) }
    guard request.kind != .anonymous else { return changes }
    let open = Set(groups.flatMap { set.groups.openGroups(in: $0) })
    changes += open.sorted().map { .group($0) }
    guard !miss.isInForce else { return changes }
    let own = set.rules[miss.rule].policy
    let around = set.policies.indices.filter { $0 != own && set.policies[$0].closure.contains(own) }
    return changes + ([own] + around).prefix(Self.mostPolicies).map { .policy($0) }
  }

  private func changes(of terms: Set<Term>) -> [Change] {
    values.filter { terms.contains($0.term) }
      .flatMap { term, values in values.map { .value(term, $0) } }
  }

  /// Values of a term, one for each way in which its checks can come out, but for the present one:
  /// as the request is, and with other values for what the term is compared with.
  private func distinct(_ term: Term, _ checks: [Check]) -> [Value] {
    guard term != .principal, isDeclared(term) else { return [] }
    var draft = WitnessDraft(set.catalogue)
    draft.set(.principal, request.principalID.map { .principal($0) })
    draft.set(.resource, request.resourceID.map { .string($0) })
    for (attribute, value) in request.values { draft.set(.attribute(attribute), value) }
    var proposed = checks.flatMap { draft.proposals($0) }.filter { $0.0 == term }.map(\.1)
    let partners = tied.partners(of: term).filter { $0 != .principal && isDeclared($0) }
    if !tied.partners(of: term).isEmpty { proposed += comparable(term, draft) }
    var all = draft
    for case .contains(term, let element) in checks { all.insert(element, into: term) }
    for case .under(term, let path) in checks where draft.type(term) == .paths {
      all.insert(.path(path), into: term)
    }
    if draft.type(term).element != nil, let all = all[term] { proposed.append(all) }
    var situations = [request]
    for partner in partners {
      for value in comparable(partner, draft).prefix(Self.mostValues) {
        var other = request
        other.apply(.value(partner, value))
        situations.append(other)
      }
    }
    func outcomes(_ value: Value?) -> [Truth] {
      situations.flatMap { situation in
        var changed = situation
        if let value { changed.apply(.value(term, value)) }
        return checks.map { truth(of: $0, for: changed, in: set) }
      }
    }
    var seen: Set<[Truth]> = [outcomes(nil)]
    let found = proposed.filter { seen.insert(outcomes($0)).inserted }
    return Array(found.prefix(Self.mostValues))
  }

  /// Values of a term that show how it compares with what it is compared with.
  private func comparable(_ term: Term, _ draft: WitnessDraft) -> [Value] {
    let others = tied.partners(of: term).compactMap { draft[$0] }
    let own = draft[term].map { [$0] } ?? []
    let elements = others.flatMap { $0.isSet ? $0.elements : [$0] }
    let without = own.map { value in
      WitnessDraft.collection(
        value.elements.filter { !elements.contains($0) },
        draft.type(term)
      )
    }
    let bases = own + others.filter(\.isSet) + without
    return Array(tied.values(term, bases: bases, known: others + own).prefix(Self.mostTied))
  }

  /// Whether the service of the action has the term.
  private func isDeclared(_ term: Term) -> Bool {
    guard case .attribute(let index) = term else { return true }
    let service = set.catalogue.actions[request.action].service
    return set.catalogue.attributes[index].services?.contains(service) ?? true
  }
}
