package import PolicyEngine
package import PolicySource

/// What a rule does.
package enum Effect: UInt8, Hashable, Sendable {
  case allow, deny

  package var word: String {
    switch self {
    case .allow: "allow"
    case .deny: "deny"
    }
  }
}

/// One rule of a policy, its patterns expanded.
package struct Rule: Sendable {
  package let policy: PolicyIndex
  /// Its place among the rules of its policy, from 1.
  package let number: Int
  /// Its `@id`, or `policy#number`.
  package let id: String
  package let effect: Effect
  package let actions: ActionSet
  /// The condition after `when`.
  package let condition: Condition?
  /// The condition after `unless`.
  package let exception: Condition?
  package let because: String?
  package let documentation: String?
  package let annotations: [Annotation]
  package let span: SourceSpan
  /// The patterns of the rule, with `except`.
  package let actionsSpan: SourceSpan

  package init(
    policy: PolicyIndex,
    number: Int,
    id: String,
    effect: Effect,
    actions: ActionSet,
    condition: Condition?,
    exception: Condition?,
    because: String?,
    documentation: String?,
    annotations: [Annotation],
    span: SourceSpan,
    actionsSpan: SourceSpan
  ) {
    self.policy = policy
    self.number = number
    self.id = id
    self.effect = effect
    self.actions = actions
    self.condition = condition
    self.exception = exception
    self.because = because
    self.documentation = documentation
    self.annotations = annotations
    self.span = span
    self.actionsSpan = actionsSpan
  }

  /// `when and not unless`, or nil for a rule without either.
  package var guardCondition: Condition? {
    switch (condition, exception) {
    case (nil, nil): nil
    case (let condition?, nil): condition
    case (nil, let exception?): .not(exception)
    case (let condition?, let exception?): .all([condition, .not(exception)])
    }
  }
}

/// A policy, or role.
package struct Policy: Sendable {
  package let heading: Heading
  package let isBuiltIn: Bool
  /// Whether it was declared with the word `role`.
  package let isRole: Bool
  package let includes: [PolicyIndex]
  /// The rules that it declares itself.
  package let rules: [RuleIndex]
  /// Itself and all that it includes, transitively, in order of position.
  package let closure: [PolicyIndex]

  package init(
    heading: Heading,
    isBuiltIn: Bool,
    isRole: Bool,
    includes: [PolicyIndex],
    rules: [RuleIndex],
    closure: [PolicyIndex]
  ) {
    self.heading = heading
    self.isBuiltIn = isBuiltIn
    self.isRole = isRole
    self.includes = includes
    self.rules = rules
    self.closure = closure
  }
}

/// A group of principals: declared with its members, or open.
package struct Group: Sendable {
  package let heading: Heading
  /// Whether it was declared without a block, so that requests say who is in it.
  package let isOpen: Bool
  package let members: [PrincipalID]
  package let groups: [GroupIndex]

  package init(
    heading: Heading,
    isOpen: Bool,
    members: [PrincipalID],
    groups: [GroupIndex]
  ) {
    self.heading = heading
    self.isOpen = isOpen
    self.members = members
    self.groups = groups
  }
}

/// An organisational unit.
package struct Unit: Sendable {
  package let heading: Heading
  /// The names from the root, such as `acme/plant-2`.
  package let path: String
  package let parent: UnitIndex?
  /// The unit itself and all below it.
  package var subtree: Range<Int>

  package init(heading: Heading, path: String, parent: UnitIndex?, subtree: Range<Int>) {
    self.heading = heading
    self.path = path
    self.parent = parent
    self.subtree = subtree
  }
}

/// Whom an assignment, a test or an assertion speaks of.
package enum Subject: Hashable, Sendable {
  case principal(PrincipalID)
  case group(GroupIndex)
  case everyone
  case anonymous
}

/// Policies given to subjects, in places, on a condition.
package struct Assignment: Sendable {
  package let policies: [PolicyIndex]
  package let subjects: [Subject]
  /// The units that it covers, with all below; empty for everywhere.
  package let places: [UnitIndex]
  package let condition: Condition?
  package let annotations: [Annotation]
  package let span: SourceSpan

  package init(
    policies: [PolicyIndex],
    subjects: [Subject],
    places: [UnitIndex],
    condition: Condition?,
    annotations: [Annotation],
    span: SourceSpan
  ) {
    self.policies = policies
    self.subjects = subjects
    self.places = places
    self.condition = condition
    self.annotations = annotations
    self.span = span
  }
}

/// A checked policy set: plain values, dense and deterministic indices.
package struct PolicySet: Sendable {
  package var sources: SourceMap
  package var catalogue = Catalogue()
  package var policies = Table<PolicyIndex, Policy>()
  package var rules = Table<RuleIndex, Rule>()
  package var groups = Table<GroupIndex, Group>()
  package var units = Table<UnitIndex, Unit>()
  package var assignments = Table<AssignmentIndex, Assignment>()
  package var tests: [TestCase] = []
  package var assertions: [Assertion] = []

  package init(sources: SourceMap) {
    self.sources = sources
  }
}
