import PolicyEngine
import PolicyModel
import PolicyTestSupport
import Testing

@testable import PolicyCompiler

@Suite struct PatternTests {
  private func texts(_ alphabet: [String], _ length: Int) -> [String] {
    guard length > 0 else { return [""] }
    let shorter = texts(alphabet, length - 1)
    return shorter
      + shorter.filter { $0.unicodeScalars.count == length - 1 }
      .flatMap { text in alphabet.map { text + $0 } }
  }

  @Test("the automaton matches as the patterns do, and finds every set that some text matches")
  func automaton() {
    let all = texts(["a", "b", "\u{e9}", "x"], 6)
    let failure = RandomCases(60).firstFailure { random in
      let patterns = (0..<1 + random.below(4)).map { _ in
        LikePattern(
          runs: (0..<2 + random.below(3)).map { _ in
            (0..<random.below(3)).flatMap { _ in
              Array(random.element(of: ["a", "b", "\u{e9}"]).utf8)
            }
          }
        )
      }
      guard let automaton = PatternAutomaton(patterns) else { return "too large" }
      var seen: Set<[Int]> = []
      for text in all {
        let matched = patterns.indices.filter { patterns[$0].matches(text) }
        seen.insert(matched)
        let state = automaton.state(after: text.utf8)
        if automaton.matchSets[automaton.matchSetOfState[Int(state)]] != matched {
          return "\(text) for \(patterns)"
        }
      }
      let excluded = Set((0..<40).map { _ in random.element(of: all) })
      let witnesses = PatternWitnesses(automaton, patterns)
        .witnesses(excludedCount: excluded.count) {
          excluded.contains(String(decoding: $0, as: UTF8.self))
        }
      for (set, witness) in zip(automaton.matchSets, witnesses) {
        if let witness {
          let text = String(decoding: witness, as: UTF8.self)
          let matched = patterns.indices.filter { patterns[$0].matches(text) }
          if matched != set || excluded.contains(text) { return "\(text) is no witness of \(set)" }
        } else if let text = all.first(where: { text in
          !excluded.contains(text) && patterns.indices.filter { patterns[$0].matches(text) } == set
        }) {
          return "\(text) is a witness of \(set), and none was found"
        }
      }
      return nil
    }
    #expect(failure == nil)
  }

  @Test("a set of patterns that one listed text alone matches is no class")
  func finite() {
    let term = Term.resource
    func like(_ runs: [String]) -> Check {
      .like(term, LikePattern(runs: runs.map { Array($0.utf8) }))
    }
    // `a*` and `*a` but not `a*a` is the text `a` alone.
    let questions: [Question] = [[like(["a", ""])], [like(["", "a"])], [like(["a", "a"])]]
    #expect(Domain.text(questions).witnesses.count == 6)
    let listed = Domain.text(questions + [[.equals(term, .string("a"))]])
    #expect(listed.witnesses.count == 6)
    #expect(listed.witnesses.contains(.value(.string("a"))))
  }

  /// Patterns that no automaton of the limit's size has together, one for an action each.
  static func setOfApartPatterns() -> (set: PolicySet, policy: PolicyIndex) {
    var set = SmallSet.empty()
    // Each pattern doubles the states: one automaton for all of them would have 2^24.
    let names = (0..<24).map { [UInt8(ascii: "a") + UInt8($0), UInt8(ascii: "0")] }
    let title = SmallSet.attribute("title")
    let lines = names.enumerated().map { index, name -> SmallSet.Line in
      (
        .allow, index..<index + 1,
        .any([
          SmallSet.check(.like(title, LikePattern(runs: [[], name, []]))),
          SmallSet.check(.equals(title, .string("t\(index)"))),
        ])
      )
    }
    let policy = SmallSet.add("p", lines, to: &set)
    return (set, policy)
  }

  @Test("patterns beyond the limit become variables of their own")
  func split() throws {
    let (set, policy) = Self.setOfApartPatterns()
    let compiled = compile(set)
    #expect(compiled.report.variables > 24)
    let engine = try PolicyEngine(bytes: compiled.bytes)
    for title in ["", "t3", "xc0y", "a0b0", "c", nil] as [String?] {
      for action in 0..<24 {
        var request = RequestData(action: ActionIndex(action))
        request.held = [Holding(policy)]
        let index = RandomSets.attributes.firstIndex { $0.1 == "title" } ?? 0
        if let title { request.values[AttributeIndex(index)] = .string(title) }
        let meant = interpret(request, in: set)
        #expect((engine.decide(request).effect == .allow) == (meant.effect == .allow))
      }
    }
  }
}
