import PolicyEngine
import PolicyModel
import PolicySource

/// An assertion that a request breaks.
enum AssertionFailed {
  static let page = CodePage(
    .assertionFailed,
    finds: "an assertion that some request breaks",
    explanation: """
      An assertion is about every request there can be. The notes spell out one that breaks it; the \
      interpreter was asked, and decided so. The labels show the rules responsible.
      """,
    given: CodePage.portal,
    bad: """
      role Operator { allow device.delete when context.mfa }
      assert Operator cannot device.delete
      """,
    good: """
      role Operator { allow device.delete when context.mfa }
      assert Operator cannot device.delete when not context.mfa
      """
  )

  static func broken(
    _ assertion: Assertion,
    _ counterexample: Counterexample,
    _ set: PolicySet
  ) -> Diagnostic {
    let path = set.catalogue.actions[counterexample.request.action].path
    let more = counterexample.actions - 1
    let actions = more > 0 ? "`\(path)` and \(more) more" : "`\(path)`"
    let isAllowed = counterexample.decision.effect == .allow
    let notes = DecisionNotes(
      set: set,
      request: counterexample.request,
      decision: counterexample.decision
    ).notes
    return Diagnostic(
      .assertionFailed,
      "\(counterexample.who) \(isAllowed ? "can" : "cannot always") \(actions)",
      at: assertion.span,
      secondary: decidingLabels(counterexample.decision, set),
      notes: notes,
      help: isAllowed
        ? nil : "add the premise that is missing after `when`, or change the rules"
    )
  }

  static func together(
    _ assertion: Assertion,
    _ together: Together,
    _ set: PolicySet
  ) -> Diagnostic {
    let first = set.policies[together.first].heading
    let second = set.policies[together.second].heading
    let places = together.places.map { place in
      Label(place.span, "gives `\(set.policies[place.policy].heading.name)`")
    }
    return Diagnostic(
      .assertionFailed,
      "\(together.holder) holds `\(first.name)` and `\(second.name)`",
      at: assertion.span,
      secondary: places.isEmpty
        ? [Label(first.nameSpan, "this"), Label(second.nameSpan, "and this")] : places
    )
  }
}

/// An assertion of which neither a proof nor a request that breaks it was found.
enum AssertionNotProved {
  static func at(_ span: SourceSpan, reason: String) -> Diagnostic {
    Diagnostic(
      .assertionNotProved,
      "this assertion is not proved",
      at: span,
      severity: .warning,
      notes: [reason],
      help: "attributes that are compared with each other and with constants may be the cause"
    )
  }

  /// What a proof leaves out, because only requests can say it.
  static func beyond(_ span: SourceSpan, _ exceptions: [String]) -> Diagnostic {
    let shown = exceptions.prefix(3)
    let rest = exceptions.count - shown.count
    return Diagnostic(
      .assertionNotProved,
      "requests can bring the policies together, by the open groups that they name",
      at: span,
      severity: .note,
      notes: Array(shown) + (rest > 0 ? ["and \(rest) more such pairs"] : [])
    )
  }

  static let page = CodePage(
    .assertionNotProved,
    finds: "an assertion of which neither a proof nor a request that breaks it was found",
    explanation: """
      The proof goes through every combination of classes of values. Where two attributes are \
      compared with each other and with constants at the same time, some combinations are ones that \
      no request can have, and the search for one that can may end without an answer. Nothing is \
      claimed then. With `--fail-on warning`, `pol check` and `pol test` fail.
      """,
    given: "catalogue portal { service device { resource { level: Int  limit: Int } update } }",
    bad: """
      role Operator {
        allow device.update when resource.level < resource.limit
          and resource.limit < 3 and resource.level > 4
      }
      assert Operator cannot device.update
      """,
    good: """
      role Operator { allow device.update when resource.level < resource.limit }
      assert Operator cannot device.update when resource.level > resource.limit
      """,
    severity: .warning
  )
}
