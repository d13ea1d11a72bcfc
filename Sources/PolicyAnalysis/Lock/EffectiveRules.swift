import PolicyCompiler
import PolicyEngine
import PolicyModel

/// What a policy does, with all that it includes: each effect and condition with its actions.
///
/// Rules of equal conditions are one; what an unconditional rule decides anyway is left out of the
/// others. So the rules of a lock are those of the policy's cells, not of its text.
struct EffectiveRules {
  struct Rule {
    let effect: Effect
    /// As policy text writes it; nil for always.
    let condition: String?
    let actions: ActionSet
  }

  /// Allows before denies, those without a condition first, then by the text of the condition.
  let rules: [Rule]
  /// What the conditions of these rules read.
  let terms: Set<Term>
  /// The groups that they ask about.
  let groups: Set<GroupIndex>

  /// - Complexity: O(n log n) in the rules of the closure and their ranges.
  init(_ policy: PolicyIndex, in set: PolicySet, _ normals: inout NormalConditions) {
    struct Key: Hashable {
      let effect: Effect
      let contribution: Diagram
      /// A condition may name what it does not depend on, and services need not all have it.
      let terms: Set<Term>
    }
    var always = (allowed: [Range<Int>](), denied: [Range<Int>]())
    var ranges: [Key: [Range<Int>]] = [:]
    var conditions: [Key: [RuleIndex]] = [:]
    for index in set.policies[policy].closure.flatMap({ set.policies[$0].rules }) {
      let rule = set.rules[index]
      let contribution = normals.contribution(index)
      switch contribution {
      case .nothing: continue
      case .deny: always.denied += rule.actions.ranges
      case .allow: always.allowed += rule.actions.ranges
      default:
        let key = Key(
          effect: rule.effect,
          contribution: contribution,
          terms: normals.terms(of: index)
        )
        ranges[key, default: []] += rule.actions.ranges
        conditions[key, default: []].append(index)
      }
    }
    let denied = ActionSet(always.denied)
    let allowed = ActionSet(always.allowed).subtracting(denied)
    var rules: [Rule] = []
    if !allowed.isEmpty { rules.append(Rule(effect: .allow, condition: nil, actions: allowed)) }
    if !denied.isEmpty { rules.append(Rule(effect: .deny, condition: nil, actions: denied)) }
    var terms: Set<Term> = []
    var groups: Set<GroupIndex> = []
    for (key, indices) in conditions {
      let rest = ActionSet(ranges[key] ?? []).subtracting(denied)
      let actions = key.effect == .allow ? rest.subtracting(allowed) : rest
      guard !actions.isEmpty else { continue }
      let texts = indices.map { normals.text(of: $0) }
      let shortest = texts.min { ($0.utf8.count, $0) < ($1.utf8.count, $1) } ?? "true"
      rules.append(Rule(effect: key.effect, condition: shortest, actions: actions))
      terms.formUnion(key.terms)
      for index in indices { groups.formUnion(normals.groups(of: index)) }
    }
    self.rules = rules.sorted { left, right in
      if left.effect != right.effect { return left.effect == .allow }
      let (one, other) = (left.condition ?? "", right.condition ?? "")
      if !one.utf8.elementsEqual(other.utf8) {
        return one.utf8.lexicographicallyPrecedes(other.utf8)
      }
      return left.actions.ranges.lexicographicallyPrecedes(right.actions.ranges) {
        $0.lowerBound < $1.lowerBound
      }
    }
    self.terms = terms
    self.groups = groups
  }
}

/// The conditions of rules in their normal form, each made once.
struct NormalConditions {
  private let set: PolicySet
  private var diagrams: PolicyDiagrams
  private var texts: [RuleIndex: String] = [:]
  private var reads: [RuleIndex: (terms: Set<Term>, groups: Set<GroupIndex>)] = [:]

  init(_ set: PolicySet) {
    self.set = set
    diagrams = PolicyDiagrams(set)
  }

  /// What a rule contributes to its cells.
  mutating func contribution(_ rule: RuleIndex) -> Diagram {
    diagrams.store.map(
      set.rules[rule].effect == .allow ? .allowing : .denying,
      diagrams.guards[rule.position]
    )
  }

  mutating func text(of rule: RuleIndex) -> String {
    if let known = texts[rule] { return known }
    let text = set.rules[rule].guardCondition.map { NormalCondition($0, in: set).text } ?? "true"
    texts[rule] = text
    return text
  }

  mutating func terms(of rule: RuleIndex) -> Set<Term> { read(rule).terms }

  mutating func groups(of rule: RuleIndex) -> Set<GroupIndex> { read(rule).groups }

  private mutating func read(
    _ rule: RuleIndex
  ) -> (terms: Set<Term>, groups: Set<GroupIndex>) {
    if let known = reads[rule] { return known }
    let result = set.rules[rule].guardCondition?.reads ?? ([], [])
    reads[rule] = result
    return result
  }
}

extension Condition {
  /// The terms and groups that its checks read.
  var reads: (terms: Set<Term>, groups: Set<GroupIndex>) {
    var terms: Set<Term> = []
    var groups: Set<GroupIndex> = []
    for (check, _) in checks {
      terms.formUnion(check.terms)
      if case .inGroup(let group) = check { groups.insert(group) }
    }
    return (terms, groups)
  }
}
