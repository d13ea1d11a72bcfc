import PolicySource

/// A place that names a unit which the set does not declare.
enum UnknownUnit {
  static let page = CodePage(
    .unknownUnit,
    finds: "an organisational unit that the set does not declare",
    explanation: """
      A place is the full path of a declared unit, from its root, such as `acme/plant-2`. Units are \
      declared with `ou`.
      """,
    given: CodePage.portal,
    bad: """
      ou acme { plant-1  plant-2 }
      role Observer { allow device.read }
      assign Observer to everyone in acme/plant-3
      """,
    good: """
      ou acme { plant-1  plant-2 }
      role Observer { allow device.read }
      assign Observer to everyone in acme/plant-2
      """
  )

  /// `paths` are how units of that name below others are written, when it stands alone.
  static func at(
    _ span: SourceSpan,
    name: String,
    parent: String?,
    known: [String],
    paths: [String]
  ) -> Diagnostic {
    let near = Near(name, at: span, among: known)
    let path = near.help == nil && paths.count == 1 ? paths.first : nil
    let message =
      parent.map { "unit `\($0)` has no unit `\(name)`" } ?? "there is no root unit `\(name)`"
    return Diagnostic(
      .unknownUnit,
      message,
      at: span,
      label: "not declared in this set",
      help: near.help ?? path.map { "did you mean `\($0)`?" }
        ?? (parent == nil ? "a place is the full path from a root unit" : nil),
      fixes: near.fixes
        + (path.map { [Fix("change to `\($0)`", [Edit(span, $0)], isSafe: false)] } ?? [])
    )
  }
}
