import PolicyCompiler
package import PolicyEngine
package import PolicyModel

/// The text of an `access.lock`: what a policy set allows, written as a policy set.
///
/// It is policy text, so that everything that reads policies reads it, and it says what the
/// policies mean rather than how they are written: `let`s and `includes` are expanded, patterns
/// cover exactly what they covered, conditions are in a normal form, everything is in the order of
/// its bytes, and what decides nothing, titles, comments, tests, is left out.
/// `Grammar/access-lock.md` describes it.
package struct LockText {
  /// What the first line of a lock is.
  package static let header = "// access.lock 1"

  private let set: PolicySet
  private var patterns: ActionPatterns
  private var normals: NormalConditions
  private var terms: Set<Term> = []
  private var groups: Set<GroupIndex> = []

  package init(_ set: PolicySet) {
    self.set = set
    patterns = ActionPatterns(set.catalogue, isSorted: true)
    normals = NormalConditions(set)
  }

  /// - Complexity: O(n log n) in the size of the set and of the text.
  package mutating func text() -> String {
    let policies = self.policies()
    let assignments = self.assignments()
    let catalogue = LockCatalogue(set, reading: terms).text
    return """
      \(Self.header)
      // What the policies beside this file allow, written by `pol lock`: read it in review.

      \(catalogue)\(units())\(groupTexts())
      \(policies)\(assignments)
      """
  }

  /// The digest of what a policy does, as the lock has it.
  package mutating func digest(_ policy: PolicyIndex) -> String {
    "\(ArtifactDigest(of: Array(rules(of: policy).joined(separator: "\n").utf8)))"
  }

  // MARK: Policies

  private mutating func policies() -> String {
    let order = set.policies.indices.sorted {
      precedes(set.policies[$0].heading.name, set.policies[$1].heading.name)
    }
    var text = ""
    for index in order {
      let policy = set.policies[index]
      let rules = rules(of: index)
      if policy.isBuiltIn {
        let digest = ArtifactDigest(of: Array(rules.joined(separator: "\n").utf8))
        text += "@digest(\"\(digest)\")\nbuilt-in "
      }
      text += "policy \(describe(index, in: set)) {"
      text += rules.isEmpty ? "}\n\n" : "\n" + rules.map { "  \($0)\n" }.joined() + "}\n\n"
    }
    return text
  }

  private mutating func rules(of policy: PolicyIndex) -> [String] {
    let effective = EffectiveRules(policy, in: set, &normals)
    terms.formUnion(effective.terms)
    groups.formUnion(effective.groups)
    return effective.rules.map { rule in
      let actions = patterns.patterns(rule.actions).joined(separator: ", ")
      let condition = rule.condition.map { " when \($0)" } ?? ""
      return "\(rule.effect.word) \(actions)\(condition)"
    }
  }

  // MARK: Assignments

  /// One line for each policy, place and condition, with all subjects.
  private mutating func assignments() -> String {
    struct Key: Hashable {
      let policy: String
      let places: [String]
      let condition: String?
    }
    var subjects: [Key: Set<String>] = [:]
    for assignment in set.assignments.elements {
      var condition: String?
      if let written = assignment.condition {
        condition = NormalCondition(written, in: set).text
        terms.formUnion(written.reads.terms)
        groups.formUnion(written.reads.groups)
      }
      for case .group(let group) in assignment.subjects { groups.insert(group) }
      let places = Set(assignment.places.map { describe($0, in: set) }).sorted(by: precedes)
      for policy in assignment.policies {
        let key = Key(policy: describe(policy, in: set), places: places, condition: condition)
        subjects[key, default: []].formUnion(assignment.subjects.map { describe($0, in: set) })
      }
    }
    let lines = subjects.map { key, subjects in
      let places = key.places.isEmpty ? "" : " in " + key.places.joined(separator: ", ")
      let condition = key.condition.map { " when \($0)" } ?? ""
      let sorted = subjects.sorted(by: precedes).joined(separator: ", ")
      return "assign \(key.policy) to \(sorted)\(places)\(condition)\n"
    }
    return lines.sorted(by: precedes).joined()
  }

  // MARK: Units and groups

  /// The units that assignments name, with those above them.
  private func units() -> String {
    var needed: Set<UnitIndex> = []
    for place in set.assignments.elements.flatMap(\.places) {
      var next: UnitIndex? = place
      while let unit = next, needed.insert(unit).inserted { next = set.units[unit].parent }
    }
    guard !needed.isEmpty else { return "" }
    var children: [UnitIndex?: [UnitIndex]] = [:]
    for unit in needed { children[set.units[unit].parent, default: []].append(unit) }
    func text(_ unit: UnitIndex, _ indent: String) -> String {
      let inner = sorted(children[unit] ?? []).map { text($0, indent + "  ") }.joined()
      let name = describe(
        name: set.units[unit].heading.name,
        reserved: indent.isEmpty ? ["outside"] : []
      )
      let line = indent.isEmpty ? "ou \(name)" : indent + name
      return inner.isEmpty ? "\(line)\n" : "\(line) {\n\(inner)\(indent)}\n"
    }
    func sorted(_ units: [UnitIndex]) -> [UnitIndex] {
      units.sorted { precedes(set.units[$0].heading.name, set.units[$1].heading.name) }
    }
    return "\n" + sorted(children[nil] ?? []).map { text($0, "") }.joined()
  }

  /// The groups that assignments and conditions name, with those inside them.
  private func groupTexts() -> String {
    var needed: Set<GroupIndex> = []
    var waiting = Array(groups)
    while let group = waiting.popLast() {
      if needed.insert(group).inserted { waiting += set.groups[group].groups }
    }
    let texts = needed.map { index in
      let group = set.groups[index]
      let name = describe(name: group.heading.name)
      guard !group.isOpen else { return "group \(name)\n" }
      let members =
        group.members.map { describe($0) } + group.groups.map { describe(.group($0), in: set) }
      let lines = Set(members).sorted(by: precedes).map { "  \($0)\n" }.joined()
      return "group \(name) {\n\(lines)}\n"
    }
    return texts.isEmpty ? "" : "\n" + texts.sorted(by: precedes).joined()
  }
}

/// By bytes.
func precedes(_ left: String, _ right: String) -> Bool {
  left.utf8.lexicographicallyPrecedes(right.utf8)
}
