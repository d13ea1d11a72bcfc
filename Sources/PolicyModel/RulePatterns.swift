package import PolicySource

/// What the patterns of a rule come to, and what they would without one of their parts.
package struct RulePatterns: Sendable {
  /// What a set of patterns stands for.
  package struct Matches: Hashable, Sendable {
    /// All that they match: what a deny means.
    package let matched: ActionSet
    /// What an allow means: not those marked `@explicit` that they do not name.
    package let reached: ActionSet

    package init(matched: ActionSet, reached: ActionSet) {
      self.matched = matched
      self.reached = reached
    }

    package func of(_ effect: Effect) -> ActionSet { effect == .allow ? reached : matched }
  }

  /// A pattern in a list of several, or a service or member between its braces.
  package struct Part: Sendable {
    package let span: SourceSpan
    /// Whether it stands after `except`.
    package let isException: Bool
    /// What the rule's patterns come to without it.
    package let without: Matches

    package init(span: SourceSpan, isException: Bool, without: Matches) {
      self.span = span
      self.isException = isException
      self.without = without
    }
  }

  package let all: Matches
  /// In source order.
  package let parts: [Part]

  package init(all: Matches, parts: [Part]) {
    self.all = all
    self.parts = parts
  }
}
