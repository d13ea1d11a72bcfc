/// The rules that decided a request, by their positions: found without taking memory, once there is
/// a bit for each rule.
///
/// What everything that gives a principal a policy contributes to a decision is looked up, and what
/// the policies that it includes contribute. Only in a policy whose own answer is the decision are
/// rules looked for, by one search in its runs of actions.
package struct DecidingRules: Sendable {
  /// One bit a rule.
  private var marks: [UInt64] = []
  /// The words that may have a mark.
  private var words = 0..<0

  package init() {}

  /// Calls a function with each rule that was found, in the order of the rules, and forgets them.
  ///
  /// - Complexity: O(rules found + rules between them / 64).
  package mutating func take(_ body: (RuleIndex) -> Void) {
    for word in words {
      while marks[word] != 0 {
        body(RuleIndex(word << 6 | marks[word].trailingZeroBitCount))
        marks[word] &= marks[word] &- 1
      }
    }
    words = 0..<0
  }

  /// Finds the rules that decided a request.
  ///
  /// - Parameters:
  ///   - request: The request, brought down to numbers.
  ///   - used: Called with each grant by which rules decided.
  /// - Complexity: O(policies that the principal comes by + log rules of those that decide + rules of
  ///   theirs that bear on the action).
  mutating func find(_ request: LoggedRequest, _ used: (SubjectGrant) -> Void = { _ in }) {
    let tables = request.tables
    let deciding = tables.deciding
    let cell = request.cell
    guard cell != 0 else { return }
    makeRoom(for: tables)
    let action = tables.actions[request.action]
    for index in unsafe request.grants.indices {
      let grant = unsafe request.grants[index]
      let contributed = unsafe deciding.cell(of: grant, action, request.unit, request.classes)
      guard contributed == cell else { continue }
      for position in tables.policies[grant.policy].closure.range {
        let policy = tables.policyLists[position]
        guard deciding.plane(policy, action).cell(action.bit) != 0 else { continue }
        // A deny applies unless it is false, an allow only where it is true.
        mark(
          request,
          tables.policies[policy].ruleRanges.range,
          denies: cell == 2,
          atLeast: cell == 2 ? 1 : 2
        )
      }
      used(grant)
    }
  }

  /// Finds the allows that could decide a request if it said something else.
  ///
  /// - Complexity: O(policies that the principal comes by, with what they include + log rules + rules
  ///   that bear on the action).
  mutating func findPossible(_ request: LoggedRequest, _ used: (SubjectGrant) -> Void) {
    let tables = request.tables
    makeRoom(for: tables)
    let action = tables.actions[request.action]
    for index in unsafe request.grants.indices {
      let grant = unsafe request.grants[index]
      guard tables.deciding.plane(grant.policy, action).cell(action.bit) != 0 else { continue }
      for position in tables.policies[grant.policy].closure.range {
        let policy = tables.policyLists[position]
        mark(request, tables.policies[policy].ruleRanges.range, denies: false, atLeast: 0)
      }
      used(grant)
    }
  }

  private mutating func makeRoom(for tables: Tables) {
    let needed = (tables.rules.count + 63) / 64
    if marks.count < needed { marks = [UInt64](repeating: 0, count: needed) }
  }

  /// Marks the rules of one policy and of one effect that are at least so true: 1 perhaps,
  /// 2 surely.
  private mutating func mark(
    _ request: LoggedRequest,
    _ ranges: Range<Int>,
    denies: Bool,
    atLeast least: UInt32
  ) {
    let tables = request.tables
    tables.forEachRule(of: request.action, in: ranges) { rule in
      let record = tables.rules[rule]
      guard (record.effect == 1) == denies else { return }
      let table = record.guardTable
      if table != ArtifactFormat.none {
        let truth = unsafe tables.deciding.outcome(table, request.classes)
        guard truth >= least else { return }
      }
      let word = Int(rule >> 6)
      marks[word] |= 1 << UInt64(rule & 63)
      words =
        words.isEmpty
        ? word..<word + 1 : min(words.lowerBound, word)..<max(words.upperBound, word + 1)
    }
  }
}

/// A request that was decided, brought down to what decided it and what a log says of it.
@safe struct LoggedRequest {
  let tables: Tables
  let subject: SubjectData
  let action: UInt32
  let unit: UInt32
  /// The values that were given, by their terms.
  let values: [UInt32: Value]
  /// Everything that gives the principal a policy.
  let grants: UnsafeBufferPointer<SubjectGrant>
  let classes: UnsafePointer<UInt32>
  /// The decision: 0 nothing, 1 allow, 2 deny.
  let cell: UInt32
}

extension PolicyEngine {
  /// Decides a request whose names are resolved, and calls a function with its parts while they are
  /// there.
  func decide<Result>(
    _ request: RequestData,
    with values: [UInt32: Value],
    _ body: (LoggedRequest) -> Result
  ) -> Result {
    let action = UInt32(request.action.position)
    let classified = classify(request)
    let deciding = tables.deciding
    return unsafe classified.classes.withUnsafeBufferPointer { classes in
      unsafe classified.grants.withUnsafeBufferPointer { grants in
        // `classify` makes room for one class at least.
        let first = unsafe classes.baseAddress.unsafelyUnwrapped
        var best: UInt32 = 0
        for index in grants.indices where best < 2 {
          best = unsafe max(
            best,
            deciding.cell(of: grants[index], tables.actions[action], classified.unit, first)
          )
        }
        return unsafe body(
          LoggedRequest(
            tables: tables,
            subject: classified.subject,
            action: action,
            unit: classified.unit,
            values: values,
            grants: grants,
            classes: first,
            cell: best
          )
        )
      }
    }
  }

  /// Decides a request whose names are resolved, and finds the rules that decided.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - rules: Where the rules are put.
  ///   - used: Called with each policy by which rules decided, and the assignment that gave it; nil
  ///     for a held one.
  /// - Returns: The decision.
  package func decide(
    _ request: RequestData,
    _ rules: inout DecidingRules,
    _ used: (PolicyIndex, AssignmentIndex?) -> Void
  ) -> Decision {
    decide(request, with: [:]) { decided in
      rules.find(decided) { used($0.policyIndex, $0.assignmentIndex) }
      return Decision(cell: decided.cell)
    }
  }

  /// Finds the rules that could allow a request if it said something else.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - rules: Where the rules are put.
  ///   - used: Called with each policy by which they could, and the assignment that gave it.
  package func possibleAllows(
    _ request: RequestData,
    _ rules: inout DecidingRules,
    _ used: (PolicyIndex, AssignmentIndex?) -> Void
  ) {
    decide(request, with: [:]) { decided in
      rules.findPossible(decided) { used($0.policyIndex, $0.assignmentIndex) }
    }
  }
}

extension SubjectGrant {
  fileprivate var policyIndex: PolicyIndex { PolicyIndex(Int(policy)) }

  /// The assignment; nil for a policy that is held or given.
  fileprivate var assignmentIndex: AssignmentIndex? {
    assignment == ArtifactFormat.none ? nil : AssignmentIndex(Int(assignment))
  }
}
