import PolicyCompiler
import PolicyEngine
import PolicyModel

/// Makes requests for a comparison: for given classes, with given values, or at random.
struct RequestMaker {
  let set: PolicySet
  let diagrams: PolicyDiagrams
  let probes: ProbeValues
  private let values: TiedValues
  private let candidates: [Candidate]
  private let named: [PrincipalID]
  private let openGroups: [GroupIndex]
  /// The terms of requests for each service: attributes that it declares.
  private let attributesOfService: [[AttributeIndex]]

  /// Who may make a request, as far as conditions can tell.
  private struct Candidate {
    let kind: PrincipalKind
    let identity: PrincipalIdentity
  }

  init(_ set: PolicySet, _ diagrams: PolicyDiagrams) {
    self.set = set
    self.diagrams = diagrams
    probes = ProbeValues(set)
    values = TiedValues(set)
    let facts = PrincipalFacts(diagrams.variables, in: set)
    candidates =
      facts.representatives.map { Candidate(kind: $0.id.kind, identity: .named($0.id.id)) }
      + [.user, .serviceAccount].flatMap { kind in
        [PrincipalIdentity.someone, .unknown].map { Candidate(kind: kind, identity: $0) }
      } + [Candidate(kind: .anonymous, identity: .unknown)]
    named = PrincipalFacts.named(in: set)
    openGroups = set.groups.indices.filter { set.groups[$0].isOpen }
    attributesOfService = set.catalogue.services.indices.map { service in
      set.catalogue.attributes.indices.filter {
        set.catalogue.attributes[$0].services?.contains(service) ?? true
      }
    }
  }

  /// The terms that a request for an action has values of, besides the principal.
  func terms(of action: ActionIndex) -> [Term] {
    let service = set.catalogue.actions[action].service
    return attributesOfService[service.position].map { .attribute($0) } + [.resource]
  }

  /// Every principal that the set names and those that it does not, with what requests may say of
  /// their groups.
  ///
  /// - Complexity: O(principals × open groups).
  func principals() -> [RequestData] {
    let first = ActionIndex(0)
    var stated: [Set<GroupIndex>?] = [nil, []] + openGroups.map { [$0] }
    if openGroups.count > 1 { stated.append(Set(openGroups)) }
    let kinds: [PrincipalKind] = [.user, .serviceAccount]
    let unnamed = kinds.flatMap { kind in
      [PrincipalIdentity.someone, .unknown].map { (kind, $0) }
    }
    let all = named.map { ($0.kind, PrincipalIdentity.named($0.id)) } + unnamed
    return all.flatMap { kind, identity in
      stated.map { RequestData(kind: kind, identity: identity, groups: $0, action: first) }
    } + [RequestData(kind: .anonymous, identity: .unknown, action: first)]
  }

  /// Gives a request values at random, of all terms but some; each is missing once in three times.
  func fill(
    _ request: inout RequestData,
    except fixed: Set<Term> = [],
    _ random: inout SplitMix
  ) {
    for term in terms(of: request.action) where !fixed.contains(term) {
      guard !random.oneIn(3), let value = probes.random(term, &random) else { continue }
      request.give(term, value)
    }
  }

  /// Anyone at random, with random groups.
  func principal(_ random: inout SplitMix, action: ActionIndex) -> RequestData {
    let candidate = candidates[random.below(candidates.count)]
    var groups: Set<GroupIndex>?
    if !random.oneIn(3) { groups = Set(openGroups.filter { _ in random.oneIn(3) }) }
    return RequestData(
      kind: candidate.kind,
      identity: candidate.identity,
      groups: groups,
      action: action
    )
  }

  /// A request whose variables have the given classes; nil if none was found.
  ///
  /// Classes may contradict each other where variables read the same term.
  /// - Complexity: O(kinds of principals), and the search for values that are tied together.
  func request(
    _ way: Way,
    for action: ActionIndex,
    _ random: inout SplitMix
  ) -> RequestData? {
    guard var request = principal(way, for: action) else { return nil }
    let read = Set(way.flatMap { $0.variable.subject.terms })
    fill(&request, except: read, &random)
    var draft = WitnessDraft(set.catalogue)
    draft.set(.principal, request.principalID.map { .principal($0) })
    for step in way { draft.take(step.variable.subject, step.witness) }
    let known = Set(terms(of: action))
    for draft in values.drafts(draft, way) {
      guard draft.values.keys.allSatisfy({ known.contains($0) || $0 == .principal }) else {
        continue
      }
      for (term, value) in draft.values where term != .principal { request.give(term, value) }
      return request
    }
    return nil
  }

  /// Someone of the wanted kind, id and memberships.
  private func principal(
    _ way: Way,
    for action: ActionIndex
  ) -> RequestData? {
    var kind: PrincipalKind?
    var memberships: [(GroupIndex, Truth)] = []
    var principal: WayStep?
    for step in way {
      switch (step.variable.subject, step.witness) {
      case (.kind, .kind(let wanted)): kind = wanted
      case (.group(let group), .member(let isMember)):
        memberships.append((group, Truth(isMember)))
      case (.group(let group), _): memberships.append((group, .unknown))
      case (.value(.principal), _): principal = step
      default: break
      }
    }
    let stated = Set(memberships.filter { $0.1 == .yes }.map(\.0))
    for candidate in candidates where kind.map({ $0 == candidate.kind }) ?? true {
      for groups in [stated, [], nil] {
        let request = RequestData(
          kind: candidate.kind,
          identity: candidate.identity,
          groups: candidate.kind == .anonymous ? nil : groups,
          action: action
        )
        let number = principal.map { principal in
          request.principalID.flatMap { principal.variable.principalClass($0) } ?? 0
        }
        guard number == principal.map({ UInt32($0.number) }),
          memberships.allSatisfy({ membership(of: request, in: $0.0, in: set) == $0.1 })
        else { continue }
        return request
      }
    }
    return nil
  }
}

extension RequestData {
  /// Sets the value of an attribute or the resource's id.
  mutating func give(_ term: Term, _ value: Value) {
    switch (term, value) {
    case (.attribute(let index), _): values[index] = value
    case (.resource, .string(let id)): resourceID = id
    default: break
    }
  }
}
