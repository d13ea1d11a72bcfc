import PolicyAnalysis
import PolicyEngine
import PolicyModel
import PolicyTestSupport

/// Random policy sets and changed versions of them.
enum RandomPairs {
  /// Two sets of which some declarations are the same.
  static func texts(_ random: inout RandomSource) -> (old: String, new: String) {
    let old = RandomPolicies.declarations(&random)
    let other = RandomPolicies.declarations(&random)
    var new: [String] = []
    for (index, part) in old.enumerated() {
      // Groups and units are the same; every third of the others is another one, or gone.
      let isReplaced = index > 4 && random.oneIn(3)
      if !isReplaced {
        new.append(part)
      } else if index < other.count {
        new.append(other[index])
      }
    }
    if random.oneIn(3) { new += other.dropFirst(old.count) }
    if random.oneIn(4) { new[1] = "group listed { user \"ada\" user \"bob\" }" }
    if random.oneIn(6) { new[0] = "group open { service-account \"ada\" }" }
    var catalogue = RandomPolicies.catalogue
    if random.oneIn(3) {
      catalogue = catalogue.replacing("read { list  get }", with: "read { list  peek  get }")
    }
    if random.oneIn(4) {
      catalogue = catalogue.replacing("\"eu\" | \"us\"", with: "\"us\" | \"apac\" | \"eu\"")
    }
    let oldText = RandomPolicies.catalogue + old.joined(separator: "\n")
    let newText = catalogue + new.joined(separator: "\n")
    return random.oneIn(2) ? (oldText, newText) : (newText, oldText)
  }

  /// A request to both sets; whoever holds a policy holds it in both.
  static func request(_ random: inout RandomSource, _ joined: JoinedSets) -> RequestData {
    let set = joined.set
    var request = RandomPolicies.request(&random, in: set)
    request.action = ActionIndex(random.below(set.catalogue.actions.count))
    if random.oneIn(4) { request.groups = nil }
    let names = request.held.map { (set.policies[$0.policy].heading.name, $0.unit) }
    request.held = set.policies.indices.flatMap { index in
      names.filter { $0.0 == set.policies[index].heading.name }.map { Holding(index, in: $0.1) }
    }
    return request
  }
}
