import PolicyEngine
import PolicyModel
import PolicyReport
import PolicySource

/// What answers requests: a policy set, by the interpreter.
struct Decider {
  let set: PolicySet
  let vocabulary: PolicySetVocabulary

  init(_ set: PolicySet) {
    self.set = set
    vocabulary = set.vocabulary
  }

  /// The answer to a request, or why it is refused.
  func answer(_ document: RequestDocument) -> Answer {
    do throws(RequestRefusal) {
      return answer(try document.resolved(in: vocabulary))
    } catch {
      return .refused(error.problems.map { described($0) })
    }
  }

  func answer(_ request: RequestData) -> Answer {
    let decision = interpret(request, in: set)
    guard decision.basis == .rule else { return .byDefault }
    let reasons = decision.deciding.map { Reason(set.rules[$0.rule], in: set) }
    return .rules(isAllowed: decision.effect == .allow, reasons)
  }

  /// What is wrong with a request, and what was meant where that is close.
  func described(_ problem: RequestProblem) -> String {
    let (name, known): (String, [String]) =
      switch problem {
      case .unknownAction(let name): (name, set.catalogue.actions.elements.map(\.path))
      case .undeclaredAttribute(let name): (name, set.catalogue.attributes.elements.map(\.path))
      case .unknownUnit(let name): (name, set.units.elements.map(\.path))
      case .unknownPolicy(let name): (name, set.policies.elements.map(\.heading.name))
      case .unknownSubjectType(let name): (name, PrincipalKind.allCases.map(\.word))
      default: ("", [])
      }
    let near = Suggestion.question(Suggestion.nearest(to: name, among: known))
    return problem.description + (near.map { "; \($0)" } ?? "")
  }
}
