import PolicyEngine
import PolicyModel
import PolicySource
import PolicyTestSupport
import Testing

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

/// The catalogue of the small sets in these tests.
let catalogue = RandomPolicies.catalogue
