import PolicyCompiler
import PolicyEngine
import PolicyModel
import PolicySource
import PolicyTestSupport
import Testing

@testable import PolicyAnalysis

/// What is said of rules, against the interpreter: what is reported can go, and what is not reported
/// cannot, for a request that is shown.
@Suite struct RulePropertyTests {
  private static let cases = RandomCases(25)

  /// How often something was not found, and what it was about.
  private struct Count {
    var reported = 0
    var all = 0
    var missing = 0
    var untied: [String] = []
  }

  @Test func `a redundant rule changes no cell, and every other rule changes one`() {
    var count = Count()
    let failure = Self.cases.firstFailure { random in
      guard let set = RandomPolicies.overlapping(&random) else { return "does not check" }
      var prover = RuleProver(set, PolicyDiagrams(set))
      let redundant = prover.redundantRules()
      let requests = RandomPolicies.requests(&random, in: set)
      count.reported += redundant.count
      for found in redundant {
        if let problem = change(set, found.rule, &prover, requests) { return problem }
        let known = Set(found.coveredBy)
        if known.isEmpty || known.contains(found.rule) { return "no cover for \(found.rule)" }
      }
      if let problem = changeByAll(set, redundant, requests) { return problem }
      let search = WaySearch(set, prover.diagrams.variables)
      let reported = Set(redundant.map(\.rule))
      for index in set.rules.indices where !reported.contains(index) {
        guard prover.diagrams.contributions[index.position] != .nothing else { continue }
        count.all += 1
        let policy = set.rules[index].policy
        let (full, less) = (set.giving(policy), set.without(index).giving(policy))
        var isTied = false
        let shown = set.rules[index].actions.actions.lazy.compactMap { action in
          let excess = prover.excess(index, action)
          isTied = isTied || search.isTied(excess, in: prover.diagrams.store)
          return search.request(excess, for: action, in: prover.diagrams.store) {
            Outcome($0, in: full) != Outcome($0, in: less)
          }
        }.first
        guard shown == nil else { continue }
        count.missing += 1
        if !isTied { count.untied.append(set.sources.text(set.rules[index].span)) }
      }
      return nil
    }
    #expect(failure == nil)
    #expect(count.reported > 0)
    #expect(count.untied == [])
    #expect(count.missing * 100 <= count.all, "\(count.missing) of \(count.all)")
  }

  /// What the cells and requests say that a rule changes, by itself.
  private func change(
    _ set: PolicySet,
    _ index: RuleIndex,
    _ prover: inout RuleProver,
    _ requests: [RequestData]
  ) -> String? {
    let text = set.sources.text(set.rules[index].span)
    for policy in set.policies.indices
    where set.policies[policy].closure.contains(set.rules[index].policy) {
      for action in set.rules[index].actions.actions {
        let rest = prover.rest(index, action, in: policy)
        let cell = prover.diagrams.cell(policy, action)
        if prover.isPossible(Operation { $0 != $1 ? 2 : 0 }, cell, rest) {
          return "the cell of \(policy) changes without `\(text)`"
        }
      }
    }
    let less = set.without(index)
    for request in requests where Outcome(request, in: set) != Outcome(request, in: less) {
      return "\(requestText(request, in: set)) changes without `\(text)`"
    }
    return nil
  }

  /// What all rules change together that are said to be removable together.
  private func changeByAll(
    _ set: PolicySet,
    _ redundant: [RedundantRule],
    _ requests: [RequestData]
  ) -> String? {
    var less = set
    for found in redundant where found.isRemovable { less = less.without(found.rule) }
    for request in requests where Outcome(request, in: set) != Outcome(request, in: less) {
      return "\(requestText(request, in: set)) changes without all that is removable"
    }
    var prover = RuleProver(less, PolicyDiagrams(less))
    let rest = prover.redundantRules().filter { !less.rules[$0.rule].actions.isEmpty }
    return rest.isEmpty ? nil : "something is left to remove"
  }

