import PolicyChecker
import PolicyModel
import PolicySource
import PolicySyntax

/// A pattern, or a service or member between its braces, that adds nothing to its list.
struct RedundantPattern {
  let span: SourceSpan
  let text: String
  /// The pattern or part that matches all of it, and stays.
  let cover: SourceSpan
  let coverText: String
  let fix: Fix?

  /// Whether it says the same in the same words.
  var isRepetition: Bool { text.utf8.elementsEqual(coverText.utf8) }
}

/// Finds what adds nothing to the lists of patterns of rules.
///
/// Tests and assertions may say a thing twice: they are read as lists of examples.
/// All that is found in one list can be taken out together: each is covered by one that stays.
struct RedundantPatterns {
  private let tree: SyntaxTree
  private var reader: PatternReader
  private var found: [RedundantPattern] = []

  /// What adds nothing in the lists of a set that checks.
  ///
  /// - Complexity: O(matches of the lists with several patterns × their number).
  static func all(in context: LintContext) -> [RedundantPattern] {
    var reader = PatternReader(context.trees, sources: context.sources)
    return context.trees.flatMap { tree in
      var search = RedundantPatterns(tree: tree, reader: reader)
      for rule in tree.allNodes(.rule) {
        guard let actions = tree.first(rule, .actions) else { continue }
        // An allow reaches explicit actions by name only; all else means what is matched.
        search.look(at: actions, isAllow: tree.has(rule, .allow))
        if let except = tree.first(actions, .exceptClause) {
          search.look(at: except, isAllow: false)
        }
      }
      reader = search.reader
      return search.found
    }
  }

  /// A part of a list and what it stands for.
  private struct Part {
    let node: NodeID
    let actions: ActionSet
  }

  private mutating func look(at list: NodeID, isAllow: Bool) {
    let patterns = tree.nodes(list, .pattern)
    let bracesAreFew = patterns.allSatisfy { braces(of: $0).allSatisfy { $0.count < 2 } }
    guard patterns.count > 1 || !bracesAreFew else { return }
    let wholes = patterns.map { pattern in
      Part(node: pattern, actions: actions(pattern, isAllow: isAllow))
    }
    let removed = note(wholes, among: patterns, others: [])
    for (position, pattern) in patterns.enumerated() where !removed.contains(position) {
      let others = wholes.indices.filter { $0 != position && !removed.contains($0) }
        .map { wholes[$0] }
      lookInside(pattern, others: others, isAllow: isAllow)
    }
  }

  /// Looks at the members between the braces of a pattern, and if all are needed at the services.
  private mutating func lookInside(_ pattern: NodeID, others: [Part], isAllow: Bool) {
    let braces = braces(of: pattern)
    let members = braces[1].indices.map { position in
      Part(
        node: braces[1][position],
        actions: actions(pattern, memberAt: position, isAllow: isAllow)
      )
    }
    guard note(members, among: braces[1], others: others).isEmpty else { return }
    let services = braces[0].indices.map { position in
      Part(
        node: braces[0][position],
        actions: actions(pattern, serviceAt: position, isAllow: isAllow)
      )
    }
    _ = note(services, among: braces[0], others: others)
  }

  /// Takes note of the parts that others cover; they are the result.
  ///
  /// From the last to the first, so that of two that say the same the first stays.
  private mutating func note(_ parts: [Part], among list: [NodeID], others: [Part]) -> Set<Int> {
    guard parts.count > 1 else { return [] }
    var removed: Set<Int> = []
    var covers: [(position: Int, cover: Part)] = []
    for position in parts.indices.reversed() where !parts[position].actions.isEmpty {
      guard removed.count < parts.count - 1 else { break }
      let staying = parts.indices.filter { $0 != position && !removed.contains($0) }
        .map { parts[$0] }
      let cover = (staying + others).first {
        parts[position].actions.subtracting($0.actions).isEmpty
      }
      guard let cover else { continue }
      removed.insert(position)
      covers.append((position, cover))
    }
    for (position, cover) in covers {
      let span = tree.span(parts[position].node)
      found.append(
        RedundantPattern(
          span: span,
          text: tree.text(span),
          cover: tree.span(cover.node),
          coverText: tree.text(tree.span(cover.node)),
          fix: tree.removal(of: position, from: list, removed: removed, "remove it")
        )
      )
    }
    return removed
  }

  /// The services and the members between the braces of a pattern.
  private func braces(of pattern: NodeID) -> [[NodeID]] {
    [NodeKind.serviceSet, .memberSet].map { kind in
      tree.first(pattern, kind).map { tree.nodes($0) } ?? []
    }
  }

  private mutating func actions(
    _ pattern: NodeID,
    serviceAt: Int? = nil,
    memberAt: Int? = nil,
    isAllow: Bool
  ) -> ActionSet {
    let matches = reader.matches(pattern, in: tree, serviceAt: serviceAt, memberAt: memberAt)
    return isAllow ? matches.reached : matches.matched
  }
}
