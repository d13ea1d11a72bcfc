package import PolicyEngine
package import PolicySource

/// Something that a policy set declares a name for.
package enum Symbol: Hashable, Sendable {
  case service(ServiceIndex)
  case action(ActionIndex)
  /// A position in `Catalogue.groups`.
  case actionGroup(Int)
  case attribute(AttributeIndex)
  case policy(PolicyIndex)
  /// A position in `CheckedSources.lets`.
  case letName(Int)
  case group(GroupIndex)
  case unit(UnitIndex)
}

/// A name in the source that was resolved.
package struct Occurrence: Hashable, Sendable {
  package let symbol: Symbol
  /// The name alone, with its backquotes.
  package let span: SourceSpan
  package let isDeclaration: Bool

  package init(_ symbol: Symbol, at span: SourceSpan, isDeclaration: Bool = false) {
    self.symbol = symbol
    self.span = span
    self.isDeclaration = isDeclaration
  }
}
