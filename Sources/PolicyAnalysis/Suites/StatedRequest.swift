import PolicyEngine
import PolicyModel

/// A request as a test makes it.
struct StatedRequest {
  let request: RequestData

  /// A request that is as tests make them.
  init(_ request: RequestData) { self.request = request }

  /// The request, or one as near to it as a test can make that is as good.
  ///
  /// Tests say all groups that their principal is in, name service accounts, and hold policies
  /// everywhere. Whether another request shows what this one does is asked where it has to be
  /// another; nil where it does not.
  init?(_ request: RequestData, in set: PolicySet, isAsGood: (RequestData) -> Bool) {
    var stated = request
    stated.groups = stated.kind == .anonymous ? [] : stated.groups ?? []
    if stated.held.contains(where: { $0.unit != nil }) { return nil }
    switch (stated.kind, stated.identity) {
    case (.anonymous, _): stated.identity = .unknown
    case (_, .named): break
    case (.user, _): stated.identity = .someone
    case (.serviceAccount, _):
      let fresh = PrincipalFacts.named(in: set).first { $0.kind == .serviceAccount }
      stated.identity = .named(fresh?.id ?? "somebody")
    }
    guard stated.isSame(as: request) || isAsGood(stated) else { return nil }
    self.request = stated
  }

  /// Who makes the request, as `as` says it; nothing for someone with what everyone has.
  func who(in set: PolicySet) -> [String] {
    var names = request.held.map { describe($0.policy, in: set) }
    switch (request.kind, request.identity) {
    case (.anonymous, _): names.append("anonymous")
    case (let kind, .named(let id)): names.append(describe(PrincipalID(kind: kind, id: id)))
    default: break
    }
    return names + (request.groups ?? []).sorted().map { describe(.group($0), in: set) }
  }

  /// Where the resource is, as `in` says it; nil where it is not said.
  func place(in set: PolicySet) -> String? {
    switch request.unit {
    case .unknown: nil
    case .outside: "outside"
    case .unit(let unit): describe(unit, in: set)
    }
  }

  /// What `with` says, each with its value.
  var bindings: [(term: Term, value: Value)] {
    let values = request.values.sorted { $0.key < $1.key }
      .map { (term: Term.attribute($0.key), value: $0.value) }
    return values + (request.resourceID.map { [(term: .resource, value: .string($0))] } ?? [])
  }

  /// A test of the request in one line.
  func test(_ title: String, _ effect: Effect, in set: PolicySet) -> String {
    var words = ["test \(describe(string: title)) {"]
    let who = who(in: set)
    if !who.isEmpty { words.append("as \(who.joined(separator: ", "))") }
    if let place = place(in: set) { words.append("in \(place)") }
    let values = bindings.map { "\(describe($0.term, in: set)) = \(describe($0.value))" }
    if !values.isEmpty { words.append("with \(values.joined(separator: ", "))") }
    let action = set.catalogue.actions[request.action]
    let service = set.catalogue.services[action.service].heading.name
    let path = "\(describe(name: service)).\(describe(name: action.heading.name))"
    return (words + ["\(effect.word) \(path)", "}"]).joined(separator: " ")
  }
}

extension RequestData {
  /// Whether a test that makes the one makes the other.
  fileprivate func isSame(as other: RequestData) -> Bool {
    kind == other.kind && identity == other.identity && groups == other.groups
  }
}
