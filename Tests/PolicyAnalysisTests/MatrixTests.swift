import PolicyAnalysis
import PolicyEngine
import PolicyModel
import PolicyTestSupport
import Testing

/// A matrix says what the interpreter decides.
@Suite struct MatrixTests {
  /// What a decision is as the outcome of a cell.
  private func outcome(_ decision: Decision) -> Outcomes {
    decision.basis == .byDefault ? .nothing : decision.effect == .allow ? .allow : .deny
  }

  /// What is wrong with a claim about a decision: it is left out, or its rules are.
  private func problem(
    _ matrix: Matrix,
    _ row: MatrixRow,
    _ request: RequestData,
    _ set: PolicySet
  )
    -> String?
  {
    let cell = matrix.cells[matrix.cell(row, request.action.position)]
    let decision = interpret(request, in: set)
    guard cell.outcomes.contains(outcome(decision)) else {
      return "\(row.kind) \(row.name): \(cell.outcomes), and is \(decision) for \(request)"
    }
    let rules = Set(cell.entries.map { matrix.rules[$0.rule].id })
    let missing = decision.deciding.map { set.rules[$0.rule].id }.filter { !rules.contains($0) }
    return missing.isEmpty ? nil : "\(row.kind) \(row.name) lacks \(missing) for \(request)"
  }

  @Test func `what a policy is said to do is what the interpreter decides`() {
    var seen: [Outcomes: Int] = [:]
    let failure = RandomCases(60).firstFailure { random in
      guard let set = RandomPolicies.overlapping(&random) else { return nil }
      let matrix = Matrix(set)
      var alone = set
      alone.assignments = Table()
      for var request in RandomPolicies.requests(&random, in: set) where request.kind != .anonymous
      {
        let policy = PolicyIndex(random.below(set.policies.count))
        request.action = ActionIndex(random.below(set.catalogue.actions.count))
        request.held = [Holding(policy)]
        let row = matrix.policies[policy.position]
        seen[matrix.cells[matrix.cell(row, request.action.position)].outcomes, default: 0] += 1
        if let problem = problem(matrix, row, request, alone) { return problem }
      }
      return nil
    }
    #expect(failure == nil)
    #expect(seen.count >= 5, "every kind of cell is tried: \(seen)")
  }

  /// A request of somebody whom a row is about.
  private func request(
    _ row: MatrixRow,
    _ random: inout RandomSource,
    in set: PolicySet
  ) -> RequestData {
    var request = RandomPolicies.request(&random, in: set)
    request.action = ActionIndex(random.below(set.catalogue.actions.count))
    request.held = []
    request.groups = []
    switch row.kind {
    case "anonymous":
      request.kind = .anonymous
      request.identity = .unknown
    case "user", "service-account":
      request.kind = row.kind == "user" ? .user : .serviceAccount
      request.identity = .named(row.name)
    default:
      request.kind = random.oneIn(2) ? .user : .serviceAccount
      request.identity = .named("zoe")
      let group = set.groups.indices.first { set.groups[$0].heading.name == "open" }
      if row.name == "open" { request.groups = group.map { [$0] } }
    }
    return request
  }

  @Test func `what a principal is said to be allowed is what the interpreter decides`() {
    var holders = 0
    let failure = RandomCases(80).firstFailure { random in
      let text = RandomPolicies.catalogue + RandomPolicies.text(&random)
      guard let set = try? policySet(text) else { return "does not check:\n\(text)" }
      let matrix = Matrix(set)
      for (position, row) in matrix.principals.enumerated()
      where !["listed", "both"].contains(row.name) {
        for _ in 0..<20 {
          let request = request(row, &random, in: set)
          if let problem = problem(matrix, row, request, set) { return "\(problem)\n\(text)" }
          let unit: MatrixRow =
            switch request.unit {
            case .unit(let index): matrix.units[index.position + 1]
            default: matrix.units[0]
            }
          let cell = matrix.cells[matrix.cell(unit, request.action.position)]
          let holder = cell.holders.first { $0.row == position }
          let isAllowed = interpret(request, in: set).effect == .allow
          if isAllowed, holder == nil {
            return "\(row.name) is not said to be allowed in \(unit.name): \(request)\n\(text)"
          }
          if holder?.isAlways ?? false, !isAllowed {
            return "\(row.name) is not always allowed in \(unit.name): \(request)\n\(text)"
          }
          if holder != nil { holders += 1 }
        }
      }
      return nil
    }
    #expect(failure == nil)
    #expect(holders > 100, "somebody is allowed something: \(holders)")
  }

  @Test func `an owner is never anonymous, and a deny of all but the owner always means them`()
    throws
  {
    let text = """
      policy self { allow device.list when resource.owner == principal }
      policy w { allow device.get, device.update }
      policy g { deny device.get when resource.owner != principal }
      assign self, w, g to everyone
      """
    let set = try policySet(catalogue + text)
    let matrix = Matrix(set)
    func outcomes(_ row: MatrixRow) -> [Outcomes] {
      ["device.list", "device.get", "device.update"].map {
        matrix.cells[matrix.cell(row, set.action($0).position)].outcomes
      }
    }
    let everyone = try #require(matrix.principals.first { $0.kind == "everyone" })
    let anonymous = try #require(matrix.principals.first { $0.kind == "anonymous" })
    #expect(outcomes(anonymous) == [.nothing, .deny, .allow])
    #expect(outcomes(everyone) == [[.nothing, .allow], [.allow, .deny], .allow])
    let cell = matrix.cells[matrix.cell(matrix.units[0], set.action("device.list").position)]
    #expect(cell.holders.map { matrix.principals[$0.row].kind } == ["everyone"])
  }

