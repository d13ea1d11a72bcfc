package import PolicyEngine
package import PolicySource

/// A value that a test gives to something in its request.
package struct Binding: Sendable {
  package let term: Term
  package let value: Value
  package let span: SourceSpan

  package init(term: Term, value: Value, span: SourceSpan) {
    self.term = term
    self.value = value
    self.span = span
  }
}

/// What a test expects of some actions.
package struct Expectation: Sendable {
  package let effect: Effect
  package let actions: ActionSet
  /// Where the resource is, if the expectation says so itself.
  package let unit: ResourceUnit?
  package let bindings: [Binding]
  package let because: String?
  package let span: SourceSpan

  package init(
    effect: Effect,
    actions: ActionSet,
    unit: ResourceUnit?,
    bindings: [Binding],
    because: String?,
    span: SourceSpan
  ) {
    self.effect = effect
    self.actions = actions
    self.unit = unit
    self.bindings = bindings
    self.because = because
    self.span = span
  }
}

/// A `test` block.
package struct TestCase: Sendable {
  package let title: String
  package let titleSpan: SourceSpan
  package let span: SourceSpan
  package let annotations: [Annotation]
  package let kind: PrincipalKind
  package let identity: PrincipalIdentity
  package let groups: Set<GroupIndex>
  package let held: [PolicyIndex]
  package let unit: ResourceUnit
  package let bindings: [Binding]
  package let expectations: [Expectation]

  package init(
    title: String,
    titleSpan: SourceSpan,
    span: SourceSpan,
    annotations: [Annotation],
    kind: PrincipalKind,
    identity: PrincipalIdentity,
    groups: Set<GroupIndex>,
    held: [PolicyIndex],
    unit: ResourceUnit,
    bindings: [Binding],
    expectations: [Expectation]
  ) {
    self.title = title
    self.titleSpan = titleSpan
    self.span = span
    self.annotations = annotations
    self.kind = kind
    self.identity = identity
    self.groups = groups
    self.held = held
    self.unit = unit
    self.bindings = bindings
    self.expectations = expectations
  }

  /// The request that an expectation makes of one action; its own bindings win over the test's.
  package func request(_ expectation: Expectation, _ action: ActionIndex) -> RequestData {
    var request = RequestData(
      kind: kind,
      identity: identity,
      groups: groups,
      held: held.map { Holding($0) },
      action: action,
      unit: expectation.unit ?? unit
    )
    for binding in bindings + expectation.bindings {
      switch binding.term {
      case .attribute(let attribute): request.values[attribute] = binding.value
      case .resource:
        if case .string(let id) = binding.value { request.resourceID = id }
      case .principal: break
      }
    }
    return request
  }
}

/// Whom an assertion speaks of.
package enum AssertionSubject: Sendable {
  case policy(PolicyIndex)
  /// Someone who holds any policies of the set, or none.
  case anyone
  case subject(Subject)
}

/// What an assertion claims.
package enum Claim: Sendable {
  case can(AssertionSubject, ActionSet)
  case cannot(AssertionSubject, ActionSet)
  case only([PolicyIndex], ActionSet)
  case nobodyHolds([PolicyIndex])
}

/// An `assert` declaration.
package struct Assertion: Sendable {
  package let claim: Claim
  /// The places it speaks of; empty for all, outside and unknown included.
  package let places: [AssertionPlace]
  package let condition: Condition?
  package let annotations: [Annotation]
  package let span: SourceSpan

  package init(
    claim: Claim,
    places: [AssertionPlace],
    condition: Condition?,
    annotations: [Annotation],
    span: SourceSpan
  ) {
    self.claim = claim
    self.places = places
    self.condition = condition
    self.annotations = annotations
    self.span = span
  }
}

/// A place that an assertion speaks of.
package enum AssertionPlace: Hashable, Sendable {
  case outside
  /// The unit and all below it.
  case unit(UnitIndex)
}
