/// Parts of a request that were there when it was decided, and are not told.
package struct Withheld: Sendable {
  package var attributes: Set<AttributeIndex> = []
  package var hasResourceID = false

  package init() {}
}

extension PolicyEngine {
  /// Whether a request that is denied as it is told could be allowed with what is withheld.
  ///
  /// - Returns: False if it is denied whatever that is. True if it may be allowed, or if there is too
  ///   much to look at.
  /// - Complexity: O(policies that the principal comes by × what their tables may come to), bounded for
  ///   each table.
  package func mayBeAllowed(_ request: RequestData, knowing withheld: Withheld) -> Bool {
    decide(request, with: [:]) { decided in
      var outcomes = unsafe PossibleOutcomes(
        tables,
        decided.classes,
        isOpen: openVariables(of: withheld, in: request),
        limits: PossibleOutcomes.Limits(sums: 512, nodes: 4096)
      )
      outcomes.derive()
      var mayAllow = false
      for index in unsafe decided.grants.indices {
        let contributed = unsafe contribution(of: decided.grants[index], decided, &outcomes)
        if contributed == .init(2) { return false }
        mayAllow = mayAllow || contributed.contains(.init(1))
      }
      return mayAllow
    }
  }

  /// What a grant may contribute to the action of a request.
  private func contribution(
    of grant: SubjectGrant,
    _ decided: LoggedRequest,
    _ outcomes: inout PossibleOutcomes
  ) -> PossibleOutcomes.Mask {
    let sure = min(grant.truth, UnitCode.place(grant.low, grant.high, covers: decided.unit))
    guard sure > 0 else { return .init(0) }
    let action = tables.actions[decided.action]
    let plane = tables.deciding.plane(grant.policy, action)
    let plain = plane.cell(action.bit)
    let cells =
      plain == 3 ? outcomes.of(plane.table(action.bit, in: tables.deciding.cells)) : .init(plain)
    let forces: PossibleOutcomes.Mask =
      grant.condition == ArtifactFormat.none ? .init(2) : outcomes.of(grant.condition)
    var contributed: PossibleOutcomes.Mask = []
    for force in 0...UInt32(2) where forces.contains(.init(force)) {
      for cell in 0...UInt32(2) where cells.contains(.init(cell)) {
        // As in `DecisionTables.cell(of:)`: an allow counts only where the grant surely is in force.
        let counts = min(force, sure) == 2 || cell == 2 && force > 0
        contributed.insert(.init(counts ? cell : 0))
      }
    }
    return contributed
  }

  /// The variables that read what is withheld.
  private func openVariables(of withheld: Withheld, in request: RequestData) -> [Bool] {
    var isOpen = [Bool](repeating: false, count: tables.variables.count)
    func isWithheld(_ term: UInt32) -> Bool {
      term == TermCode.resource
        ? withheld.hasResourceID
        : term != TermCode.principal && withheld.attributes.contains(AttributeIndex(Int(term)))
    }
    func openRelations(_ run: Range<Int>) {
      for index in run {
        let step = tables.steps[index]
        guard step.kind == StepKind.relation.rawValue else { continue }
        if isWithheld(step.b) || isWithheld(step.c) { isOpen[Int(step.slot)] = true }
      }
    }
    func openAll(_ run: Range<Int>) {
      for index in run {
        let step = tables.steps[index]
        isOpen[Int(step.slot)] = true
        guard let kind = StepKind(rawValue: step.kind), [.elements, .elementsUnder].contains(kind)
        else { continue }
        for element in 0..<Int(step.b) {
          isOpen[Int(tables.classes[Int(step.c) + element])] = true
        }
      }
    }
    for attribute in withheld.attributes {
      openAll(tables.attributes[attribute.position].steps.range)
    }
    let resource = tables.run(.resourceStepStart, .resourceStepCount)
    if withheld.hasResourceID { openAll(resource) }
    // A relation may be a step of either side.
    openRelations(resource)
    for attribute in request.values.keys {
      openRelations(tables.attributes[attribute.position].steps.range)
    }
    return isOpen
  }
}
