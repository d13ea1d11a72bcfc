import PolicyEngine
import PolicySource

/// A text that is not a value of the type that it is compared with.
enum MalformedLiteral {
  static let page = CodePage(
    .malformedLiteral,
    finds: "a text that is not a value of the type it is compared with",
    explanation: """
      A string compared with an IP, Time, Path or one-of attribute is read as a value of that type \
      when the set is checked. Addresses are IPv4 or IPv6, blocks are in CIDR notation without host \
      bits, times are RFC 3339 with `Z` or an offset, paths have no empty segments, and a one-of \
      attribute has only the words that its declaration lists.
      """,
    given: CodePage.portal,
    bad: "role Operator { allow device.update when resource.region == \"uk\" }",
    good: "role Operator { allow device.update when resource.region == \"us\" }"
  )

  private static func make(
    _ message: String,
    at span: SourceSpan,
    help: String?,
    fixes: [Fix] = []
  ) -> Diagnostic {
    Diagnostic(.malformedLiteral, message, at: span, help: help, fixes: fixes)
  }

  static func address(_ text: String, at span: SourceSpan) -> Diagnostic {
    let isBlock = (try? IPBlock(text)) != nil
    return make(
      isBlock
        ? "\"\(text)\" is a block of addresses, not one address"
        : "\"\(text)\" is not an IP address",
      at: span,
      help: isBlock ? "use `in` for a block" : "write \"10.1.2.3\" or \"2001:db8::1\""
    )
  }

  static func block(
    _ text: String,
    _ problem: IPBlock.Malformation,
    at span: SourceSpan
  ) -> Diagnostic {
    switch problem {
    case .address:
      make(
        "\"\(text)\" is not an IP address or block",
        at: span,
        help: "write \"10.0.0.0/8\" or \"2001:db8::/32\""
      )
    case .length:
      make(
        "\"\(text)\" has a length that its version does not have",
        at: span,
        help: "lengths are 0 to 32 for IPv4 and 0 to 128 for IPv6"
      )
    case .hostBits(let meant):
      make(
        "\"\(text)\" has bits set beyond its length",
        at: span,
        help: "did you mean \"\(meant)\"?",
        fixes: [Fix("change to \"\(meant)\"", [Edit(span, "\"\(meant)\"")], isSafe: false)]
      )
    }
  }

  static func time(_ text: String, at span: SourceSpan) -> Diagnostic {
    make(
      "\"\(text)\" is not a time",
      at: span,
      help: "write date and time with `Z` or an offset, such as \"2026-06-01T00:00:00Z\""
    )
  }

  static func path(_ text: String, at span: SourceSpan) -> Diagnostic {
    make(
      "\"\(text)\" is not a path",
      at: span,
      help: "write segments separated by `/`, none empty, `.` or `..`, such as \"wind/farm-7\""
    )
  }

  static func word(
    _ text: String,
    of subject: String,
    words: [String],
    at span: SourceSpan
  ) -> Diagnostic {
    let near = Suggestion.nearest(to: text, among: words)
    return make(
      "\(subject) is never \"\(text)\"",
      at: span,
      help: near.isEmpty
        ? "it is one of " + quoted(words, separator: ", ")
        : "did you mean " + quoted(near, separator: " or ") + "?",
      fixes: near.count == 1
        ? [Fix("change to \"\(near[0])\"", [Edit(span, "\"\(near[0])\"")], isSafe: false)]
        : []
    )
  }

  private static func quoted(_ words: [String], separator: String) -> String {
    words.map { "\"\($0)\"" }.joined(separator: separator)
  }
}
