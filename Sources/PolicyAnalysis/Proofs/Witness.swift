import PolicyCompiler
import PolicyEngine
import PolicyModel

/// Makes requests from classes of variables.
///
/// The classes may contradict each other where variables are tied together (two attributes compared
/// with each other and with constants), and not all that can meet them is tried. Whoever uses the
/// requests asks the interpreter what they show.
struct Witness {
  let facts: PrincipalFacts
  let values: TiedValues
  let scenario: Scenario
  let set: PolicySet

  /// Requests in which variables have the given classes, and everything else is missing.
  func requests(
    _ way: Way,
    for action: ActionIndex
  ) -> [RequestData] {
    guard let request = principal(way, for: action) else { return [] }
    return ([request] + namesakes(of: request, way)).flatMap { request in
      var request = request
      var draft = WitnessDraft(set.catalogue)
      draft.set(.principal, request.principalID.map { .principal($0) })
      for step in way {
        draft.take(step.variable.subject, step.witness)
        if case .unit(let unit) = step.witness { request.unit = unit }
      }
      return values.drafts(draft, way).map { finished(request, $0) }
    }
  }

  /// The same request, made by those whom classes of what is compared with the principal name.
  private func namesakes(of request: RequestData, _ way: Way) -> [RequestData] {
    switch scenario.who {
    case .anonymous, .principal: return []
    case .anyone, .member: break
    }
    let partners = way.compactMap { TiedPair($0) }.flatMap { pair in
      pair.left == .principal ? [pair.right] : pair.right == .principal ? [pair.left] : []
    }
    guard !partners.isEmpty else { return [] }
    var ids: [PrincipalID] = []
    for step in way {
      guard let term = step.variable.subject.onlyTerm, partners.contains(term) else { continue }
      for witness in step.variable.witnesses[step.numbers] {
        switch witness {
        case .value(.principal(let id)), .element(.principal(let id), true): ids.append(id)
        default: break
        }
      }
    }
    return ids.map { id in
      var request = request
      request.kind = id.kind
      request.identity = .named(id.id)
      return request
    }
  }

  /// A request of a principal that has the classes, without values; nil if none has them.
  private func principal(
    _ way: Way,
    for action: ActionIndex
  ) -> RequestData? {
    var request = RequestData(
      groups: [],
      held: scenario.held.map { Holding($0) },
      action: action
    )
    var memberships: [GroupIndex: Bool] = [:]
    var kinds: Set<PrincipalKind> = [.user, .serviceAccount]
    var principalClasses: Range<Int>?
    for step in way {
      switch (step.variable.subject, step.witness) {
      case (.group(let group), .member(let isMember)): memberships[group] = isMember
      case (.kind, _):
        kinds = Set(
          step.variable.witnesses[step.numbers].compactMap { witness in
            if case .kind(let kind) = witness { kind } else { nil }
          }
        )
      case (.value(.principal), _): principalClasses = step.numbers
      default: break
      }
    }
    switch scenario.who {
    case .anonymous:
      request.kind = .anonymous
      return request
    case .principal(let id, _):
      request.kind = id.kind
      request.identity = .named(id.id)
      return request
    case .member(let group, _):
      request.groups = [group]
    case .anyone:
      break
    }
    let found = facts.representatives.first { representative in
      kinds.contains(representative.id.kind)
        && (principalClasses?.contains(Int(representative.principalClass ?? 0)) ?? true)
        && memberships.allSatisfy { group, isMember in
          isMember
            ? representative.groups.contains(group) || canBeStated(group)
            : !representative.groups.contains(group)
        }
    }
    guard let found else { return nil }
    request.kind = found.id.kind
    request.identity = .named(found.id.id)
    for group in memberships.keys.sorted() where memberships[group] == true {
      guard !found.groups.contains(group), membership(of: request, in: group, in: set) != .yes
      else { continue }
      let stated = set.groups.openGroups(in: group).first { memberships[$0] != false }
      guard let stated else { return nil }
      request.groups?.insert(stated)
    }
    return request
  }

  /// Whether a request can say that its principal is in a group, directly or in one that is nested.
  private func canBeStated(_ group: GroupIndex) -> Bool {
    if case .member(_, let around) = scenario.who, around.contains(group) { return true }
    return !set.groups.openGroups(in: group).isEmpty
  }

  private func finished(_ request: RequestData, _ draft: WitnessDraft) -> RequestData {
    var request = request
    let service = set.catalogue.actions[request.action].service
    for (term, value) in draft.values {
      switch (term, value) {
      case (.resource, .string(let id)): request.resourceID = id
      case (.attribute(let index), _):
        let isDeclared = set.catalogue.attributes[index].services?.contains(service) ?? true
        if isDeclared { request.values[index] = value }
      default: break
      }
    }
    return request
  }
}
