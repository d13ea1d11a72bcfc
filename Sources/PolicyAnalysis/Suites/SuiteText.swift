import PolicyEngine
package import PolicyModel

/// Cases as policy text: one test for those that ask alike.
package struct SuiteText {
  private let set: PolicySet
  private var patterns: ActionPatterns
  private var titles: Set<String>
  /// How many tests there are.
  package private(set) var tests = 0
  /// How many more there would be.
  package private(set) var left = 0
  /// The tests, not laid out.
  package private(set) var text = ""

  /// Writes the tests of some cases, so many at most.
  package init(_ cases: [SuiteCase], in set: PolicySet, atMost most: Int) {
    self.set = set
    patterns = ActionPatterns(set.catalogue)
    titles = Set(set.tests.map(\.title))
    var order: [SuiteHolder] = []
    var groups: [SuiteHolder: [SuiteCase]] = [:]
    for item in cases {
      let holder = SuiteHolder(item.request)
      if groups[holder] == nil { order.append(holder) }
      groups[holder, default: []].append(item)
    }
    for holder in order {
      for cluster in Self.clusters(groups[holder] ?? []) {
        if tests < most { write(cluster.cases, without: cluster.lacking) } else { left += 1 }
      }
    }
  }

  /// Cases that can share values: those that say much, by what they say; all that say little.
  ///
  /// With each what its cases do not say, of all that the largest does.
  private static func clusters(_ cases: [SuiteCase]) -> [(cases: [SuiteCase], lacking: [Term])] {
    var order: [[Term]] = []
    var found: [[Term]: [SuiteCase]] = [:]
    for item in cases {
      let terms = StatedRequest(item.request).bindings.map(\.term)
      let key = terms.count > 2 ? terms : []
      if found[key] == nil { order.append(key) }
      found[key, default: []].append(item)
    }
    return order.map { terms in
      let around = order.filter { Set($0).isStrictSuperset(of: terms) }
        .max { $0.count < $1.count }
      let lacking = terms.isEmpty ? [] : (around ?? []).filter { !terms.contains($0) }
      return (found[terms] ?? [], lacking)
    }
  }

  private mutating func write(_ cases: [SuiteCase], without lacking: [Term]) {
    guard let first = cases.first else { return }
    let stated = StatedRequest(first.request)
    let who = stated.who(in: set)
    let place = stated.place(in: set)
    let shared = Self.shared(cases)
    var lines = ["test \(describe(string: title(who, place, cases, lacking))) {"]
    if !who.isEmpty { lines.append("as \(who.joined(separator: ", "))") }
    if let place { lines.append("in \(place)") }
    if !shared.isEmpty { lines.append("with \(list(shared))") }
    for item in cases {
      let own = StatedRequest(item.request).bindings.filter { binding in
        !shared.contains { $0.term == binding.term && $0.value == binding.value }
      }
      var line = "\(item.effect.word) \(actions(item.actions))"
      if !own.isEmpty { line += " with \(list(own))" }
      lines.append(line)
    }
    text += (lines + ["}"]).joined(separator: "\n") + "\n\n"
    tests += 1
  }

  /// What all cases say of something, or most of them; nothing where one says nothing of it.
  private static func shared(_ cases: [SuiteCase]) -> [(term: Term, value: Value)] {
    guard cases.count > 1 else { return [] }
    let all = cases.map { StatedRequest($0.request).bindings }
    return all[0].compactMap { binding in
      let values = all.compactMap { $0.first { $0.term == binding.term }?.value }
      guard values.count == cases.count else { return nil }
      var counts: [Value: Int] = [:]
      for value in values { counts[value, default: 0] += 1 }
      let most = counts.values.max() ?? 0
      let value = values.first { counts[$0] == most } ?? binding.value
      return (binding.term, value)
    }
  }

  private func list(_ bindings: [(term: Term, value: Value)]) -> String {
    bindings.map { "\(describe($0.term, in: set)) = \(describe($0.value))" }
      .joined(separator: ", ")
  }

  /// Actions as patterns: what is left out by `except` where that is shorter.
  private mutating func actions(_ actions: ActionSet) -> String {
    let listed = patterns.patterns(actions).joined(separator: ", ")
    let all = ActionSet([0..<set.catalogue.actions.count])
    let rest = all.subtracting(actions)
    guard !rest.isEmpty else { return listed }
    let excepted = "* except " + patterns.patterns(rest).joined(separator: ", ")
    return excepted.utf8.count < listed.utf8.count ? excepted : listed
  }

  /// A title that no test has.
  private mutating func title(
    _ who: [String],
    _ place: String?,
    _ cases: [SuiteCase],
    _ lacking: [Term]
  ) -> String {
    let names = who.isEmpty ? "everyone" : who.joined(separator: ", ")
    var title = names.replacing("\"", with: "") + (place.map { " in \($0)" } ?? "")
    if cases[0].actions.count == 1, cases.allSatisfy({ $0.actions == cases[0].actions }) {
      title += ": \(patterns.patterns(cases[0].actions)[0])"
    }
    if !lacking.isEmpty {
      title += " without \(lacking.map { describe($0, in: set) }.joined(separator: ", "))"
    }
    let free =
      titles.contains(title)
      ? (2...).lazy.map { "\(title) (\($0))" }.first { !titles.contains($0) } ?? title : title
    titles.insert(free)
    return free
  }
}
