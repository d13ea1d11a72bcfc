import PolicyEngine
import PolicyModel
package import PolicySource

/// A mistake in a policy set that no test and no assertion would notice.
package enum MutantSurvived {
  package static let page = CodePage(
    .mutantSurvived,
    finds: "a mistake that no test and no assertion would notice",
    explanation: """
      `pol test --mutate` makes small mistakes in a policy set, one at a time, and looks whether an \
      expectation of a test or an assertion notices. For one that nothing notices, the notes show a \
      request that would be decided otherwise, and a test of it; `pol test --generate` writes such \
      tests. Mistakes that change no decision are not told.
      """,
    given: CodePage.portal,
    bad: """
      role Operator { allow device.delete when resource.level < 3 }
      test "operators delete what matters little" {
        as Operator
        allow device.delete with resource.level = 1
        deny device.delete with resource.level = 5
      }
      """,
    good: """
      role Operator { allow device.delete when resource.level < 3 }
      test "operators delete what matters little" {
        as Operator
        allow device.delete with resource.level = 2
        deny device.delete with resource.level = 3
        deny device.delete
      }
      """,
    severity: .note
  )

  static func at(
    _ span: SourceSpan,
    _ text: String,
    _ witness: MutantWitness,
    in set: PolicySet
  ) -> Diagnostic {
    let verb = witness.decision.effect == .allow ? "allowed" : "denied"
    let other = witness.mutated == .allow ? "allowed" : "denied"
    var notes = ["\(other) then, and \(verb) now: \(requestText(witness.request, in: set))"]
    let stated = StatedRequest(witness.request, in: set) { request in
      interpret(request, in: set.narrowed(to: request.action)).effect == witness.decision.effect
    }
    if let stated {
      let title = "\(set.catalogue.actions[witness.request.action].path) is \(verb)"
      notes.append("a test of it: \(stated.test(title, witness.decision.effect, in: set))")
    }
    return Diagnostic(
      .mutantSurvived,
      "no test and no assertion notices if \(text)",
      at: span,
      severity: .note,
      secondary: decidingLabels(witness.decision, set).filter { $0.span != span },
      notes: notes
    )
  }

  static func undecided(_ span: SourceSpan, _ text: String) -> Diagnostic {
    Diagnostic(
      .mutantSurvived,
      "no test and no assertion notices if \(text)",
      at: span,
      severity: .note,
      notes: [
        "no request was found that is decided otherwise then, and no proof that there is none"
      ]
    )
  }
}
