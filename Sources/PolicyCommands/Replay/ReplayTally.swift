import PolicyEngine
import PolicyReport

/// Where a recorded request stands, and the request itself where it is not very long.
struct ReplayExample: Sendable {
  /// The position of the log among the logs.
  let log: Int
  let line: Int
  let id: String?
  let document: RequestDocument?
}

/// Requests that are not decided as they were, for one and the same cause.
struct ReplayCause: Sendable {
  let key: [UInt8]
  let direction: ReplayReport.Direction
  let before: ReplayOutcome
  let after: ReplayOutcome
  var count: Int
  let example: ReplayExample
}

/// What some lines of logs, in a row, came to.
///
/// Tallies are united in the order of the lines, so that it does not matter who made which.
struct ReplayTally: Sendable {
  /// So many causes are kept, the first that come: what a tally holds does not grow with the log.
  static let mostCauses = 1000

  var requests = 0
  /// Requests whose line says what was decided.
  var answers = 0
  /// Requests whose line does not.
  var unanswered = 0
  /// Requests that the set that was decides otherwise than the log says.
  var otherThanLog = 0
  private(set) var counts: [ReplayReport.Direction: Int] = [:]
  private(set) var causes: [ReplayCause] = []
  /// Requests of causes that are not kept.
  private(set) var otherRequests = 0
  var used = UsedGrants()
  private var places: [[UInt8]: Int] = [:]

  /// Whether a request was refused by one of the sets.
  private(set) var hasRefusals = false

  /// Adds a request; nothing where its outcomes are alike.
  mutating func add(
    _ before: ReplayOutcome,
    _ after: ReplayOutcome,
    _ example: @autoclosure () -> ReplayExample
  ) {
    guard let direction = Self.direction(before, after) else { return }
    if before.effect == .refused || after.effect == .refused { hasRefusals = true }
    var key: [UInt8] = []
    before.write(to: &key)
    key.append(0xff)
    after.write(to: &key)
    if let place = places[key] {
      causes[place].count += 1
      counts[direction, default: 0] += 1
    } else {
      let cause = ReplayCause(
        key: key,
        direction: direction,
        before: before,
        after: after,
        count: 1,
        example: example()
      )
      // A block has few enough lines for all of its causes; what is kept is decided on uniting.
      add(cause, atMost: .max)
      counts[direction, default: 0] += 1
    }
  }

  /// In which way two outcomes differ; nil where they are alike.
  private static func direction(
    _ before: ReplayOutcome,
    _ after: ReplayOutcome
  ) -> ReplayReport.Direction? {
    if !before.missing.isEmpty || !after.missing.isEmpty { return .unknown }
    switch (before.effect, after.effect) {
    case (.allow, .allow), (.deny, .deny): return nil
    case (_, .allow): return .widened
    case (.allow, _): return .narrowed
    case (.refused, _), (_, .refused): return .refused
    }
  }

  private mutating func add(_ cause: ReplayCause, atMost limit: Int) {
    if let place = places[cause.key] {
      causes[place].count += cause.count
    } else if causes.count < limit {
      places[cause.key] = causes.count
      causes.append(cause)
    } else {
      otherRequests += cause.count
    }
  }

  /// Adds what the lines after these came to.
  ///
  /// - Complexity: O(causes of the other tally + rules and grants that are looked for).
  mutating func unite(_ other: ReplayTally) {
    requests += other.requests
    answers += other.answers
    unanswered += other.unanswered
    otherThanLog += other.otherThanLog
    hasRefusals = hasRefusals || other.hasRefusals
    for (direction, count) in other.counts { counts[direction, default: 0] += count }
    for cause in other.causes { add(cause, atMost: Self.mostCauses) }
    used.unite(other.used)
  }
}