  @Test func `an overruled allow never decides, and every other allow does once`() {
    var count = Count()
    let failure = Self.cases.firstFailure { random in
      guard let set = RandomPolicies.overlapping(&random) else { return "does not check" }
      var prover = RuleProver(set, PolicyDiagrams(set))
      let overruled = Set(prover.overruledAllows().map(\.rule))
      let requests = RandomPolicies.requests(&random, in: set)
      let search = WaySearch(set, prover.diagrams.variables)
      for index in set.rules.indices where set.rules[index].effect == .allow {
        let contribution = prover.diagrams.contributions[index.position]
        guard contribution != .nothing else { continue }
        let policy = set.rules[index].policy
        let given = set.giving(policy, and: set.everyones)
        if overruled.contains(index) {
          count.reported += 1
          let less = set.without(index)
          for request in requests
          where interpret(request, in: set).effect != interpret(request, in: less).effect {
            return "\(requestText(request, in: set)) changes without \(index)"
          }
          continue
        }
        count.all += 1
        var isTied = false
        let shown = set.rules[index].actions.actions.lazy.compactMap { action in
          let escaping = prover.escaping(index, action)
          isTied = isTied || search.isTied(escaping, in: prover.diagrams.store)
          return search.request(escaping, for: action, in: prover.diagrams.store) {
            truth(of: set.rules[index], for: $0, in: set) == .yes
              && interpret($0, in: given).effect == .allow
          }
        }.first
        guard shown == nil else { continue }
        count.missing += 1
        if !isTied { count.untied.append(set.sources.text(set.rules[index].span)) }
      }
      return nil
    }
    #expect(failure == nil)
    #expect(count.reported > 0)
    #expect(count.untied == [])
    #expect(count.missing * 100 <= count.all, "\(count.missing) of \(count.all)")
  }

  @Test func `a deny without effect changes no decision, and every other deny meets an allow`() {
    var count = Count()
    let failure = Self.cases.firstFailure { random in
      guard let set = RandomPolicies.overlapping(&random) else { return "does not check" }
      var prover = RuleProver(set, PolicyDiagrams(set))
      let idle = Set(prover.deniesWithoutEffect())
      let requests = RandomPolicies.requests(&random, in: set)
      let search = WaySearch(set, prover.diagrams.variables)
      for index in set.rules.indices where set.rules[index].effect == .deny {
        let contribution = prover.diagrams.contributions[index.position]
        guard contribution != .nothing else { continue }
        if idle.contains(index) {
          count.reported += 1
          let less = set.without(index)
          for request in requests
          where interpret(request, in: set).effect != interpret(request, in: less).effect {
            return "\(requestText(request, in: set)) changes without \(index)"
          }
          continue
        }
        count.all += 1
        var isTied = false
        let allows = set.rules.indices.filter { set.rules[$0].effect == .allow }
        let shown = allows.lazy.compactMap { allow -> RequestData? in
          let shared = set.rules[allow].actions.intersection(set.rules[index].actions)
          guard let action = shared.actions.first else { return nil }
          let meeting = prover.diagrams.store.combine(
            .meets,
            contribution,
            prover.diagrams.contributions[allow.position]
          )
          isTied = isTied || search.isTied(meeting, in: prover.diagrams.store)
          return search.request(meeting, for: action, in: prover.diagrams.store) {
            truth(of: set.rules[allow], for: $0, in: set) == .yes
              && truth(of: set.rules[index], for: $0, in: set) != .no
          }
        }.first
        guard shown == nil else { continue }
        count.missing += 1
        if !isTied { count.untied.append(set.sources.text(set.rules[index].span)) }
      }
      return nil
    }
    #expect(failure == nil)
    #expect(count.reported > 0)
    #expect(count.untied == [])
    #expect(count.missing * 100 <= count.all, "\(count.missing) of \(count.all)")
  }
}

extension RuleProver {
  /// What the rules of a policy, with all that it includes, contribute to an action without one.
  fileprivate mutating func rest(
    _ index: RuleIndex,
    _ action: ActionIndex,
    in policy: PolicyIndex
  ) -> Diagram {
    let others = set.policies[policy].closure.flatMap { set.policies[$0].rules }
      .filter { $0 != index && set.rules[$0].actions.contains(action) }
      .map { diagrams.contributions[$0.position] }
    return diagrams.store.reduce(.or, [.nothing] + others)
  }

  /// Yes where the cell of a rule's policy changes without it.
  fileprivate mutating func excess(_ index: RuleIndex, _ action: ActionIndex) -> Diagram {
    let rest = rest(index, action, in: set.rules[index].policy)
    return diagrams.store.combine(.exceeds, diagrams.contributions[index.position], rest)
  }

  /// Yes where an allow applies, and neither its policy nor one of everyone's denies.
  fileprivate mutating func escaping(_ index: RuleIndex, _ action: ActionIndex) -> Diagram {
    var denied = diagrams.cell(set.rules[index].policy, action)
    for assignment in set.assignments.indices
    where set.assignments[assignment].subjects.contains(.everyone) {
      let reach = diagrams.reach(of: assignment, in: set)
      for policy in set.assignments[assignment].policies {
        let cell = diagrams.store.combine(.activate, reach, diagrams.cell(policy, action))
        denied = diagrams.store.combine(.or, denied, diagrams.store.map(.deniesAlone, cell))
      }
    }
    return diagrams.store.combine(.escapes, diagrams.contributions[index.position], denied)
  }
}
