package import PolicyAnalysis
import PolicyEngine
import PolicyModel
package import PolicySource

/// A difference as findings, for the formats that show findings in files.
///
/// A finding stands at the rules that cause it. What only went away has no place in the newer set: it
/// is told at the name of its policy there, and in the older set where that has gone too.
package struct DifferenceFindings {
  private var words: DifferenceWords
  private let fails: (Direction) -> Bool
  private var findings = SidePair<[Diagnostic]>([], [])

  /// What differs in a direction that fails is an error, and a warning where it does not.
  package init(_ difference: Difference, failing fails: @escaping (Direction) -> Bool) {
    words = DifferenceWords(difference)
    self.fails = fails
  }

  package mutating func report(pages: [CodePage]) -> FindingsReport {
    let difference = words.difference
    for altered in difference.alteredBuiltIns { add(altered) }
    for change in difference.changes { add(change) }
    for growth in difference.gained { add(growth, .widening) }
    for growth in difference.lost { add(growth, .narrowing) }
    for undecided in difference.undecided { add(undecided) }
    let sets = difference.joined.sets
    var parts = [FindingsReport.Part(findings.new.inSourceOrder(), in: sets.new.sources)]
    if !findings.old.isEmpty {
      parts.append(FindingsReport.Part(findings.old.inSourceOrder(), in: sets.old.sources))
    }
    return FindingsReport(command: "diff", parts: parts, remarks: [words.tally], pages: pages)
  }

  // MARK: Findings

  private mutating func add(_ altered: AlteredBuiltIn) {
    let (side, span) = heading(of: altered.new ?? altered.old)
    findings[side].append(
      Diagnostic(
        .builtInChanged,
        "built-in policy \(words.builtIn(altered))",
        at: span,
        severity: .warning
      )
    )
  }

  private mutating func add(_ change: AccessChange) {
    let (side, spans) = places(of: change)
    var notes = words.causes(change.causes).map { "rule \($0.sign) \($0.text) (\($0.place))" }
    if let evidence = change.widening { notes += shown(evidence, .widening) }
    if let evidence = change.narrowing { notes += shown(evidence, .narrowing) }
    findings[side].append(
      Diagnostic(
        change.kind.code,
        "\(words.subjects(change.subjects)): \(change.kind.rawValue) for "
          + words.actions(change.actions),
        at: spans[0],
        severity: severity(change.kind.directions),
        secondary: spans.dropFirst().map { Label($0, "and here") },
        notes: notes
      )
    )
  }

  private mutating func add(_ growth: Growth, _ direction: Direction) {
    let side = direction.allowing
    let set = words.difference.joined.sets[side]
    let spans = growth.rules.map { set.rules[$0].actionsSpan }
    findings[side].append(
      Diagnostic(
        direction == .widening ? .catalogueGrowth : .accessNarrowed,
        words.growth(growth, direction),
        at: spans.first ?? wholeSet(side),
        severity: severity([direction]),
        secondary: spans.dropFirst().map { Label($0, "and here") },
        notes: shown(growth.evidence, direction)
      )
    )
  }

  private mutating func add(_ undecided: Undecided) {
    let (side, span) = place(of: undecided.subject)
    let kind: ChangeKind = undecided.direction == .widening ? .widened : .narrowed
    findings[side].append(
      Diagnostic(
        .accessNotShown,
        "\(words.subject(undecided.subject)) may be \(kind.rawValue) for "
          + words.actions(undecided.actions),
        at: span,
        severity: severity([undecided.direction]),
        notes: ["no request was found that shows it, and no proof that there is none"]
      )
    )
  }

  private func severity(_ directions: [Direction]) -> Severity {
    directions.contains(where: fails) ? .error : .warning
  }

  private func shown(_ evidence: Evidence, _ direction: Direction) -> [String] {
    [
      "request: \(words.request(evidence, direction))",
      "before: \(words.decision(evidence, .old))",
      "after: \(words.decision(evidence, .new))",
    ]
  }

  // MARK: Places

  /// The rules that came, or the assignment that gives them; else the place of its subject.
  private func places(of change: AccessChange) -> (side: Side, spans: [SourceSpan]) {
    let set = words.difference.joined.sets.new
    if !change.causes.new.isEmpty {
      return (.new, change.causes.new.map { set.rules[$0].span })
    }
    if case .principal = change.subjects[0] {
      for side in [Side.new, .old] {
        let evidence = side == .new ? change.widening : change.narrowing
        guard let first = evidence?.decisions[side]?.deciding.first,
          case .assignment(let index) = first.grant
        else { continue }
        return (side, [words.difference.joined.sets[side].assignments[index].span])
      }
    }
    let (side, span) = place(of: change.subjects[0])
    let gone = side == .old ? change.causes.old : []
    let old = words.difference.joined.sets.old
    return (side, gone.isEmpty ? [span] : gone.map { old.rules[$0].span })
  }

  private func place(of subject: ChangeSubject) -> (side: Side, span: SourceSpan) {
    switch subject {
    case .principal: (.new, wholeSet(.new))
    case .policy(let pair): (pair.new ?? pair.old).map { heading(of: $0) } ?? (.new, wholeSet(.new))
    }
  }

  /// The name of a policy.
  private func heading(of policy: PolicyIndex) -> (side: Side, span: SourceSpan) {
    let joined = words.difference.joined
    let (side, own) = joined.own(policy)
    return (side, joined.sets[side].policies[own].heading.nameSpan)
  }

  /// Where something is told that has no place of its own: the name of the catalogue.
  private func wholeSet(_ side: Side) -> SourceSpan {
    words.difference.joined.sets[side].catalogue.headings.first?.nameSpan
      ?? SourceSpan(file: FileID(0), lower: 0, upper: 0)
  }
}

extension ChangeKind {
  /// The ways in which it changes access.
  fileprivate var directions: [Direction] {
    switch self {
    case .widened: [.widening]
    case .narrowed: [.narrowing]
    case .reconditioned: [.widening, .narrowing]
    }
  }

  fileprivate var code: DiagnosticCode {
    switch self {
    case .widened: .accessWidened
    case .narrowed: .accessNarrowed
    case .reconditioned: .accessReconditioned
    }
  }
}
