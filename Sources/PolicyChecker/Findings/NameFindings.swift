import PolicyModel
import PolicySource

/// Names that a declaration of their kind cannot have; the pages are those of the parser.
enum InvalidNames {
  static func dotInService(_ heading: Heading) -> Diagnostic {
    Diagnostic(
      .invalidName,
      "the service name `\(heading.name)` contains a `.`",
      at: heading.nameSpan,
      help: "a `.` separates service and action in patterns and requests"
    )
  }

  static func slashInUnit(_ heading: Heading) -> Diagnostic {
    Diagnostic(
      .invalidName,
      "the unit name `\(heading.name)` contains a `/`",
      at: heading.nameSpan,
      help: "a `/` separates the units of a path; write units below a unit in its block"
    )
  }
}

/// A root unit with the name of what is in no unit.
enum ReservedUnit {
  static func outside(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .reservedName,
      "`outside` stands for resources in no unit",
      at: span,
      help: "put the name between backquotes, or choose another",
      fixes: [Fix("put it between backquotes", [Edit(span, "`outside`")])]
    )
  }
}
