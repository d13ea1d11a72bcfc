import PolicyEngine
import PolicyModel

/// The actions of a policy set, those together that every rule takes or leaves together.
///
/// A pattern such as `*` is then as many rows as there are classes, not actions. Found by partition
/// refinement (R. Paige and R. E. Tarjan, "Three Partition Refinement Algorithms", 1987): each set of
/// actions splits the classes that it has some but not all members of.
struct ActionClasses {
  /// The class of each action; classes are numbered by their first actions.
  private(set) var classOfAction: [Int] = []
  /// The different sets of actions of rules, in the order of the rules.
  private(set) var sets: [ActionSet] = []
  /// The classes that make up each set, in order.
  private(set) var classesOfSet: [[Int]] = []
  /// The set of each rule.
  private(set) var setOfRule: [Int] = []

  /// - Complexity: O(rules + s × r), where s are the different sets of actions, and r is how many runs
  ///   of actions that no set cuts a set has at most.
  init(_ set: PolicySet) {
    var known: [ActionSet: Int] = [:]
    for rule in set.rules.elements {
      let position = known[rule.actions] ?? sets.count
      if position == sets.count {
        known[rule.actions] = position
        sets.append(rule.actions)
      }
      setOfRule.append(position)
    }
    let runs = Runs(sets, actions: set.catalogue.actions.count)
    let classes = Self.refined(sets.map { runs.covered(by: $0) }, runs: runs.starts.count)
    classesOfSet = sets.map { actions in
      var seen: [Int] = []
      for run in runs.covered(by: actions) { seen.append(contentsOf: run.map { classes[$0] }) }
      return Set(seen).sorted()
    }
    for (run, start) in runs.starts.enumerated() {
      let end = run + 1 < runs.starts.count ? runs.starts[run + 1] : set.catalogue.actions.count
      classOfAction += repeatElement(classes[run], count: end - start)
    }
  }

  /// The class of each run, numbered by first runs.
  private static func refined(_ sets: [[Range<Int>]], runs: Int) -> [Int] {
    var classes = [Int](repeating: 0, count: runs)
    var sizes = [runs]
    for ranges in sets {
      var touched: [Int: Int] = [:]
      for range in ranges { for run in range { touched[classes[run], default: 0] += 1 } }
      var split: [Int: Int] = [:]
      for (old, count) in touched.sorted(by: { $0.key < $1.key }) where count < sizes[old] {
        split[old] = sizes.count
        sizes[old] -= count
        sizes.append(count)
      }
      guard !split.isEmpty else { continue }
      for range in ranges {
        for run in range { if let new = split[classes[run]] { classes[run] = new } }
      }
    }
    var numbers: [Int: Int] = [:]
    return classes.map { old in
      let number = numbers[old] ?? numbers.count
      numbers[old] = number
      return number
    }
  }
}

/// The longest runs of actions that no set of actions cuts.
private struct Runs {
  /// The first action of each run.
  let starts: [Int]
  /// Which run begins at an action; after the last run, how many there are.
  private let positions: [Int: Int]

  init(_ sets: [ActionSet], actions: Int) {
    var cuts: Set<Int> = [0, actions]
    for range in sets.flatMap(\.ranges) { cuts.formUnion([range.lowerBound, range.upperBound]) }
    let sorted = cuts.sorted()
    positions = Dictionary(uniqueKeysWithValues: zip(sorted, sorted.indices))
    starts = sorted.dropLast()
  }

  /// The runs that make up a set of actions.
  func covered(by actions: ActionSet) -> [Range<Int>] {
    actions.ranges.map { range in
      let first = positions[range.lowerBound] ?? 0
      return first..<(positions[range.upperBound] ?? first)
    }
  }
}
