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

  /// Patterns that no automaton of the limit's size has together, one for an action each: some that
  /// multiply states, and some that begin alike.
  static func setOfApartPatterns(
    multiplying: Int = 24,
    beginning: Int = 0
  ) -> (set: PolicySet, policy: PolicyIndex, patterns: [LikePattern]) {
    var set = SmallSet.empty(lamps: 130)
    let title = SmallSet.attribute("title")
    func pattern(_ runs: [String]) -> LikePattern { LikePattern(runs: runs.map { Array($0.utf8) }) }
    let digits = Array("abcdefghijklmnopqrstuvwxyz")
    let patterns =
      (0..<multiplying).map { number in
        pattern(["", "\(digits[number % 26])\(digits[number / 26 % 26])0", ""])
      } + (0..<beginning).map { pattern(["tenant-\($0 &* 7919 % 100_003)/", ""]) }
    let lines = patterns.enumerated().map { index, pattern -> SmallSet.Line in
      let action = index % 133
      return (
        .allow, action..<action + 1,
        .any([
          SmallSet.check(.like(title, pattern)),
          SmallSet.check(.equals(title, .string("t\(index)"))),
        ])
      )
    }
    let policy = SmallSet.add("p", lines, to: &set)
    return (set, policy, patterns)
  }

  @Test("patterns beyond the limit become groups, each a variable of its own")
  func split() throws {
    let index = RandomSets.attributes.firstIndex { $0.1 == "title" } ?? 0
    for (multiplying, beginning) in [(24, 0), (30, 60)] {
      let (set, policy, patterns) = Self.setOfApartPatterns(
        multiplying: multiplying,
        beginning: beginning
      )
      let compiled = compile(set)
      let engine = try PolicyEngine(bytes: compiled.bytes)
      #expect(compiled.report.variables > 1 && compiled.report.variables <= 4 + patterns.count / 3)
      var titles: [String?] = ["", "t3", "xab0y", "ba0aa0", "c", "tenant-0/x", "tenant-7919", nil]
      for number in stride(from: 0, to: patterns.count, by: 1 + patterns.count / 6) {
        let text = Array(patterns[number].runs.joined(separator: Array("x".utf8)))
        titles += [
          String(decoding: text, as: UTF8.self), String(decoding: text.dropLast(), as: UTF8.self),
        ]
      }
      for title in titles {
        for action in stride(from: 0, to: 133, by: 11) {
          var request = RequestData(action: ActionIndex(action))
          request.held = [Holding(policy)]
          if let title { request.values[AttributeIndex(index)] = .string(title) }
          let meant = interpret(request, in: set)
          #expect((engine.decide(request).effect == .allow) == (meant.effect == .allow))
        }
      }
    }
  }
}
