import PolicySource
import PolicySyntax

/// Finds names that look like other names, or that are spelt with letters of two scripts.
enum ConfusableName {
  static let lint = Lint(page, needs: .tree, find: findings)

  static let page = CodePage(
    .confusableName,
    finds: "a name with letters of another script that look like Latin ones",
    explanation: """
      Names are compared by their bytes, so two that look the same can be two things: a forged \
      policy, or an id that is nobody's. Reported is a declared name, or the id of a principal, \
      with a Greek, Cyrillic, Armenian or fullwidth letter that looks like a Latin one, if a part \
      of it (between `-`, `_`, `.`, `/`, `@` and spaces) has Latin letters as well, or if another \
      name of its kind looks the same. Names in one script are not reported otherwise. The letters \
      are those that Unicode (UTS #39) calls confusable and that fonts draw alike.
      """,
    given: CodePage.portal,
    bad: "role Obsеrver { allow device.read }",
    good: "role Observer { allow device.read }",
    severity: .warning
  )

  static func findings(_ context: LintContext) -> [Diagnostic] {
    let names = DeclaredName.all(in: context.trees)
    let suspects = names.filter { foreign(in: $0.text) != nil }
    guard !suspects.isEmpty else { return [] }
    var byLook: [String: [DeclaredName]] = [:]
    for name in names {
      byLook["\(name.kind) \(Confusables.skeleton(of: name.text))", default: []].append(name)
    }
    return suspects.compactMap { name in
      guard let letter = foreign(in: name.text) else { return nil }
      let alike = byLook["\(name.kind) \(Confusables.skeleton(of: name.text))"] ?? []
      let other = alike.first { !$0.text.utf8.elementsEqual(name.text.utf8) }
      let isLater = other.map { foreign(in: $0.text) == nil || $0.span < name.span } ?? false
      guard isLater || mixes(name.text) else { return nil }
      return Diagnostic(
        .confusableName,
        "`\(name.text)` has the \(Confusables.script(of: letter)) letter \(letter.codePoint), which "
          + "looks like `\(Confusables.skeleton(of: String(letter)))`",
        at: name.span,
        secondary: isLater ? other.map { [Label($0.span, "this looks the same")] } ?? [] : [],
        help: "write it in one script"
      )
    }
  }

  /// The first letter that looks like one of ASCII.
  private static func foreign(in text: String) -> Unicode.Scalar? {
    guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    return text.unicodeScalars.first { Confusables.lookalike(of: $0) != nil }
  }

  /// Whether a part of the text has both lookalikes and letters of ASCII.
  private static func mixes(_ text: String) -> Bool {
    let parts = text.unicodeScalars.split { "-_./@ ".unicodeScalars.contains($0) }
    return parts.contains { part in
      part.contains { $0.isASCII && $0.properties.isAlphabetic }
        && part.contains { Confusables.lookalike(of: $0) != nil }
    }
  }
}
