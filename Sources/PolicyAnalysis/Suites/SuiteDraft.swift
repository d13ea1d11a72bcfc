import PolicyCompiler
import PolicyEngine
package import PolicyModel

/// What tests a policy set lacks, and cases for it, before the fewest are chosen.
///
/// Two kinds of things are lacking: outcomes of policies that no test shows, and mistakes that no test
/// or assertion notices, which is what there is at the boundaries of conditions. Each has a case of its
/// own, which may show others too.
package struct SuiteDraft: Sendable {
  package let set: PolicySet
  private let judge: MutantJudge
  private let survivors: [Mutant]
  private let outcomes: [OutcomeItem]
  private let candidates: [SuiteCase]
  /// How many policies were not looked at.
  package let leftPolicies: Int
  /// How many mistakes no test can show: those about principals who do not say who they are.
  package let untestable: Int

  /// Finds cases for what lacks.
  ///
  /// The survivors are the mutants that nothing notices, with their witnesses; the outcomes of so many
  /// policies are looked at.
  package init(
    _ judge: MutantJudge,
    survivors: [(mutant: Mutant, witness: MutantWitness)],
    atMost most: Int
  ) {
    set = judge.set
    self.judge = judge
    let diagrams = PolicyDiagrams(judge.set)
    let classes = ActionClasses(judge.set, diagrams.cells)
    let search = OutcomeSearch(judge.set, diagrams, classes, atMost: most)
    var cases = search.cases
    var testable: [Mutant] = []
    let nearby = NearbyCases(judge, classes, search.cases.filter { $0.effect == .allow })
    for (mutant, witness) in survivors {
      guard let found = nearby.item(mutant, witness) else { continue }
      testable.append(mutant)
      cases.append(found)
    }
    leftPolicies = search.left
    outcomes = search.items
    candidates = cases
    self.survivors = testable
    untestable = survivors.count - testable.count
  }

  /// How many mistakes the cases are to notice.
  package var mutants: Int { survivors.count }

  /// The candidates that notice a mistake.
  ///
  /// - Complexity: O(candidates about the actions that it touches × interpreter).
  package func noticing(_ number: Int) -> [Int] {
    judge.noticing(survivors[number].mutation, among: candidates)
  }

  /// The fewest cases for all that lacks, given which of them notice which mistakes.
  package func suite(noticing: [[Int]]) -> [SuiteCase] {
    var items = [[Int]](repeating: [], count: candidates.count)
    let holders = Dictionary(grouping: candidates.indices) {
      candidates[$0].request.held.first?.policy
    }
    for (number, item) in outcomes.enumerated() {
      // Who holds the policy, and those who may have been given it.
      let near = Set((holders[item.policy] ?? []) + (holders[nil] ?? [])).sorted()
        .filter { mayShow(candidates[$0], item) }
      guard !near.isEmpty else { continue }
      let narrowed = set.narrowed(to: ActionIndex(item.actions.ranges[0].lowerBound))
      for position in near where shows(candidates[position], item, narrowed) {
        items[position].append(number)
      }
    }
    for (number, positions) in noticing.enumerated() {
      for position in positions { items[position].append(outcomes.count + number) }
    }
    return chosen(among: items, of: outcomes.count + noticing.count).map { candidates[$0] }
      .joined()
  }

  private func mayShow(_ item: SuiteCase, _ outcome: OutcomeItem) -> Bool {
    item.effect == outcome.outcome.effect && outcome.actions.subtracting(item.actions).isEmpty
      && bestGrant(of: outcome.policy, to: item.request, in: set)?.force == .yes
  }

  private func shows(_ item: SuiteCase, _ outcome: OutcomeItem, _ narrowed: PolicySet) -> Bool {
    var request = item.request
    request.action = ActionIndex(outcome.actions.ranges[0].lowerBound)
    return outcome.isShown(by: interpret(request, in: narrowed), in: narrowed)
  }
}
