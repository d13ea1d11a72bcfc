/// What replaying recorded requests found, in words.
package struct ReplayReport: Sendable {
  /// In which way a request is not decided as it was.
  package enum Direction: String, CaseIterable, Sendable {
    /// It is allowed and was not.
    case widened
    /// It was allowed and is not.
    case narrowed
    /// A deny may rest on what the log leaves out.
    case unknown
    /// One side refuses it, or both do, and neither allows it.
    case refused
  }

  /// What became of requests on one side.
  package struct Outcome: Sendable {
    package enum Effect: String, Sendable {
      case allow, deny, refused
    }

    package let effect: Effect
    /// The deciding rules: their ids, and places where they are known.
    package let rules: [(id: String, place: String?)]
    /// What the log leaves out, and a deny may rest on.
    package let missing: [String]
    /// Why it is refused.
    package let problem: String?

    package init(
      effect: Effect,
      rules: [(id: String, place: String?)],
      missing: [String],
      problem: String?
    ) {
      self.effect = effect
      self.rules = rules
      self.missing = missing
      self.problem = problem
    }
  }

  /// Requests for which the same rules decided, before and after.
  package struct Cause: Sendable {
    package let direction: Direction
    package let before: Outcome
    package let after: Outcome
    package let count: Int
    /// The first of them.
    package let example: Example

    package init(
      direction: Direction,
      before: Outcome,
      after: Outcome,
      count: Int,
      example: Example
    ) {
      self.direction = direction
      self.before = before
      self.after = after
      self.count = count
      self.example = example
    }
  }

  /// One recorded request.
  package struct Example: Sendable {
    package let log: String
    /// From 1.
    package let line: Int
    package let id: String?
    /// The request in words, unless it cannot be read or is very long.
    package let request: String?

    package init(log: String, line: Int, id: String?, request: String?) {
      self.log = log
      self.line = line
      self.id = id
      self.request = request
    }
  }

  /// What allows, and allowed none of the requests.
  package struct Unused: Sendable {
    /// Such as `Clerk#1`, `allow order.*` and where it stands.
    package typealias Rule = (id: String, text: String, place: String)
    /// Such as `Clerk`, `user "ada" in acme` and where it stands.
    package typealias Grant = (policy: String, subject: String, place: String)

    /// How the policy set was named.
    package let name: String
    package let rules: [Rule]
    package let ruleCount: Int
    package let grants: [Grant]
    package let grantCount: Int

    package init(
      of name: String,
      rules: [Rule],
      ruleCount: Int,
      grants: [Grant],
      grantCount: Int
    ) {
      self.name = name
      self.rules = rules
      self.ruleCount = ruleCount
      self.grants = grants
      self.grantCount = grantCount
    }
  }

  /// How the side was named that came before: a policy set, or the log itself.
  package let before: String
  package let after: String
  package let logs: [String]
  /// Whether there is anything that decisions are compared with.
  package let isCompared: Bool
  /// How many requests there were.
  package let requests: Int
  /// Of these, how many in each way.
  package let counts: [Direction: Int]
  /// Lines that do not say what was decided, where they were to.
  package let withoutAnswer: Int
  /// The most frequent first, then as they came.
  package let causes: [Cause]
  /// Requests with causes beyond those that were kept.
  package let otherRequests: Int
  package let unused: Unused?
  /// What the reader of the report should know of the log.
  package let notes: [String]

  package init(
    before: String,
    after: String,
    logs: [String],
    isCompared: Bool,
    requests: Int,
    counts: [Direction: Int],
    withoutAnswer: Int,
    causes: [Cause],
    otherRequests: Int,
    unused: Unused?,
    notes: [String]
  ) {
    self.before = before
    self.after = after
    self.logs = logs
    self.isCompared = isCompared
    self.requests = requests
    self.counts = counts
    self.withoutAnswer = withoutAnswer
    self.causes = causes
    self.otherRequests = otherRequests
    self.unused = unused
    self.notes = notes
  }
}
