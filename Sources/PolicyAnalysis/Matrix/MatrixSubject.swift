import PolicyEngine
import PolicyModel
import PolicySource

/// What a matrix is made of: one policy set, or two as one.
struct MatrixSubject {
  let set: PolicySet
  private let joined: JoinedSets?

  init(_ set: PolicySet) {
    self.set = set
    joined = nil
  }

  init(_ joined: JoinedSets) {
    set = joined.set
    self.joined = joined
  }

  var isCompared: Bool { joined != nil }
  var comparison: JoinedSets? { joined }

  func isOld(_ policy: PolicyIndex) -> Bool { joined?.own(policy).side == .old }

  func isOld(_ assignment: AssignmentIndex) -> Bool { joined?.side(assignment) == .old }

  func presence(_ action: ActionIndex) -> MatrixRow.Presence {
    guard let joined else { return .both }
    if joined.action(action, .old) == nil { return .new }
    return joined.action(action, .new) == nil ? .old : .both
  }

  /// A rule in the words and at the place of its own set.
  func rule(_ index: RuleIndex) -> MatrixRule {
    var own = set
    var position = index
    let isOld = isOld(set.rules[index].policy)
    if let joined {
      own = joined.sets[isOld ? .old : .new]
      if !isOld { position = RuleIndex(index.position - joined.firstNew.rule) }
    }
    let rule = own.rules[position]
    return MatrixRule(
      policy: own.policies[rule.policy].heading.name,
      id: rule.id,
      effect: rule.effect,
      text: ruleText(position, in: own),
      condition: rule.guardCondition.map { describe($0, in: own) },
      because: rule.because,
      place: place(rule.span, in: own),
      isOld: isOld
    )
  }

  /// To whom an assignment gives, where and when; subjects and places in part if they are many.
  func grant(_ index: AssignmentIndex) -> MatrixGrant {
    let isOld = isOld(index)
    let assignment = set.assignments[index]
    func list(_ texts: [String]) -> String {
      let shown = texts.prefix(4).joined(separator: ", ")
      return texts.count > 4 ? "\(shown) and \(texts.count - 4) more" : shown
    }
    var text = "assigned to \(list(assignment.subjects.map { describe($0, in: set) }))"
    if !assignment.places.isEmpty {
      text += " in \(list(assignment.places.map { describe($0, in: set) }))"
    }
    if let condition = assignment.condition { text += " when \(describe(condition, in: set))" }
    let own = joined.map { $0.sets[isOld ? .old : .new] } ?? set
    return MatrixGrant(text: text, place: place(assignment.span, in: own), isOld: isOld)
  }

  private func place(_ span: SourceSpan, in own: PolicySet) -> MatrixPlace {
    let place = own.sources.place(span)
    return MatrixPlace(
      file: own.sources[span.file].path,
      line: place.line,
      column: place.column
    )
  }
}
