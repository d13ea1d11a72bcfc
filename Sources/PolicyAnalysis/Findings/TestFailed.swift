import PolicyEngine
import PolicyModel
import PolicySource

/// An expectation of a test that does not hold.
enum TestFailed {
  static let page = CodePage(
    .testFailed,
    finds: "an expectation of a test that does not hold",
    explanation: """
      The request of the expectation was decided otherwise. The message says which action, the notes \
      spell out the request, and the labels show the rules that decided. An expectation over several \
      actions holds when it holds for each one.
      """,
    given: CodePage.portal,
    bad: """
      role Observer { allow device.read }
      test "observers look" {
        as Observer
        allow device.update
      }
      """,
    good: """
      role Observer { allow device.read }
      test "observers look" {
        as Observer
        allow device.list
      }
      """
  )

  /// What is wrong with a decision that an expectation is about; nil when it is as expected.
  static func check(
    _ decision: Decision,
    _ expectation: Expectation,
    _ action: ActionIndex,
    _ test: TestCase,
    _ set: PolicySet
  ) -> Diagnostic? {
    if expectation.isMet(by: decision, in: set) { return nil }
    let path = set.catalogue.actions[action].path
    if decision.effect != expectation.effect {
      let verb = decision.effect == .allow ? "allowed" : "denied"
      var diagnostic = Diagnostic(
        .testFailed,
        "`\(path)` is \(verb) in test \"\(test.title)\"",
        at: expectation.span,
        label: "expected \(expectation.effect.word)"
      )
      describe(&diagnostic, decision, test.request(expectation, action), set)
      return diagnostic
    }
    guard let because = expectation.because else { return nil }
    if decision.basis == .byDefault {
      return BecauseOnDefault.at(expectation.span, path: path, test: test.title)
    }
    var diagnostic = Diagnostic(
      .testFailed,
      "no rule that decides `\(path)` says \"\(because)\"",
      at: expectation.span
    )
    describe(&diagnostic, decision, test.request(expectation, action), set)
    diagnostic.notes += decision.deciding.map { deciding in
      let rule = set.rules[deciding.rule]
      return rule.because.map { "`\(rule.id)` says \"\($0)\"" } ?? "`\(rule.id)` says nothing"
    }
    return diagnostic
  }

  private static func describe(
    _ diagnostic: inout Diagnostic,
    _ decision: Decision,
    _ request: RequestData,
    _ set: PolicySet
  ) {
    let notes = DecisionNotes(set: set, request: request, decision: decision)
    diagnostic.secondary = decidingLabels(decision, set) + notes.nearLabels
    diagnostic.notes = notes.notes
  }
}

extension Expectation {
  /// Whether a decision about one of its actions is as expected.
  func isMet(by decision: Decision, in set: PolicySet) -> Bool {
    guard decision.effect == effect else { return false }
    guard let because else { return true }
    return decision.deciding.contains { deciding in
      set.rules[deciding.rule].because.map { $0.utf8.elementsEqual(because.utf8) } ?? false
    }
  }
}

/// The rules that decided, each at its place.
func decidingLabels(_ decision: Decision, _ set: PolicySet) -> [Label] {
  decision.deciding.map { deciding in
    let rule = set.rules[deciding.rule]
    return Label(
      rule.actionsSpan,
      rule.effect == .allow ? "`\(rule.id)` allows" : "`\(rule.id)` denies"
    )
  }
}

/// A `because` where no rule decides.
enum BecauseOnDefault {
  static let page = CodePage(
    .becauseOnDefault,
    finds: "a `because` on an expectation that no rule decides",
    explanation: """
      `because` checks the text of a deciding rule. What no rule allows is denied by default, and \
      then there is no rule with a text.
      """,
    given: CodePage.portal,
    bad: """
      role Observer { allow device.read }
      test "observers do not touch" {
        as Observer
        deny device.delete because "Observers look."
      }
      """,
    good: """
      role Observer { allow device.read }
      policy guardrail { deny device.delete because "Observers look." }
      test "observers do not touch" {
        as Observer, guardrail
        deny device.delete because "Observers look."
      }
      """
  )

  static func at(_ span: SourceSpan, path: String, test: String) -> Diagnostic {
    Diagnostic(
      .becauseOnDefault,
      "`\(path)` is denied by default in test \"\(test)\", not by a rule",
      at: span,
      help: "remove the `because`"
    )
  }
}
