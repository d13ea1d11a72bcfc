import PolicyEngine
import PolicyModel
import PolicySource
import PolicyTestSupport

extension PolicySet {
  /// Tests of random requests that pass: they expect what is decided.
  func withTests(_ count: Int, _ random: inout RandomSource) -> PolicySet {
    let place = SourceSpan(file: FileID(0), lower: 0, upper: 0)
    var set = self
    set.tests = (0..<count).map { number in
      var request = RandomPolicies.request(&random, in: self)
      request.held = request.held.map { Holding($0.policy) }
      let bindings = request.values.sorted { $0.key < $1.key }.map {
        Binding(term: .attribute($0.key), value: $0.value, span: place)
      }
      let resource = request.resourceID.map {
        [Binding(term: .resource, value: .string($0), span: place)]
      }
      let expectation = Expectation(
        effect: effect(request),
        actions: ActionSet([request.action.position..<request.action.position + 1]),
        unit: nil,
        bindings: [],
        because: nil,
        span: place
      )
      return TestCase(
        title: "\(number)",
        titleSpan: place,
        span: place,
        annotations: [],
        kind: request.kind,
        identity: request.identity,
        groups: request.groups ?? [],
        held: request.held.map(\.policy),
        unit: request.unit,
        bindings: bindings + (resource ?? []),
        expectations: [expectation]
      )
    }
    return set
  }
}
