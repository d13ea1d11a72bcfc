import PolicyCompiler
import PolicyModel
import PolicyTestSupport
import Testing

@testable import PolicyEngine

/// What may be said of a request of which something is not told.
@Suite struct WithheldTests {
  /// How many random denies were sure, how many were not, and how many of these were rightly not.
  private struct Counts {
    var (sure, unsure, rightly) = (0, 0, 0)
  }

  @Test(arguments: [4 << 20, 0])
  func `what is surely denied is denied, whatever is withheld`(tableBudget: Int) {
    let options = CompileOptions(tableBudget: tableBudget)
    var counts = Counts()
    let failure = RandomCases(60, from: 4000).firstFailure { random in
      var sets = RandomSets(seed: random.next())
      let set = sets.set()
      guard let engine = try? PolicyEngine(bytes: compile(set, options: options).bytes) else {
        return "refused"
      }
      for _ in 0..<40 {
        let whole = sets.request(set)
        var told = whole
        var withheld = Withheld()
        for attribute in whole.values.keys.sorted() where random.oneIn(2) {
          withheld.attributes.insert(attribute)
          told.values[attribute] = nil
        }
        if whole.resourceID != nil, random.oneIn(3) {
          withheld.hasResourceID = true
          told.resourceID = nil
        }
        guard !engine.decide(told).isAllowed else { continue }
        let mayBeAllowed = engine.mayBeAllowed(told, knowing: withheld)
        var isAllowed = interpret(whole, in: set).effect == .allow
        // The same with other values of the attributes, as other requests have them.
        for _ in 0..<8 where !isAllowed {
          let other = sets.request(set)
          var request = told
          for attribute in withheld.attributes {
            request.values[attribute] = other.values[attribute] ?? whole.values[attribute]
          }
          if withheld.hasResourceID { request.resourceID = other.resourceID ?? whole.resourceID }
          isAllowed = interpret(request, in: set).effect == .allow
        }
        if !mayBeAllowed, isAllowed { return "allowed, knowing \(withheld): \(told)" }
        counts.sure += mayBeAllowed ? 0 : 1
        counts.unsure += mayBeAllowed ? 1 : 0
        counts.rightly += isAllowed ? 1 : 0
      }
      return nil
    }
    #expect(failure == nil)
    #expect(counts.sure > 0 && counts.unsure > 0 && counts.rightly > 0, "\(counts)")
  }
}
