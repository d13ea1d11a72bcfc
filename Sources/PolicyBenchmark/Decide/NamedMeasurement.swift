import PolicyEngine
import PolicyModel

/// Measures requests by names: what a service has that knows neither handles nor classes.
func measureNamed(
  _ workload: Workload,
  _ set: PolicySet?,
  _ options: DecideOptions,
  _ result: inout DecideMeasurement
) {
  let engine = workload.engine
  let oneShots = workload.oneShots
  if !oneShots.isEmpty {
    let hash = HashLoop(engine, oneShots.map { [$0.user, $0.action] })
    let sum = hash.sum(oneShots.count)
    result.oneShot = measure(
      [
        Contender(DecideMeasurement.hash, count: oneShots.count, expected: sum) {
          hash.sum(oneShots.count)
        },
        contender(DecideMeasurement.engine, workload, .oneShot),
      ],
      rounds: options.rounds
    )
  }
  let count = min(1024, workload.requests.count)
  let documents = (0..<count).map { workload.document($0) }
  let hash = HashLoop(engine, documents.map(\.texts))
  result.textsPerRequest = Double(hash.textCount(count)) / Double(max(1, count))
  let contenders = [
    Contender(DecideMeasurement.hash, count: count, expected: hash.sum(count)) { hash.sum(count) },
    Contender(DecideMeasurement.engine, count: count, expected: workload.allowed(count)) {
      allowed(engine, documents)
    },
  ]
  let rounds = max(1, options.rounds / 8)
  guard let set else {
    result.named = measure(contenders, rounds: rounds)
    return
  }
  let slow = byHand(workload, set, count, options, &result)
  result.named = measure(contenders + [slow], rounds: rounds)
  // It reads every rule for each request: a few rounds are enough to see by how much it is slower.
  result.named += measure([interpreter(workload, set, &result)], rounds: 3)
}

/// The evaluator by hand, on the requests whose policies fit the space that it may have.
private func byHand(
  _ workload: Workload,
  _ set: PolicySet,
  _ count: Int,
  _ options: DecideOptions,
  _ result: inout DecideMeasurement
) -> Contender {
  let most = max(1, options.byHandEntries / max(1, set.catalogue.actions.count))
  var policies: Set<PolicyIndex> = []
  var assigned: [PrincipalID: Set<PolicyIndex>] = [:]
  for index in set.assignments.indices {
    for subject in set.assignments[index].subjects {
      if case .principal(let id) = subject {
        assigned[id, default: []].formUnion(set.assignments[index].policies)
      } else {
        // Everyone and groups: these are needed whoever asks.
        policies.formUnion(set.assignments[index].policies)
      }
    }
  }
  var chosen: [Int] = []
  for index in 0..<count {
    let request = workload.requests[index]
    let needed = (request.principalID.flatMap { assigned[$0] } ?? [])
      .union(request.held.map(\.policy))
    let more = needed.subtracting(policies)
    guard more.isEmpty || policies.count + more.count <= most else { continue }
    policies.formUnion(more)
    chosen.append(index)
  }
  let evaluator = ByHandEvaluator(set, policies: policies)
  let requests = chosen.map { workload.byHand($0) }
  result.byHandPolicies = policies.count
  result.disagreements += chosen.indices.count { position in
    evaluator.isAllowed(requests[position]) != workload.isAllowed[chosen[position]]
  }
  let expected = UInt64(chosen.count { workload.isAllowed[$0] })
  return Contender(DecideMeasurement.byHand, count: chosen.count, expected: expected) {
    requests.reduce(0) { $0 &+ (evaluator.isAllowed($1) ? 1 : 0) }
  }
}

/// The interpreter, on as many requests as it answers in about a millisecond.
private func interpreter(
  _ workload: Workload,
  _ set: PolicySet,
  _ result: inout DecideMeasurement
) -> Contender {
  func isAllowed(_ index: Int) -> Bool {
    interpret(workload.requests[index], in: set).effect == .allow
  }
  let clock = ContinuousClock()
  let start = clock.now
  var count = 0
  while count < min(256, workload.requests.count), count < 1 || clock.now - start < .milliseconds(2)
  {
    if isAllowed(count) != workload.isAllowed[count] { result.disagreements += 1 }
    count += 1
  }
  let asked = count
  return Contender(
    DecideMeasurement.interpreter,
    count: asked,
    expected: workload.allowed(asked),
    isWarmed: false
  ) {
    (0..<asked).reduce(0) { $0 &+ (isAllowed($1) ? 1 : 0) }
  }
}