  @Test func `what a principal is said to be allowed is what what-can answers`() {
    var count = (all: 0, different: 0, allowed: 0)
    let failure = RandomCases(60).firstFailure { random in
      let text = RandomPolicies.catalogue + RandomPolicies.text(&random)
      guard let set = try? policySet(text) else { return "does not check:\n\(text)" }
      let matrix = Matrix(set)
      let all = ActionSet([0..<set.catalogue.actions.count])
      for row in matrix.principals {
        let subject: AccessSubject =
          switch row.kind {
          case "everyone": .everyone
          case "anonymous": .anonymous
          case "group": .group(set.group(row.name))
          case "user": .principal(.user(row.name))
          default: .principal(.serviceAccount(row.name))
          }
        let told = whatCan(subject, within: all, in: set)
        for action in all.actions {
          let outcomes = matrix.cells[matrix.cell(row, action.position)].outcomes
          let grants = told.filter { $0.actions.contains(action) }.map(\.grant)
          count.all += 1
          count.allowed += grants.isEmpty ? 0 : 1
          let isAlways = grants.contains { $0.places.isEverywhere && $0.condition == nil }
          let words = "\(row.kind) \(row.name), \(action): \(outcomes), \(grants)"
          if outcomes == .allow, !isAlways { return "\(words)\n\(text)" }
          if isAlways, outcomes != .allow { return "\(words)\n\(text)" }
          if outcomes.contains(.allow) == grants.isEmpty {
            // With an id put in its place, conditions contradict themselves more often.
            guard grants.isEmpty, row.kind == "user" || row.kind == "service-account" else {
              return "\(words)\n\(text)"
            }
            count.different += 1
          }
        }
      }
      return nil
    }
    #expect(failure == nil)
    #expect(count.allowed > 300 && count.different * 100 < count.allowed, "\(count)")
  }

  @Test func `cells that decide otherwise than before are marked, and which way`() {
    var marked = 0
    let failure = RandomCases(60).firstFailure { random in
      let texts = RandomPairs.texts(&random)
      guard let old = try? policySet(texts.old), let new = try? policySet(texts.new) else {
        return nil
      }
      let joined = JoinedSets(old: old, new: new)
      let matrix = Matrix(new, against: old)
      for _ in 0..<100 {
        let request = RandomPairs.request(&random, joined)
        guard request.kind != .anonymous, let row = matrix.policies.randomElement(using: &random)
        else { continue }
        let cell = matrix.cells[matrix.cell(row, request.action.position)]
        var values: [Int] = []
        for side in Side.allCases {
          var set = joined.sets[side]
          set.assignments = Table()
          let name = side == .old ? row.formerName ?? row.name : row.name
          let policy = set.policies.indices.first { set.policies[$0].heading.name == name }
          var own = joined.request(request, side)
          own?.held = policy.map { [Holding($0)] } ?? []
          let outcome: Outcomes = own.map { self.outcome(interpret($0, in: set)) } ?? .nothing
          values.append(outcome == .allow ? 2 : outcome == .deny ? 0 : 1)
        }
        if values[0] != values[1] { marked += 1 }
        if values[1] > values[0], cell.change != .widened, cell.change != .reconditioned {
          return "\(row.name) is not widened for \(request): \(cell)\n\(texts)"
        }
        if values[1] < values[0], cell.change != .narrowed, cell.change != .reconditioned {
          return "\(row.name) is not narrowed for \(request): \(cell)\n\(texts)"
        }
      }
      return nil
    }
    #expect(failure == nil)
    #expect(marked > 100, "something differs: \(marked)")
  }

  @Test func `what is left out of a selection is not in it, and the rest is as it was`() throws {
    let matrix = Matrix(try sample("payments"))
    let part = matrix.selecting(services: ["account"], rows: ["maker"], of: .policies)
    #expect(part.policies.map(\.name) == ["maker"])
    #expect(part.actions.map(\.path).allSatisfy { $0.hasPrefix("account.") })
    #expect(part.cells.count < matrix.cells.count)
    let before = try #require(matrix.policies.first { $0.name == "maker" })
    for (position, action) in part.actions.enumerated() {
      let old = try #require(matrix.actions.firstIndex { $0.path == action.path })
      let (cell, same) = (
        part.cells[part.cell(part.policies[0], position)], matrix.cells[matrix.cell(before, old)]
      )
      #expect(cell.outcomes == same.outcomes)
      #expect(
        cell.entries.map { part.rules[$0.rule].id } == same.entries.map { matrix.rules[$0.rule].id }
      )
    }
  }
}
