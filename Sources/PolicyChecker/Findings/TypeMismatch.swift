import PolicyEngine
import PolicyModel
import PolicySource

/// A check between things whose types do not fit.
enum TypeMismatch {
  static let page = CodePage(
    .typeMismatch,
    finds: "a check between things whose types do not fit",
    explanation: """
      Both sides of a comparison have one type, which the catalogue declares: texts are compared \
      with texts, numbers with numbers. `<` and its kin order Int and Time; `like` matches String; \
      `under` is for Path and Set<Path>; `contains` is for sets.
      """,
    given: CodePage.portal,
    bad: "role Operator { allow device.update when resource.level == \"high\" }",
    good: "role Operator { allow device.update when resource.level == 3 }"
  )

  private static func make(
    _ message: String,
    at span: SourceSpan,
    label: String = "",
    help: String? = nil
  ) -> Diagnostic {
    Diagnostic(.typeMismatch, message, at: span, label: label, help: help)
  }

  static func literal(
    _ what: String,
    type: AttributeType,
    of subject: String,
    at span: SourceSpan
  ) -> Diagnostic {
    make(
      "\(subject) has type \(type.word), and this is \(what)",
      at: span,
      help: example(of: type).map { "write \($0)" }
    )
  }

  private static func example(of type: AttributeType) -> String? {
    switch type {
    case .bool: "`true` or `false`"
    case .int: "a whole number, such as `3`"
    case .string: "a string, such as \"eu\""
    case .ip: "an address, such as \"10.1.2.3\""
    case .time: "a time, such as \"2026-06-01T00:00:00Z\""
    case .path: "a path, such as \"wind/farm-7\""
    case .principal: "`user \"ada\"` or `service-account \"ingest\"`"
    case .oneOf(let words): words.first.map { "one of its words, such as \"\($0)\"" }
    case .strings: "a list of strings, such as `[\"eu\"]`"
    case .paths: "a list of paths, such as `[\"wind/farm-7\"]`"
    case .principals: "a list of principals, such as `[user \"ada\"]`"
    }
  }

  static func hasPrincipal(at span: SourceSpan) -> Diagnostic {
    make(
      "`has principal` asks nothing",
      at: span,
      help: "write `not principal is anonymous`"
    )
  }

  static func needsAttribute(_ operation: String, at span: SourceSpan) -> Diagnostic {
    make("`\(operation)` has no attribute on its left", at: span)
  }

  static func operation(
    _ operation: String,
    needs: String,
    _ subject: String,
    _ type: AttributeType,
    at span: SourceSpan
  ) -> Diagnostic {
    make(
      "`\(operation)` takes \(needs), and `\(subject)` has type \(type.word)",
      at: span
    )
  }

  static func terms(
    _ left: String,
    _ leftType: AttributeType,
    _ right: String,
    _ rightType: AttributeType,
    at span: SourceSpan
  ) -> Diagnostic {
    make(
      "`\(left)` has type \(leftType.word), and `\(right)` has type \(rightType.word)",
      at: span
    )
  }

  static func element(
    _ subject: String,
    _ type: AttributeType,
    of container: String,
    _ element: AttributeType,
    at span: SourceSpan
  ) -> Diagnostic {
    make(
      "`\(container)` has elements of type \(element.word), and `\(subject)` has type \(type.word)",
      at: span
    )
  }

  static func listCompared(at span: SourceSpan) -> Diagnostic {
    make("a list is compared with one value", at: span, help: "use `in` for one of several values")
  }

  static func conditionCompared(at span: SourceSpan) -> Diagnostic {
    make(
      "a condition is used as a value",
      at: span,
      help: "this `let` stands for a condition: use it alone, or after `not`"
    )
  }

  static func setCompared(_ subject: String, at span: SourceSpan) -> Diagnostic {
    make(
      "`\(subject)` is a set, and is compared like one value",
      at: span,
      help: "use `contains`, `contains any` or `contains all`"
    )
  }

  static func literals(at span: SourceSpan) -> Diagnostic {
    make("two values of different types are compared", at: span)
  }

  static func notOrdered(_ operation: String, at span: SourceSpan) -> Diagnostic {
    make("`\(operation)` takes Int or Time, and these are other values", at: span)
  }

  static func notASet(
    _ subject: String,
    _ type: AttributeType,
    after word: String,
    at span: SourceSpan
  ) -> Diagnostic {
    make(
      "`\(word)` takes a list or a set, and `\(subject)` has type \(type.word)",
      at: span,
      help: "compare with `==`"
    )
  }

  static func notASet(
    _ subject: String,
    _ type: AttributeType,
    before word: String,
    at span: SourceSpan
  ) -> Diagnostic {
    make("`\(word)` takes a set, and `\(subject)` has type \(type.word)", at: span)
  }

  static func needsList(_ word: String, at span: SourceSpan) -> Diagnostic {
    make(
      "`\(word)` takes a list or a set",
      at: span,
      help: "write a list: `[…]`"
    )
  }

  static func setInList(_ subject: String, at span: SourceSpan) -> Diagnostic {
    make(
      "`\(subject)` is a set, and `in` asks for one value",
      at: span,
      help: "write `\(subject) contains any […]`"
    )
  }

  static func nestedList(at span: SourceSpan) -> Diagnostic {
    make("a list or condition stands where one value is expected", at: span)
  }

  static func containsList(at span: SourceSpan) -> Diagnostic {
    make(
      "`contains` takes one element, and this is a list",
      at: span,
      help: "write `contains any` or `contains all`"
    )
  }

  static func needsLiteral(_ subject: String, at span: SourceSpan) -> Diagnostic {
    make(
      "a test gives `\(subject)` a value, and this is none",
      at: span,
      help: "write the value itself"
    )
  }

  static func listGiven(
    to subject: String,
    _ type: AttributeType,
    at span: SourceSpan
  ) -> Diagnostic {
    make(
      "`\(subject)` has type \(type.word), and this is a list",
      at: span,
      help: example(of: type).map { "write \($0)" }
    )
  }
}
