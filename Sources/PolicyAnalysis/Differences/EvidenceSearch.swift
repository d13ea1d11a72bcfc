import PolicyCompiler
import PolicyEngine
import PolicyModel

/// Looks for a request that one set allows and the other does not, among those that a diagram
/// leads to.
struct EvidenceSearch {
  /// How many ways through the diagram are tried, and how many requests are made.
  private static let mostWays = 200
  private static let mostRequests = 600

  private let facts: PrincipalFacts
  private let values: TiedValues
  private let variables: [Variable]
  private(set) var replay: Replay

  init(_ joined: JoinedSets, _ facts: PrincipalFacts, _ variables: [Variable]) {
    self.facts = facts
    values = TiedValues(joined.set)
    self.variables = variables
    replay = Replay(joined)
  }

  /// A request by one way to yes that both interpreters confirm, as small as can be.
  mutating func evidence(
    _ diagram: Diagram,
    _ scenario: Scenario,
    _ action: ActionIndex,
    _ direction: Direction,
    in store: DiagramStore
  ) -> Evidence? {
    let witness = Witness(
      facts: facts,
      values: values,
      scenario: scenario,
      set: replay.joined.set
    )
    var ways = Self.mostWays
    var budget = Self.mostRequests
    var found: RequestData?
    store.forEachWay(to: diagram, variables) { way in
      ways -= 1
      for request in witness.requests(way, for: action) where budget > 0 && found == nil {
        budget -= 1
        if isShown(by: request, direction) { found = request }
      }
      return ways > 0 && budget > 0 && found == nil
    }
    guard let found else { return nil }
    let smallest = simplified(found, scenario, direction)
    return Evidence(request: smallest, decisions: replay.decisions(smallest))
  }

  private mutating func isShown(by request: RequestData, _ direction: Direction) -> Bool {
    let decisions = replay.decisions(request)
    return decisions[direction.allowing]?.effect == .allow
      && decisions[direction.allowing.other]?.effect != .allow
  }

  /// The request without all that can be left out.
  private mutating func simplified(
    _ request: RequestData,
    _ scenario: Scenario,
    _ direction: Direction
  ) -> RequestData {
    var request = request
    func attempt(_ change: (inout RequestData) -> Void) {
      var simpler = request
      change(&simpler)
      if isShown(by: simpler, direction) { request = simpler }
    }
    for attribute in request.values.keys.sorted() { attempt { $0.values[attribute] = nil } }
    if request.resourceID != nil { attempt { $0.resourceID = nil } }
    if request.unit != .unknown { attempt { $0.unit = .unknown } }
    guard request.kind != .anonymous, scenario.who == .anyone else { return request }
    attempt { $0.identity = .someone }
    attempt {
      $0.identity = .someone
      $0.kind = .user
    }
    for group in (request.groups ?? []).sorted() { attempt { $0.groups?.remove(group) } }
    return request
  }
}
