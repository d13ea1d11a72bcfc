import PolicyCompiler
import PolicyEngine
import PolicyModel

/// Makes requests from classes of variables.
///
/// The classes may contradict each other where variables are tied together (two attributes compared
/// with each other and with constants). The requests are then others; whoever uses them asks the
/// interpreter what they show.
struct Witness {
  /// How many requests are made from the same classes, at most.
  static let most = 48

  let facts: PrincipalFacts
  let scenario: Scenario
  let set: PolicySet

  /// Requests in which variables have the given classes, and everything else is missing.
  func requests(
    _ classes: Way,
    for action: ActionIndex
  ) -> [RequestData] {
    guard var request = principal(classes, for: action) else { return [] }
    var draft = WitnessDraft(set.catalogue)
    draft.set(.principal, request.principalID.map { .principal($0) })
    for (variable, number) in classes {
      draft.take(variable.subject, variable.witnesses[number])
      if case .unit(let unit) = variable.witnesses[number] { request.unit = unit }
    }
    var drafts = [draft]
    for (variable, number) in classes {
      guard case .relation(let relation, let left, let right) = variable.subject else { continue }
      drafts = Array(
        drafts.lazy
          .flatMap { $0.related(relation, left, right, variable.witnesses[number]) }
          .prefix(Self.most)
      )
    }
    return drafts.map { finished(request, $0) }
  }

  /// A request of a principal that has the classes, without values; nil if none has them.
  private func principal(
    _ classes: Way,
    for action: ActionIndex
  ) -> RequestData? {
    var request = RequestData(
      groups: [],
      held: scenario.held.map { Holding($0) },
      action: action
    )
    var memberships: [GroupIndex: Bool] = [:]
    var kinds: Set<PrincipalKind> = [.user, .serviceAccount]
    var principalClass: UInt32?
    for (variable, number) in classes {
      switch (variable.subject, variable.witnesses[number]) {
      case (.group(let group), .member(let isMember)): memberships[group] = isMember
      case (.kind, .kind(let kind)): kinds = [kind]
      case (.value(.principal), _): principalClass = UInt32(number)
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
        && (principalClass == nil || representative.principalClass == principalClass)
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
