package import PolicyEngine
package import PolicyModel
import PolicySource

/// An expectation that could be written: a request, as tests make them, and what is decided about it.
package struct SuiteCase: Sendable {
  /// Its action is the first of `actions`.
  package let request: RequestData
  /// Those about which the same is decided.
  package let actions: ActionSet
  package let effect: Effect

  /// The case for other actions.
  func about(_ actions: ActionSet) -> SuiteCase {
    var request = request
    if let first = actions.ranges.first { request.action = ActionIndex(first.lowerBound) }
    return SuiteCase(request: request, actions: actions, effect: effect)
  }
}

/// What cases have in common that one test can hold: who asks, and where.
struct SuiteHolder: Hashable {
  let kind: PrincipalKind
  let identity: PrincipalIdentity
  let groups: Set<GroupIndex>
  let held: [PolicyIndex]
  let unit: ResourceUnit

  init(_ request: RequestData) {
    kind = request.kind
    identity = request.identity
    groups = request.groups ?? []
    held = request.held.map(\.policy)
    unit = request.unit
  }
}

/// What a case asks but for its actions; equal ones are one expectation.
struct SuiteQuestion: Hashable {
  let holder: SuiteHolder
  let values: [AttributeIndex: Value]
  let resourceID: String?
  let effect: Effect

  init(_ item: SuiteCase) {
    holder = SuiteHolder(item.request)
    values = item.request.values
    resourceID = item.request.resourceID
    effect = item.effect
  }
}

extension [SuiteCase] {
  /// The cases with those that ask the same made one, in the order of the first of each.
  func joined() -> [SuiteCase] {
    var order: [SuiteQuestion] = []
    var found: [SuiteQuestion: SuiteCase] = [:]
    for item in self {
      let question = SuiteQuestion(item)
      if let known = found[question] {
        found[question] = known.about(known.actions.union(item.actions))
      } else {
        order.append(question)
        found[question] = item
      }
    }
    return order.compactMap { found[$0] }
  }
}

extension TestCase {
  /// A test of some cases, as it will be when it is read.
  init(_ item: SuiteCase) {
    let place = SourceSpan(file: FileID(0), lower: 0, upper: 0)
    let values = item.request.values.sorted { $0.key < $1.key }
      .map { Binding(term: .attribute($0.key), value: $0.value, span: place) }
    let resource = item.request.resourceID.map {
      [Binding(term: .resource, value: .string($0), span: place)]
    }
    self.init(
      title: "",
      titleSpan: place,
      span: place,
      annotations: [],
      kind: item.request.kind,
      identity: item.request.identity,
      groups: item.request.groups ?? [],
      held: item.request.held.map(\.policy),
      unit: item.request.unit,
      bindings: values + (resource ?? []),
      expectations: [
        Expectation(
          effect: item.effect,
          actions: item.actions,
          unit: nil,
          bindings: [],
          because: nil,
          span: place
        )
      ]
    )
  }
}
