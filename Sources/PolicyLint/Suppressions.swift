import PolicySource
import PolicySyntax

/// The `@suppress` annotations of a policy set, and which of them silenced something.
struct Suppressions {
  /// One annotation, and the declaration, member or rule that it stands on.
  private struct Suppression {
    let code: DiagnosticCode
    let span: SourceSpan
    let scope: SourceSpan
    let removal: Fix?
    var isUsed = false
  }

  private var all: [Suppression] = []
  /// Positions in `all` by code, so that a finding looks at few.
  private var byCode: [DiagnosticCode: [Int]] = [:]

  /// - Complexity: O(nodes).
  init(_ trees: [SyntaxTree]) {
    for tree in trees {
      for node in tree.allNodes where tree.kind(node).mayBeAnnotated {
        for annotation in tree.nodes(node, .annotation) {
          let parts = tree.nodes(annotation)
          guard parts.count == 3, tree.nameText(parts[0]) == "suppress",
            let code = DiagnosticCode(rawValue: tree.nameText(parts[1])),
            tree.kind(parts[2]) == .string, !tree.stringValue(parts[2]).isEmpty
          else { continue }
          byCode[code, default: []].append(all.count)
          all.append(
            Suppression(
              code: code,
              span: tree.span(annotation),
              scope: tree.span(node),
              removal: tree.removal(of: annotation, "remove it")
            )
          )
        }
      }
    }
  }

  /// Whether a finding begins inside something that carries its code; takes note of it.
  mutating func silence(_ finding: Diagnostic) -> Bool {
    let place = finding.primary.span
    var isSilenced = false
    for index in byCode[finding.code] ?? [] {
      let scope = all[index].scope
      guard scope.file == place.file, scope.lower <= place.lower, place.upper <= scope.upper
      else { continue }
      all[index].isUsed = true
      isSilenced = true
    }
    return isSilenced
  }

  /// The suppressions that silence nothing, of codes that could have been found in this run.
  func unused(ran: Set<DiagnosticCode>, isChecked: Bool) -> [Diagnostic] {
    let configurable = Set(lintPages.map(\.code))
    return all.compactMap { suppression in
      guard !suppression.isUsed else { return nil }
      let isJudged =
        configurable.contains(suppression.code)
        ? ran.contains(suppression.code) : isChecked
      guard isJudged else { return nil }
      return UnusedSuppression.at(
        suppression.span,
        code: suppression.code,
        fixes: suppression.removal.map { [$0] } ?? []
      )
    }
  }
}

extension NodeKind {
  /// Whether annotations stand in nodes of this kind.
  fileprivate var mayBeAnnotated: Bool {
    switch self {
    case .catalogue, .attribute, .service, .member, .policy, .rule, .letDeclaration, .group, .ou,
      .unit, .assign, .test, .canAssertion, .onlyAssertion, .holdsAssertion:
      true
    default: false
    }
  }
}
