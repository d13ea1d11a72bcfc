import PolicyEngine
package import PolicyModel
import PolicySource
package import PolicySyntax

/// What the patterns of every rule of a set that checks come to without each of their parts.
///
/// - Parameters:
///   - set: A policy set that checks.
///   - trees: Those that it was made of.
/// - Returns: For each rule by position.
/// - Complexity: O(matches of the patterns × the parts of each rule).
package func rulePatterns(of set: PolicySet, in trees: [SyntaxTree]) -> [RulePatterns] {
  var reader = PatternReader(trees, sources: set.sources)
  var nodes: [SourceSpan: NodeID] = [:]
  for tree in trees {
    for position in 0..<tree.nodeCount where tree.kind(NodeID(position)) == .actions {
      nodes[tree.span(NodeID(position))] = NodeID(position)
    }
  }
  return set.rules.elements.map { rule in
    guard let actions = nodes[rule.actionsSpan] else {
      let whole = RulePatterns.Matches(matched: rule.actions, reached: rule.actions)
      return RulePatterns(all: whole, parts: [])
    }
    return reader.parts(of: actions, in: trees[Int(rule.actionsSpan.file.position)])
  }
}

extension PatternReader {
  /// A list of patterns, each with what it matches.
  private typealias Patterns = [(node: NodeID, matches: Matches)]

  /// What the patterns of an `actions` node come to without each of their parts.
  fileprivate mutating func parts(of actions: NodeID, in tree: SyntaxTree) -> RulePatterns {
    let except = tree.first(actions, .exceptClause)
    let included = read(tree.nodes(actions, .pattern), in: tree)
    let excluded = except.map { read(tree.nodes($0, .pattern), in: tree) } ?? []
    let whole = union(included.map(\.matches))
    let removed = union(excluded.map(\.matches)).matched
    let within = drops(included, in: tree).map { span, rest in
      RulePatterns.Part(span: span, isException: false, without: rest.subtracting(removed))
    }
    var outside = drops(excluded, in: tree).map { span, rest in
      RulePatterns.Part(span: span, isException: true, without: whole.subtracting(rest.matched))
    }
    if outside.isEmpty, let only = excluded.first {
      let span = tree.span(only.node)
      outside = [RulePatterns.Part(span: span, isException: true, without: whole)]
    }
    return RulePatterns(
      all: whole.subtracting(removed),
      parts: (within + outside).sorted { $0.span < $1.span }
    )
  }

  private mutating func read(_ patterns: [NodeID], in tree: SyntaxTree) -> Patterns {
    var result: Patterns = []
    for pattern in patterns { result.append((pattern, matches(pattern, in: tree))) }
    return result
  }

  /// What is left of a list without each of its parts; nothing where it has but one.
  private mutating func drops(
    _ patterns: Patterns,
    in tree: SyntaxTree
  ) -> [(span: SourceSpan, rest: RulePatterns.Matches)] {
    var result: [(span: SourceSpan, rest: RulePatterns.Matches)] = []
    for (position, pattern) in patterns.enumerated() {
      let others = patterns.indices.filter { $0 != position }.map { patterns[$0].matches }
      if !others.isEmpty { result.append((tree.span(pattern.node), union(others))) }
      for kind in [NodeKind.serviceSet, .memberSet] {
        let between = tree.first(pattern.node, kind).map { tree.nodes($0) } ?? []
        guard between.count > 1 else { continue }
        var each: [Matches] = []
        for place in between.indices {
          each.append(
            kind == .serviceSet
              ? matches(pattern.node, in: tree, serviceAt: place)
              : matches(pattern.node, in: tree, memberAt: place)
          )
        }
        for place in between.indices {
          let rest = each.indices.filter { $0 != place }.map { each[$0] }
          result.append((tree.span(between[place]), union(others + rest)))
        }
      }
    }
    return result
  }

  private func union(_ all: [Matches]) -> RulePatterns.Matches {
    RulePatterns.Matches(
      matched: ActionSet(all.flatMap(\.matched.ranges)),
      reached: ActionSet(all.flatMap(\.reached.ranges))
    )
  }
}

extension RulePatterns.Matches {
  fileprivate func subtracting(_ removed: ActionSet) -> RulePatterns.Matches {
    RulePatterns.Matches(
      matched: matched.subtracting(removed),
      reached: reached.subtracting(removed)
    )
  }
}
