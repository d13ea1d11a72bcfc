import PolicyEngine
import PolicyModel
import PolicySource

/// Something other than a condition where a condition is expected.
enum NotACondition {
  static let page = CodePage(
    .notACondition,
    finds: "something other than a condition where a condition is expected",
    explanation: """
      A condition is true, false or unknown. A Bool attribute is a condition by itself; anything \
      else has to be compared.
      """,
    given: CodePage.portal,
    bad: "role Operator { allow device.update when resource.level }",
    good: "role Operator { allow device.update when resource.level > 2 }"
  )

  static func term(_ name: String, type: AttributeType, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .notACondition,
      "`\(name)` has type \(type.word), and a condition is Bool",
      at: span,
      help: "compare it, or ask `has \(name)` where absence restricts"
    )
  }

  static func value(at span: SourceSpan) -> Diagnostic {
    Diagnostic(.notACondition, "a value by itself is not a condition", at: span)
  }
}

/// A list literal without elements.
enum EmptyList {
  static let page = CodePage(
    .emptyList,
    finds: "an empty list in a condition",
    explanation: "Nothing is in an empty list, so the check would never (or always) be true.",
    given: CodePage.portal,
    bad: "role Operator { allow device.update when resource.region in [] }",
    good: "role Operator { allow device.update when resource.region in [\"eu\"] }"
  )

  static func at(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(.emptyList, "the list is empty", at: span)
  }
}

/// A condition that grows too large when its `let`s are expanded.
enum ConditionTooLarge {
  static let page = CodePage(
    .conditionTooLarge,
    finds: "a condition that is too large after its `let`s are expanded",
    explanation: """
      A `let` is expanded where it is used, so a few that use each other twice can stand for \
      millions of checks. A condition has at most 10,000 checks, 100,000 elements in their lists, \
      and 1,000 levels. Write lists instead of long `or` chains, and share parts through \
      `includes`.
      """,
    given: CodePage.portal,
    bad: doubling(14),
    good: doubling(4)
  )

  /// `let`s of which each uses the one before twice.
  private static func doubling(_ count: Int) -> String {
    var lines = ["let a0 = context.mfa or context.ip in \"10.0.0.0/8\""]
    for index in 1...count {
      lines.append("let a\(index) = a\(index - 1) and a\(index - 1)")
    }
    return (lines + ["role Operator { allow device.update when a\(count) }"])
      .joined(separator: "\n")
  }

  static func at(_ span: SourceSpan, _ excess: ConditionReads.Excess) -> Diagnostic {
    let what =
      switch excess {
      case .checks: "10,000 checks"
      case .elements: "100,000 elements in its lists"
      case .depth: "1,000 levels"
      }
    return Diagnostic(
      .conditionTooLarge,
      "the condition has more than \(what)",
      at: span,
      label: "after its `let`s are expanded",
      help: "use a list instead of a chain of `or`, or fewer nested `let`s"
    )
  }
}

/// A condition on a resource attribute that some service of the rule does not have.
enum UndeclaredByService {
  static let page = CodePage(
    .undeclaredByService,
    finds: "a resource attribute that a service of the actions does not have",
    explanation: """
      A rule's condition is asked for every action of the rule, so every service of those actions \
      must declare the attribute: in its own `resource` block, or the catalogue in the one for all \
      services. Otherwise the condition would be unknown there and the rule without effect, or too \
      strict. Split the rule by service.
      """,
    given: CodePage.portal,
    bad: "role Operator { allow *.write when resource.region == \"eu\" }",
    good: "role Operator { allow device.write when resource.region == \"eu\" }"
  )

  static func at(_ span: SourceSpan, attribute: Attribute, lacking: [String]) -> Diagnostic {
    let names = lacking.map { "`\($0)`" }.joined(separator: ", ")
    return Diagnostic(
      .undeclaredByService,
      "`\(attribute.path)` is not an attribute of \(lacking.count == 1 ? "service" : "services") "
        + names,
      at: span,
      secondary: [Label(attribute.heading.nameSpan, "declared here")],
      help: "split the rule by service, or declare the attribute there"
    )
  }
}

/// `has` where absence would widen access.
enum HasWidens {
  static let page = CodePage(
    .hasWidens,
    finds: "`has` where the absence of something would widen access",
    explanation: """
      Missing information never widens access. `has` is never unknown, so it may stand only where \
      absence restricts: in an allow under an even number of negations, in a deny under an odd \
      number (`unless` counts as one).
      """,
    given: CodePage.portal,
    bad: "role Operator { allow device.update unless has resource.owner }",
    good: "role Operator { allow device.update when has resource.owner }"
  )

  static func at(_ presence: ConditionReads.Presence, term: String, effect: Effect) -> Diagnostic {
    switch effect {
    case .allow:
      make(
        "this allow would apply because `\(term)` is missing",
        presence,
        help: "write `when has \(term)`, or compare `\(term)` with a value"
      )
    case .deny:
      make(
        "this deny would not apply because `\(term)` is missing",
        presence,
        help: "write `unless has \(term)`, or compare `\(term)` with a value"
      )
    }
  }

  static func inMixedAssignment(
    _ presence: ConditionReads.Presence,
    term: String
  ) -> Diagnostic {
    make(
      "`has \(term)` is in the condition of an assignment that both allows and denies",
      presence,
      help: "compare `\(term)` with a value, or assign allows and denies apart"
    )
  }

  /// A `let` is right or wrong by its use, which is therefore the first place.
  private static func make(
    _ message: String,
    _ presence: ConditionReads.Presence,
    help: String
  ) -> Diagnostic {
    Diagnostic(
      .hasWidens,
      message,
      at: presence.letUse ?? presence.span,
      secondary: presence.letUse.map { _ in [Label(presence.span, "asked here")] } ?? [],
      help: help
    )
  }
}

/// An assignment's condition on an attribute that not every resource has.
enum AssignmentCondition {
  static let page = CodePage(
    .assignmentCondition,
    finds: "an assignment's condition on an attribute that not every resource has",
    explanation: """
      An assignment puts whole policies in force, for the actions of any service; its condition \
      reads the principal, the context and the resource attributes of the whole catalogue.
      """,
    given: CodePage.portal,
    bad: """
      role Operator { allow device.update }
      assign Operator to everyone when resource.region == "eu"
      """,
    good: """
      role Operator { allow device.update when resource.region == "eu" }
      assign Operator to everyone when context.mfa
      """
  )

  static func at(_ span: SourceSpan, attribute: Attribute) -> Diagnostic {
    Diagnostic(
      .assignmentCondition,
      "`\(attribute.path)` is not an attribute of every resource",
      at: span,
      secondary: [Label(attribute.heading.nameSpan, "declared by a service here")],
      help: "move the condition into the rules of the policy"
    )
  }
}
