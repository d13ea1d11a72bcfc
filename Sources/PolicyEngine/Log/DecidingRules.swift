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
    let needed = (tables.rules.count + 63) / 64
    if marks.count < needed { marks = [UInt64](repeating: 0, count: needed) }
    let action = tables.actions[request.action]
    for index in unsafe request.grants.indices {
      let grant = unsafe request.grants[index]
      let contributed = unsafe deciding.cell(of: grant, action, request.unit, request.classes)
      guard contributed == cell else { continue }
      for position in tables.policies[grant.policy].closure.range {
        let policy = tables.policyLists[position]
        guard deciding.plane(policy, action).cell(action.bit) != 0 else { continue }
        mark(request, tables.policies[policy].ruleRanges.range)
      }
      used(grant)
    }
  }

  /// Marks the rules of one policy that apply, as sure as its effect needs.
  private mutating func mark(_ request: LoggedRequest, _ ranges: Range<Int>) {
    let tables = request.tables
    let isDeny = request.cell == 2
    tables.forEachRule(of: request.action, in: ranges) { rule in
      let record = tables.rules[rule]
      guard (record.effect == 1) == isDeny else { return }
      let table = record.guardTable
      if table != ArtifactFormat.none {
        let truth = unsafe tables.deciding.outcome(table, request.classes)
        guard isDeny ? truth > 0 : truth == 2 else { return }
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
    _ body: (LoggedRequest) -> Result
  ) -> Result {
    let action = UInt32(request.action.position)
    let classified = classify(request)
    let deciding = tables.deciding
    var values = [UInt32: Value](minimumCapacity: request.values.count + 1)
    for (attribute, value) in request.values { values[UInt32(attribute.position)] = value }
    if let id = request.resourceID { values[TermCode.resource] = .string(id) }
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
            subject: SubjectData(request),
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
    decide(request) { decided in
      rules.find(decided) { grant in
        used(
          PolicyIndex(Int(grant.policy)),
          grant.assignment == ArtifactFormat.none ? nil : AssignmentIndex(Int(grant.assignment))
        )
      }
      return Decision(cell: decided.cell)
    }
  }
}
