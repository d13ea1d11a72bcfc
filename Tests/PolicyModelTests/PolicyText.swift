import PolicyChecker
import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax
import Testing

/// A policy set from text, which has to check.
func policySet(_ text: String) throws -> PolicySet {
  let sources = SourceMap([SourceFile(path: "set.pol", text: text)])
  let parsed = sources.ids.map { parse(sources[$0], as: $0) }
  let checked = check(parsed.map(\.value), sources: sources)
  let problems = (parsed.flatMap(\.diagnostics) + checked.diagnostics).filter {
    $0.severity == .error
  }
  try #require(problems.map { "\(sources.description($0.primary.span)): \($0.message)" } == [])
  return checked.value
}

/// What the tests of a policy set expect and the interpreter decides otherwise.
func failures(_ text: String) throws -> [String] {
  let set = try policySet(catalogue + text)
  try #require(!set.tests.isEmpty)
  var found: [String] = []
  for test in set.tests {
    for expectation in test.expectations {
      for action in expectation.actions.actions {
        let decision = interpret(test.request(expectation, action), in: set)
        guard decision.effect != expectation.effect else { continue }
        let words = set.sources.text(expectation.span)
        found.append("\(test.title): \(words): \(decision.effect.word)")
      }
    }
  }
  return found
}

extension PolicySet {
  func action(_ path: String) -> ActionIndex {
    ActionIndex(catalogue.actions.elements.firstIndex { $0.path == path } ?? 0)
  }

  func attribute(_ path: String) -> AttributeIndex {
    AttributeIndex(catalogue.attributes.elements.firstIndex { $0.path == path } ?? 0)
  }

  func policy(_ name: String) -> PolicyIndex {
    PolicyIndex(policies.elements.firstIndex { $0.heading.name == name } ?? 0)
  }

  func group(_ name: String) -> GroupIndex {
    GroupIndex(groups.elements.firstIndex { $0.heading.name == name } ?? 0)
  }

  func unit(_ path: String) -> UnitIndex {
    UnitIndex(units.elements.firstIndex { $0.path == path } ?? 0)
  }

  /// The effect of the decision about a request.
  func effect(_ request: RequestData) -> Effect { interpret(request, in: self).effect }
}

/// The catalogue of the small sets in these tests.
let catalogue = """
  catalogue portal {
    principal { team: String  boss: Principal }
    context { mfa: Bool  ip: IP  time: Time  level: Int }
    resource { workspace: String }
    service device {
      resource {
        owner: Principal  region: "eu" | "us"  trees: Set<Path>  home: Path
        tags: Set<String>  others: Set<String>  readers: Set<Principal>  size: Int  limit: Int
      }
      read { list  get }
      write { update  delete }
    }
    service user { list  create }
  }

  """
