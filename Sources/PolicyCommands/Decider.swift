import PolicyEngine
import PolicyModel
import PolicyReport
import PolicySource
import PolicyWorkspace

/// What answers requests: a policy set through the interpreter, or compiled tables.
enum Decider {
  case sources(PolicySet, PolicySetVocabulary)
  case tables(PolicyEngine)

  /// The sources, or the compiled file, at a path.
  init(at path: String, _ arguments: Arguments, _ console: Console) throws(Failure) {
    guard path.hasSuffix(".polc") else {
      let set = try checkedSet(at: [path], arguments, console)
      self = .sources(set, set.vocabulary)
      return
    }
    let bytes = try files { () throws(FileError) in try FileContents.read(path) }
    do throws(ArtifactError) {
      self = .tables(try PolicyEngine(bytes: bytes))
    } catch {
      throw Failure("cannot use `\(path)`: \(error)")
    }
  }

  var vocabulary: any RequestVocabulary {
    switch self {
    case .sources(_, let vocabulary): vocabulary
    case .tables(let engine): engine
    }
  }

  /// The answer to a request, or why it is refused.
  func answer(_ document: RequestDocument) -> Answer {
    do throws(RequestRefusal) {
      return answer(try document.resolved(in: vocabulary))
    } catch {
      return refusal(error)
    }
  }

  func answer(_ request: RequestData) -> Answer {
    switch self {
    case .sources(let set, _): Answer(interpret(request, in: set), in: set)
    case .tables(let engine): Answer(engine.explain(request))
    }
  }

  /// The reasons for the answer.
  func explanation(of request: RequestData, for action: String) -> Explanation {
    switch self {
    case .sources(let set, _): Explanation(interpret(request, in: set), of: request, in: set)
    case .tables(let engine): Explanation(engine.explain(request), of: action)
    }
  }

  func refusal(_ refusal: RequestRefusal) -> Answer {
    .refused(refusal.problems.map { described($0) })
  }

  /// What is wrong with a request, and what was meant where that is close.
  private func described(_ problem: RequestProblem) -> String {
    guard let (name, known) = candidates(for: problem) else { return problem.description }
    let near = Suggestion.question(Suggestion.nearest(to: name, among: known))
    return problem.description + (near.map { "; \($0)" } ?? "")
  }

  /// The name that is not known, and those of its kind; compiled tables look names up without
  /// listing them.
  private func candidates(for problem: RequestProblem) -> (String, [String])? {
    if case .unknownSubjectType(let name) = problem {
      return (name, PrincipalKind.allCases.map(\.word))
    }
    guard case .sources(let set, _) = self else { return nil }
    switch problem {
    case .unknownAction(let name): return (name, set.catalogue.actions.elements.map(\.path))
    case .undeclaredAttribute(let name):
      return (name, set.catalogue.attributes.elements.map(\.path))
    case .unknownUnit(let name): return (name, set.units.elements.map(\.path))
    case .unknownPolicy(let name): return (name, set.policies.elements.map(\.heading.name))
    default: return nil
    }
  }
}
