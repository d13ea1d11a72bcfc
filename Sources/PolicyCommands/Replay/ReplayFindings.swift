import PolicyAnalysis
import PolicyEngine
import PolicyModel
import PolicyReport
import PolicySource

/// Puts what a replay came to in words; what it shows has been decided by the interpreter too.
struct ReplayFindings {
  let question: ReplayQuestion
  let tally: ReplayTally
  let logs: [String]

  /// - Complexity: O(causes) decisions of the interpreter, where there are sources.
  func report() throws(Failure) -> ReplayReport {
    var causes: [ReplayReport.Cause] = []
    for cause in sorted { causes.append(try self.cause(cause)) }
    let isCompared = question.before != nil || tally.answers > 0
    return ReplayReport(
      before: question.before?.name ?? "the log",
      after: question.after.name,
      logs: logs,
      isCompared: isCompared,
      requests: tally.requests,
      counts: tally.counts,
      withoutAnswer: question.before == nil && isCompared ? tally.unanswered : 0,
      causes: causes,
      otherRequests: tally.otherRequests,
      unused: question.grants.map(unused),
      notes: notes
    )
  }

  private var sorted: [ReplayCause] {
    tally.causes.enumerated()
      .sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
      .map(\.element)
  }

  private func cause(_ cause: ReplayCause) throws(Failure) -> ReplayReport.Cause {
    let example = cause.example
    let place = "\(logs[example.log]):\(example.line)"
    if let document = example.document {
      try check(cause.after, of: document, by: question.after, at: place)
      if let before = question.before {
        try check(cause.before, of: document, by: before, at: place)
      }
    }
    return ReplayReport.Cause(
      direction: cause.direction,
      before: outcome(cause.before, question.before),
      after: outcome(cause.after, question.after),
      count: cause.count,
      example: ReplayReport.Example(
        log: logs[example.log],
        line: example.line,
        id: example.id,
        request: example.document.map(words)
      )
    )
  }

  /// Holds an outcome that is shown to the meaning of the sources.
  private func check(
    _ outcome: ReplayOutcome,
    of document: RequestDocument,
    by side: ReplaySide,
    at place: String
  ) throws(Failure) {
    guard let set = side.set, outcome.effect != .refused,
      let request = try? document.resolved(in: set.vocabulary)
    else { return }
    let meant = interpret(request, in: set)
    guard meant.deciding.map(\.rule) == outcome.rules,
      (meant.effect == .allow) == (outcome.effect == .allow)
    else {
      throw Failure(
        "the tables of `\(side.name)` decide \(place) otherwise than its sources",
        status: .fault
      )
    }
  }

  private func outcome(_ outcome: ReplayOutcome, _ side: ReplaySide?) -> ReplayReport.Outcome {
    var rules = outcome.names.map { (id: $0, place: String?.none) }
    if let side {
      rules += outcome.rules.map { index in
        let rule = side.engine.rule(UInt32(index.position))
        return (rule.id, "\(rule.place.file):\(rule.place.line):\(rule.place.column)")
      }
    }
    return ReplayReport.Outcome(
      effect: outcome.effect,
      rules: rules,
      missing: outcome.missing,
      problem: outcome.problem
    )
  }

  /// The request in words of a set that takes it.
  private func words(_ document: RequestDocument) -> String {
    for side in [question.after, question.before] {
      guard let set = side?.set, let request = try? document.resolved(in: set.vocabulary) else {
        continue
      }
      return requestText(request, in: set)
    }
    let id = document.subjectID.map { " \(describe(string: $0))" } ?? ""
    return "\(document.action) as \(document.subjectType)\(id)"
  }

  private func unused(_ written: WrittenGrants) -> ReplayReport.Unused {
    let set = written.set
    let allows = set.rules.indices.filter { set.rules[$0].effect == .allow }
    let rules = allows.filter { !tally.used.rules.contains($0.position) }
      .map { index -> ReplayReport.Unused.Rule in
        let rule = set.rules[index]
        return (rule.id, ruleText(index, in: set), set.sources.description(rule.span))
      }
    var grants: [ReplayReport.Unused.Grant] = []
    var count = 0
    written.forEach { grant, assignment, policy, subject in
      let rules = set.policies[policy].closure.lazy.flatMap { set.policies[$0].rules }
      // What only denies gives nobody anything to use.
      guard rules.contains(where: { set.rules[$0].effect == .allow }) else { return }
      count += 1
      guard !tally.used.grants.contains(grant) else { return }
      let places = assignment.places.map { describe($0, in: set) }.joined(separator: ", ")
      grants.append(
        (
          set.policies[policy].heading.name,
          describe(subject, in: set) + (places.isEmpty ? "" : " in \(places)"),
          set.sources.description(assignment.span)
        )
      )
    }
    return ReplayReport.Unused(
      of: question.after.name,
      rules: rules,
      ruleCount: allows.count,
      grants: grants,
      grantCount: count
    )
  }

  private var notes: [String] {
    var notes: [String] = []
    guard let before = question.before else { return notes }
    if tally.otherThanLog > 0 {
      let count = Tally.count(tally.otherThanLog, "request")
      notes.append("`\(before.name)` decides \(count) otherwise than the log says: others wrote it")
    }
    if tally.answers > 0, let old = before.set, let new = question.after.set {
      let known = Set(old.groups.elements.filter(\.isOpen).map { Array($0.heading.name.utf8) })
      for group in new.groups.elements where group.isOpen {
        let name = group.heading.name
        guard !known.contains(Array(name.utf8)) else { continue }
        notes.append(
          "`\(before.name)` has no open group `\(name)`: a decision log of it says nobody is in it"
        )
      }
    }
    return notes
  }
}
