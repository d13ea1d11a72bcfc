import PolicySource
import PolicySyntax

/// Finds characters in strings that cannot be seen, or that turn the direction of the text.
enum BidiText {
  static let lint = Lint(page, needs: .tree, find: findings)

  static let page = CodePage(
    .bidiText,
    finds: "a character in a string that cannot be seen, or that turns the direction of text",
    explanation: """
      Zero-width characters and those that change the direction of text make a string read \
      differently from what it is, which is how text is forged ("Trojan Source", CVE-2021-42574). \
      An escape says the same and can be seen; the fix writes it. The joiners that emoji and some \
      scripts need between two of their characters are left alone, and so are emoji selectors. \
      (Outside strings such a character is an error, `invisible-character`.)
      """,
    given: CodePage.portal,
    bad: """
      role Observer "Looks\u{200B} at devices" { allow device.read }
      """,
    good: #"""
      role Observer "Looks\u{200b} at devices" { allow device.read }
      """#,
    severity: .warning
  )

  static func findings(_ context: LintContext) -> [Diagnostic] {
    context.trees.flatMap { tree in
      tree.allNodes(.string).flatMap { string -> [Diagnostic] in
        let span = tree.span(string)
        let bytes = tree.source.bytes[Int(span.lower)..<Int(span.upper)]
        guard bytes.contains(where: { $0 >= 0x80 || $0 < 0x20 }) else { return [] }
        return findings(in: tree.text(span), at: span)
      }
    }
  }

  private static func findings(in text: String, at span: SourceSpan) -> [Diagnostic] {
    let scalars = Array(text.unicodeScalars)
    var lower = span.lower
    var found: [Diagnostic] = []
    for (index, scalar) in scalars.enumerated() {
      let upper = lower + UInt32(UTF8.width(scalar))
      defer { lower = upper }
      guard scalar.isInvisible,
        !isNeeded(scalar, before: scalars[..<index], scalars[(index + 1)...])
      else { continue }
      let place = SourceSpan(file: span.file, lower: lower, upper: upper)
      let escape = "\\u{\(String(scalar.value, radix: 16))}"
      found.append(
        Diagnostic(
          .bidiText,
          "the string contains \(scalar.codePoint), which cannot be seen",
          at: place,
          help: "write `\(escape)`, or leave it out",
          fixes: [Fix("write `\(escape)`", [Edit(place, escape)])]
        )
      )
    }
    return found
  }

  /// Whether a script or an emoji needs the character where it stands: a joiner between two
  /// characters that are not ASCII, or the selector that shows the symbol before it as an emoji.
  private static func isNeeded(
    _ scalar: Unicode.Scalar,
    before: ArraySlice<Unicode.Scalar>,
    _ after: ArraySlice<Unicode.Scalar>
  ) -> Bool {
    guard let previous = before.last, !previous.isASCII || scalar.value == 0xFE0F else {
      return false
    }
    switch scalar.value {
    case 0x200C, 0x200D:
      guard let next = after.first else { return false }
      let isSeen = !previous.isInvisible || previous.value == 0xFE0F
      return isSeen && !next.isASCII && !next.isInvisible
    case 0xFE0F: return previous.properties.isEmoji
    default: return false
    }
  }
}
