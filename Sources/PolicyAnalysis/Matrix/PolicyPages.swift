import PolicyEngine
import PolicyModel

/// The pages of policies: which rules bear on which actions.
struct PolicyPages {
  /// Lists of rules that were met, each once: what a list becomes when a rule is added to it.
  private struct Lists {
    private struct Step: Hashable {
      let list: Int
      let rule: RuleIndex
    }

    private(set) var all: [[RuleIndex]] = [[]]
    private var next: [Step: Int] = [:]

    mutating func adding(_ rule: RuleIndex, to list: Int) -> Int {
      let step = Step(list: list, rule: rule)
      if let known = next[step] { return known }
      all.append(all[list] + [rule])
      next[step] = all.count - 1
      return all.count - 1
    }
  }

  private let set: PolicySet
  private let services: [Range<Int>]
  private var lists = Lists()
  private var cellOfList: [Int] = [0]
  /// Where the rules of the policy at hand begin and end.
  private var isBound: [Bool]

  init(_ set: PolicySet, _ services: [Range<Int>]) {
    self.set = set
    self.services = services
    isBound = [Bool](repeating: false, count: set.catalogue.actions.count + 1)
  }

  /// A page of each service.
  ///
  /// - Complexity: O(actions + rules × runs of actions that they have in common).
  mutating func pages(of policy: PolicyIndex, _ table: inout CellTable) -> [Int] {
    let rules = set.policies[policy].closure.flatMap { set.policies[$0].rules }.sorted()
    let runs = runs(of: rules)
    while cellOfList.count < lists.all.count {
      cellOfList.append(table.rulesCell(lists.all[cellOfList.count], in: set))
    }
    var result: [Int] = []
    result.reserveCapacity(services.count)
    var index = 0
    for service in services {
      var page: [Matrix.Run] = []
      while index < runs.count, runs[index].actions.lowerBound < service.upperBound {
        let part = runs[index].actions.clamped(to: service)
        page.append(Matrix.Run(count: part.count, cell: cellOfList[runs[index].list]))
        guard runs[index].actions.upperBound <= service.upperBound else { break }
        index += 1
      }
      result.append(table.page(page))
    }
    return result
  }

  /// All actions in runs, with the rules that bear on each.
  private mutating func runs(of rules: [RuleIndex]) -> [(actions: Range<Int>, list: Int)] {
    for index in isBound.indices { isBound[index] = false }
    for range in rules.lazy.flatMap({ [set] in set.rules[$0].actions.ranges }) {
      isBound[range.lowerBound] = true
      isBound[range.upperBound] = true
    }
    let count = isBound.count - 1
    isBound[0] = true
    isBound[count] = true
    var starts: [Int] = []
    var segmentAt = [Int32](repeating: 0, count: isBound.count)
    for position in isBound.indices where isBound[position] {
      segmentAt[position] = Int32(starts.count)
      starts.append(position)
    }
    var listOf = [Int](repeating: 0, count: starts.count)
    for rule in rules {
      var last = (before: -1, after: -1)
      for range in set.rules[rule].actions.ranges {
        for segment in segmentAt[range.lowerBound]..<segmentAt[range.upperBound] {
          let before = listOf[Int(segment)]
          if before != last.before { last = (before, lists.adding(rule, to: before)) }
          listOf[Int(segment)] = last.after
        }
      }
    }
    return zip(starts, starts.dropFirst()).enumerated().map { number, bounds in
      (bounds.0..<bounds.1, listOf[number])
    }
  }
}
