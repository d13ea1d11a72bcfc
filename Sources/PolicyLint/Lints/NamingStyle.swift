import PolicySource
import PolicySyntax

/// Finds names that join their words in another way than most names of their kind.
enum NamingStyle {
  static let lint = Lint(page, needs: .tree, find: findings)

  static let page = CodePage(
    .namingStyle,
    finds: "a name that is styled unlike most names of its kind",
    explanation: """
      The styles are `kebab-case`, `snake_case`, `camelCase` and `PascalCase`; a name of one \
      lower-case word is of the first three, and any other name is of none. A name is reported if \
      a style fits at least three of its kind (services, actions, attributes, policies, lets, \
      groups, units), fits more than three times as many as do not fit it, and does not fit this \
      one. Ids of principals are what they are.
      """,
    bad: """
      catalogue portal {
        service device { list-all  read-one  delete-all  update-one  deleteOne }
      }
      """,
    good: """
      catalogue portal {
        service device { list-all  read-one  delete-all  update-one  delete-one }
      }
      """,
    severity: .warning,
    isOffByDefault: true
  )

  static func findings(_ context: LintContext) -> [Diagnostic] {
    let names = DeclaredName.all(in: context.trees)
      .filter { $0.kind != .principal && $0.kind != .catalogue }
    return NameKind.allCases.flatMap { kind -> [Diagnostic] in
      let ofKind = names.filter { $0.kind == kind }
      guard let style = prevailing(ofKind.map(\.text)) else { return [] }
      return ofKind.filter { !style.fits($0.text) }.map { name in
        Diagnostic(
          .namingStyle,
          "`\(name.text)` is not in \(style.rawValue), as most names of its kind are",
          at: name.span
        )
      }
    }
  }

  /// The style of most names.
  ///
  /// Of several that fit equally many, the first, which then have no misfits that differ.
  private static func prevailing(_ names: [String]) -> Style? {
    let ranked = Style.allCases.map { style in (style, names.count { style.fits($0) }) }
    guard let best = ranked.max(by: { $0.1 < $1.1 }), best.1 >= 3,
      best.1 > 3 * (names.count - best.1)
    else { return nil }
    return best.0
  }

  private enum Style: String, CaseIterable {
    case kebab = "kebab-case"
    case snake = "snake_case"
    case camel = "camelCase"
    case pascal = "PascalCase"

    func fits(_ name: String) -> Bool {
      guard let first = name.unicodeScalars.first else { return false }
      return name.unicodeScalars.allSatisfy { scalar in
        switch self {
        case .kebab: !scalar.properties.isUppercase && (isWord(scalar) || scalar == "-")
        case .snake: !scalar.properties.isUppercase && (isWord(scalar) || scalar == "_")
        case .camel, .pascal: isWord(scalar)
        }
      } && first.properties.isUppercase == (self == .pascal)
    }

    private func isWord(_ scalar: Unicode.Scalar) -> Bool {
      scalar != "_" && scalar.properties.isXIDContinue
    }
  }
}
