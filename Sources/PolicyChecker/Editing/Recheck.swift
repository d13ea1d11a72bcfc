package import PolicyEngine
package import PolicyModel
package import PolicySource
package import PolicySyntax

extension CheckedSources {
  /// Checks declarations that take the place of others, with everything else as it was.
  ///
  /// Only what nothing else depends on can be checked so: the rules of a policy whose heading is the
  /// same, tests, assignments and assertions. What their change means for *other* declarations
  /// (a rule id that two rules have, a `has` in an assignment of a policy) shows in the next whole
  /// check.
  /// - Parameters:
  ///   - nodes: The declarations, in a tree whose file is none of the sources: their places can so
  ///     be told from those of what was checked before.
  ///   - tree: That tree.
  ///   - replaced: The text that they replace, in the sources.
  /// - Returns: What is wrong with them, or nil where other declarations depend on the change.
  /// - Complexity: O(size of the declarations), and copying the table of names.
  package func recheck(
    _ nodes: [NodeID],
    of tree: SyntaxTree,
    replacing replaced: SourceSpan
  ) -> [Diagnostic]? {
    let kinds: Set<NodeKind> = [
      .policy, .test, .assign, .canAssertion, .onlyAssertion, .holdsAssertion,
    ]
    guard nodes.allSatisfy({ kinds.contains(tree.kind($0)) }),
      !staged.diagnostics.contains(where: { $0.dependsOnOthers && $0.touches(replaced) })
    else { return nil }
    var copy = checker
    return copy.recheck(nodes, of: tree, replacing: replaced)
  }
}

extension CheckedSources {
  /// What patterns stand for.
  ///
  /// - Parameters:
  ///   - node: A `pattern`, or the `actions` of a rule, expectation or assertion.
  ///   - tree: Its tree, of whatever text.
  /// - Returns: All that they match, and what an allow of them reaches.
  /// - Complexity: that of checking the patterns.
  package func actions(
    of node: NodeID,
    in tree: SyntaxTree
  ) -> (matched: ActionSet, reached: ActionSet) {
    var copy = checker
    let point = tree.span(node)
    let site = Site(tree: copy.addForRecheck(tree, replacing: point), node: node)
    guard tree.kind(node) == .pattern else {
      let matches = copy.expand(site)
      return (matches.matched, matches.reached)
    }
    let parts = copy.matches(site)
    return (ActionSet(parts.matched), ActionSet(parts.reached))
  }

  /// What a `let` stands for; nil where that was reported.
  package func meaning(ofLet position: Int) -> LetMeaning? {
    switch checker.lets[position].meaning {
    case .condition: .condition
    case .list: .list
    case .term(_, let type, _): .value(type)
    case .literal(.integer, _): .value(.int)
    case .literal(.bool, _): .value(.bool)
    case .literal(.principal, _): .value(.principal)
    case .literal(.string, _): .text
    case nil: nil
    }
  }
}

/// What a `let` stands for.
package enum LetMeaning: Sendable {
  case condition
  case list
  case value(AttributeType)
  /// A string, which is read as a value of the type that it is compared with.
  case text
}

extension Checker {
  fileprivate mutating func recheck(
    _ nodes: [NodeID],
    of tree: SyntaxTree,
    replacing replaced: SourceSpan
  ) -> [Diagnostic]? {
    let position = addForRecheck(tree, replacing: replaced)
    declarations = [:]
    for node in nodes {
      declarations[tree.kind(node), default: []].append(Site(tree: position, node: node))
    }
    let before = set.policies.indices.filter {
      replaced.contains(set.policies[$0].heading.nameSpan)
    }
    var after: [PolicyIndex] = []
    for site in sites(.policy) {
      guard let policy = recheckRules(of: site, replacing: replaced) else { return nil }
      after.append(policy)
    }
    guard before == after else { return nil }
    let otherTests = set.tests.filter { !replaced.contains($0.titleSpan) }
    set.tests = []
    resolveAssignments()
    resolveTests()
    resolveAssertions()
    reportRepeatedTitles(among: otherTests)
    return diagnostics.inSourceOrder()
  }

  /// Checks the rules of a policy again; nil unless its heading is what it was.
  private mutating func recheckRules(
    of site: Site,
    replacing replaced: SourceSpan
  ) -> PolicyIndex? {
    guard let heading = heading(site, on: .policy), let index = policyNames[heading.name],
      replaced.contains(set.policies[index].heading.nameSpan)
    else { return nil }
    let known = set.policies[index]
    guard known.isBuiltIn == has(site, .builtIn), known.includes == includes(of: site),
      known.heading.annotations.elementsEqual(
        heading.annotations,
        by: { $0.name == $1.name && $0.arguments == $1.arguments }
      )
    else { return nil }
    _ = rules(of: site, in: index, named: heading.name)
    return index
  }

  private mutating func reportRepeatedTitles(among others: [TestCase]) {
    guard !set.tests.isEmpty else { return }
    var titles: [TextKey: SourceSpan] = [:]
    for test in others { titles[TextKey(test.title)] = test.titleSpan }
    for test in set.tests {
      guard let first = titles[TextKey(test.title)] else { continue }
      report(DuplicateDeclaration.ofTest(test.title, at: test.titleSpan, first: first))
    }
  }
}

extension SourceSpan {
  /// Whether another span lies within this one.
  fileprivate func contains(_ other: SourceSpan) -> Bool {
    file == other.file && lower <= other.lower && other.upper <= upper
  }
}

extension Diagnostic {
  /// Whether it is about how several declarations stand to each other.
  fileprivate var dependsOnOthers: Bool {
    switch code {
    case .includeCycle, .groupCycle, .letCycle, .includeTooDeep, .groupTooDeep: true
    case .duplicateDeclaration: !secondary.isEmpty
    default: false
    }
  }

  fileprivate func touches(_ span: SourceSpan) -> Bool {
    ([primary] + secondary).contains { span.contains($0.span) }
  }
}
