import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax

extension Checker {
  mutating func resolveAssignments() {
    for site in sites(.assign) {
      let annotations = annotations(of: site, on: .assignment)
      var policies: [PolicyIndex] = []
      for nameSite in nodes(site, .name) {
        if let index = policy(nameSite) { policies.append(index) }
      }
      var subjects: [Subject] = []
      for subjectSite in nodes(site, .subject) {
        if let subject = subject(subjectSite) { subjects.append(subject) }
      }
      let places = places(first(site, .placeList), outsideAllowed: false)
      let condition = first(site, .whenClause).flatMap { nodes($0).first }
        .flatMap { self.condition($0) }
      if let condition {
        verify(condition, ofAssignmentOf: policies)
      }
      if first(site, .whenClause) == nil,
        let mark = annotations.first(where: { $0.name.utf8.elementsEqual("condition".utf8) })
      {
        report(MissingCondition.at(mark))
      }
      _ = set.assignments.append(
        Assignment(
          policies: policies,
          subjects: subjects,
          places: (places ?? []).compactMap { if case .unit(let unit) = $0 { unit } else { nil } },
          condition: condition?.condition,
          annotations: annotations,
          span: span(site)
        )
      )
    }
  }

  /// An assignment's condition reads only what every request may have, and `has` in it must
  /// restrict every policy that it puts in force.
  private mutating func verify(
    _ condition: BuiltCondition,
    ofAssignmentOf policies: [PolicyIndex]
  ) {
    for use in condition.reads.uses {
      guard case .attribute(let index) = use.term,
        set.catalogue.attributes[index].services != nil
      else { continue }
      report(AssignmentCondition.at(use.span, attribute: set.catalogue.attributes[index]))
    }
    guard !condition.reads.presences.isEmpty else { return }
    var effects: Set<Effect> = []
    for policy in Set(policies.flatMap { set.policies[$0].closure }) {
      for rule in set.policies[policy].rules { effects.insert(set.rules[rule].effect) }
    }
    if effects.count == 2 {
      for presence in condition.reads.presences {
        report(HasWidens.inMixedAssignment(presence, term: describe(presence.term)))
      }
    } else if let effect = effects.first {
      requireRestricting(condition.reads, effect: effect, isException: false)
    }
  }
}
