import PolicyCompiler
import PolicyEngine
import PolicyModel
import Testing

/// Ten times the input takes about ten times the time.
///
/// The bounds are wide, because the machine that runs the tests does other things too: they catch a
/// step that is quadratic, no less.
@Suite(.serialized) struct ScaleTests {
  private func seconds(_ set: PolicySet) -> Double {
    let clock = ContinuousClock()
    let times = (0..<3).map { _ in clock.measure { _ = compile(set) } }
    return (times.min() ?? .zero) / .seconds(1)
  }

  private func growth(_ make: (Int) -> PolicySet) -> Double {
    seconds(make(4000)) / seconds(make(400))
  }

  private func policies(_ rules: Int, _ condition: (Int) -> Condition?) -> PolicySet {
    var set = SmallSet.empty()
    for policy in 0..<rules / 20 {
      let lines = (0..<20).map { rule -> SmallSet.Line in
        let number = policy * 20 + rule
        let lower = number * 7919 % 130
        return (number % 3 == 0 ? .deny : .allow, lower..<lower + 3, condition(number))
      }
      SmallSet.add("p\(policy)", lines, to: &set)
    }
    return set
  }

  @Test("distinct thresholds")
  func thresholds() {
    let amount = SmallSet.attribute("amount")
    #expect(
      growth { count in
        policies(count) { SmallSet.check(.compare(amount, .less, .int(Int64($0)))) }
      } < 40
    )
  }

  @Test("distinct texts and patterns")
  func texts() {
    let title = SmallSet.attribute("title")
    #expect(
      growth { count in
        policies(count) { number in
          number % 10 == 0
            ? SmallSet.check(
              .like(title, LikePattern(runs: [Array("team-\(number)/".utf8), []]))
            )
            : SmallSet.check(.equals(title, .string("w\(number)")))
        }
      } < 60
    )
  }

  @Test("one policy, all rules for all actions")
  func stars() {
    let trees = SmallSet.attribute("trees")
    #expect(
      growth { count in
        var set = SmallSet.empty()
        let lines = (0..<count).map { number -> SmallSet.Line in
          (.allow, 0..<133, SmallSet.check(.under(trees, "a/t-\(number)")))
        }
        SmallSet.add("p", lines, to: &set)
        return set
      } < 40
    )
  }
}
