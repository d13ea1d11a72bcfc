import PolicyEngine
import PolicyModel
import PolicyReport
import PolicySource
import PolicyWorkspace

/// What answers requests: a policy set through the interpreter, or decision tables.
struct Decider {
  private enum Form {
    case sources(PolicySet)
    case tables(PolicyEngine)
  }

  private let form: Form
  let vocabulary: any RequestVocabulary
  /// The policy set whose names are suggested; compiled tables look names up without listing them.
  private let set: PolicySet?

  /// The sources, or the compiled file, at a path.
  ///
  /// For many requests sources are compiled first: the interpreter reads every rule for each.
  init(
    at path: String,
    isForMany: Bool = false,
    _ arguments: Arguments,
    _ console: Console
  ) throws(Failure) {
    if path.hasSuffix(".polc") {
      let engine = try compiledEngine(at: path)
      form = .tables(engine)
      vocabulary = engine
      set = nil
    } else {
      let set = try checkedSet(at: [path], arguments, console)
      form = isForMany ? .tables(try engine(of: try tables(of: set, console))) : .sources(set)
      vocabulary = set.vocabulary
      self.set = set
    }
  }

  /// A policy set that is at hand.
  init(_ set: PolicySet) {
    form = .sources(set)
    vocabulary = set.vocabulary
    self.set = set
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
    switch form {
    case .sources(let set): Answer(interpret(request, in: set), in: set)
    case .tables(let engine): Answer(engine.explain(request))
    }
  }

  /// The reasons for the answer.
  func explanation(of request: RequestData, for action: String) -> Explanation {
    switch form {
    case .sources(let set): Explanation(interpret(request, in: set), of: request, in: set)
    case .tables(let engine): Explanation(engine.explain(request), of: action)
    }
  }

  func refusal(_ refusal: RequestRefusal) -> Answer {
    .refused(refusal.problems.map { described($0) })
  }

  /// What is wrong with a request, and what was meant where that is close.
  private func described(_ problem: RequestProblem) -> String {
    guard let (name, known) = candidates(for: problem) else { return problem.description }
    var near = Suggestion.nearest(to: name, among: known)
    if near.isEmpty, case .unknownAction = problem {
      // The name of an action without its service.
      near = known.filter { $0.utf8.reversed().starts(with: ".\(name)".utf8.reversed()) }
    }
    let question = near.count <= 3 ? Suggestion.question(near) : nil
    return problem.description + (question.map { "; \($0)" } ?? "")
  }

  /// The name that is not known, and those of its kind.
  private func candidates(for problem: RequestProblem) -> (String, [String])? {
    if case .unknownSubjectType(let name) = problem {
      return (name, PrincipalKind.allCases.map(\.word))
    }
    guard let set else { return nil }
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

/// The engine of a compiled file.
func compiledEngine(at path: String) throws(Failure) -> PolicyEngine {
  try engine(of: try files { () throws(FileError) in try FileContents.read(path) }, from: path)
}

/// The engine of tables that came from somewhere.
func engine(of bytes: [UInt8], from name: String) throws(Failure) -> PolicyEngine {
  do throws(ArtifactError) {
    return try PolicyEngine(bytes: bytes)
  } catch {
    throw Failure("cannot use `\(name)`: \(error)")
  }
}
