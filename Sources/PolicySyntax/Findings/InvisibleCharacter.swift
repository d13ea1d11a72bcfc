import PolicySource

enum InvisibleCharacter {
  static func finding(_ span: SourceSpan, _ scalars: [Unicode.Scalar]) -> Diagnostic {
    let names = scalars.map(\.codePoint).joined(separator: " ")
    return Diagnostic(
      .invisibleCharacter,
      "the text contains \(names), which cannot be seen",
      at: span,
      help: "remove it; inside a string it is written as an escape",
      fixes: [Fix("remove it", [Edit(span, "")])]
    )
  }

  static func space(_ span: SourceSpan, _ scalar: Unicode.Scalar) -> Diagnostic {
    Diagnostic(
      .invisibleCharacter,
      "\(scalar.codePoint) looks like a space and is none",
      at: span,
      fixes: [Fix("write a space", [Edit(span, " ")])]
    )
  }
}
