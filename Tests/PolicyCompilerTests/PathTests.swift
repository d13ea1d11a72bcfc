import PolicyCompiler
import PolicyEngine
import PolicyModel
import PolicyTestSupport
import Testing

/// Every way of asking the tables is answered as the interpreter answers.
@Suite struct PathTests {
  @Test func `one-shot decisions by names`() {
    let failure = RandomCases(300, from: 40_000).firstFailure { random in
      forEachRequest(60, &random) { set, engine, request, _ in
        guard case .named(let id) = request.identity, request.kind != .anonymous else { return nil }
        var request = request
        (request.held, request.values, request.resourceID) = ([], [:], nil)
        let open = request.groups?.filter { set.groups[$0].isOpen }
        request.groups = open
        let names = open.map { $0.sorted().map { set.groups[$0].heading.name } + ["nobody"] }
        let action = set.catalogue.actions[request.action].path
        let unit = engine.unit(request.unit)
        let got =
          request.kind == .user
          ? try? engine.decide(user: id, action, in: unit, groups: names)
          : try? engine.decide(serviceAccount: id, action, in: unit, groups: names)
        return difference(got, request, set)
      }
    }
    #expect(failure == nil)
  }

  @Test func `one request for many resources, and many requests at once`() {
    let failure = RandomCases(60, from: 50_000).firstFailure { random in
      var batch: [(request: PolicyEngine.Request, meant: RequestData)] = []
      var last: (set: PolicySet, engine: PolicyEngine)?
      let failure = forEachRequest(40, &random) { set, engine, data, random in
        last = (set, engine)
        let subject = engine.subject(SubjectData(data))
        var request = engine.request(
          subject,
          engine.action(at: UInt32(random.below(set.catalogue.actions.count)))
        )
        fill(&request, set, random)
        let copy = request
        request.reset()
        if engine.decide(request) != engine.decide(engine.request(subject, request.action)) {
          return "something was left by \(data)"
        }
        request.action = engine.action(at: UInt32(data.action.position))
        request.unit = engine.unit(data.unit)
        for (attribute, value) in data.values {
          let path = set.catalogue.attributes[attribute].path
          guard let handle = try? engine.attribute(path),
            (try? request.set(handle, to: value)) != nil
          else { return "\(path) is refused" }
        }
        if let id = data.resourceID { request.setResourceID(id) }
        batch.append((request, data))
        if engine.decide(copy) != engine.decide(copy) { return "a copy changed" }
        return difference(engine.decide(request), data, set)
      }
      guard failure == nil, let (set, engine) = last else { return failure }
      var decisions: [PolicyEngine.Decision] = []
      engine.decide(batch.map(\.request), into: &decisions)
      for (decision, (_, data)) in zip(decisions, batch) {
        if let problem = difference(decision, data, set) { return "in a batch: \(problem)" }
      }
      return decisions.count == batch.count ? nil : "\(decisions.count) decisions"
    }
    #expect(failure == nil)
  }

  @Test func `all that a subject may do`() {
    let failure = RandomCases(80, from: 60_000).firstFailure { random in
      forEachRequest(4, &random) { set, engine, data, _ in
        var data = data
        let subject = engine.subject(SubjectData(data))
        var request = engine.request(subject, engine.action(at: 0))
        request.unit = engine.unit(data.unit)
        let bare = engine.allowedActions(subject, in: request.unit)
        for (attribute, value) in data.values { request.set(attribute, to: value) }
        if let id = data.resourceID { request.setResourceID(id) }
        let allowed = engine.allowedActions(request)
        let handles = set.catalogue.actions.indices.map { engine.action(at: UInt32($0.position)) }
        var decisions: [PolicyEngine.Decision] = []
        engine.decide(subject, handles, into: &decisions)
        var meant: [PolicyEngine.Action] = []
        for (action, handle) in zip(set.catalogue.actions.indices, handles) {
          data.action = action
          let isAllowed = interpret(data, in: set).effect == .allow
          if isAllowed { meant.append(handle) }
          if allowed.contains(handle) != isAllowed { return "\(action) of \(data)" }
          if data.unit == .unknown, bare.contains(handle) != decisions[action.position].isAllowed {
            return "\(action), nothing being known, of \(data)"
          }
        }
        return Array(allowed) == meant && allowed.count == meant.count ? nil : "order of \(data)"
      }
    }
    #expect(failure == nil)
  }

  @Test func `which policies allow an action`() {
    let failure = RandomCases(150, from: 70_000).firstFailure { random in
      var sets = RandomSets(seed: random.next())
      let set = sets.set()
      let options = CompileOptions(tableBudget: random.oneIn(4) ? 0 : 4 << 20)
      let compiled = compile(set, options: options)
      guard let engine = try? PolicyEngine(bytes: compiled.bytes) else { return "refused" }
      for action in set.catalogue.actions.indices {
        let answers = engine.whoCan(engine.action(at: UInt32(action.position)))
        for policy in set.policies.indices {
          let cell = compiled.diagrams.cell(policy, action)
          let handle = engine.policy(at: UInt32(policy.position))
          let mayAllow = compiled.diagrams.store.path(to: 1, in: cell) != nil
          let isSure = cell == .allow
          if answers.yes.contains(handle) != isSure
            || answers.depends.contains(handle) != (mayAllow && !isSure)
          {
            return "\(policy) for \(action)"
          }
        }
      }
      return nil
    }
    #expect(failure == nil)
  }

  // MARK: what they share

  private func forEachRequest(
    _ count: Int,
    _ random: inout RandomSource,
    _ body: (PolicySet, PolicyEngine, RequestData, inout RandomSource) -> String?
  ) -> String? {
    var sets = RandomSets(seed: random.next())
    let set = sets.set()
    let options = CompileOptions(tableBudget: random.oneIn(4) ? 0 : 4 << 20)
    guard let engine = try? PolicyEngine(bytes: compile(set, options: options).bytes) else {
      return "refused"
    }
    for _ in 0..<count {
      if let problem = body(set, engine, sets.request(set), &random) { return problem }
    }
    return nil
  }

  /// Sets attributes that the request will not have, to see that nothing of them stays.
  private func fill(
    _ request: inout PolicyEngine.Request,
    _ set: PolicySet,
    _ random: RandomSource
  ) {
    var sets = RandomSets(seed: 3)
    sets.random = random
    for (attribute, value) in sets.request(set).values { request.set(attribute, to: value) }
    request.setResourceID("d\(sets.random.below(3))")
  }

  private func difference(
    _ got: PolicyEngine.Decision?,
    _ request: RequestData,
    _ set: PolicySet
  ) -> String? {
    guard let got else { return "\(request) is refused" }
    let meant = interpret(request, in: set)
    let isSame =
      got.isAllowed == (meant.effect == .allow) && (got.basis == .rule) == (meant.basis == .rule)
    return isSame ? nil : "decided \(got), meant \(meant) for \(request)"
  }
}
