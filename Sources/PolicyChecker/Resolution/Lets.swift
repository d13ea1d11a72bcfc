import PolicyModel
import PolicySource
import PolicySyntax

/// A `let` and what is known of it.
struct LetDeclaration {
  let heading: Heading
  let body: Site
  /// Whether it is part of a cycle, which has been reported.
  var isCyclic = false
  /// The condition that it stands for, once it was built; see `condition(ofLet:)`.
  var condition: BuiltCondition?
  var isBuilding = false
}

extension Checker {
  mutating func resolveLets() {
    for site in sites(.letDeclaration) {
      guard let heading = heading(site, on: .letDeclaration),
        let body = nodes(site).last, kind(body) != .name, kind(body) != .annotation
      else { continue }
      if let first = letNames[heading.name] {
        report(DuplicateDeclaration.of("let", heading, first: lets[first].heading.nameSpan))
        continue
      }
      letNames[heading.name] = lets.count
      lets.append(LetDeclaration(heading: heading, body: body))
    }
    let successors = lets.map { declaration in references(in: declaration.body) }
    for cycle in cycles(count: lets.count, successors: { successors[$0] }) {
      report(LetCycle.of(cycle.map { lets[$0].heading }))
      for index in cycle { lets[index].isCyclic = true }
    }
    for index in lets.indices where !lets[index].isCyclic {
      checkBody(of: index)
    }
  }

  /// Checks a `let` where it stands, as far as that is possible without knowing its uses.
  private mutating func checkBody(of index: Int) {
    let body = lets[index].body
    switch kind(body) {
    case .list:
      for element in nodes(body) {
        if kind(element) == .letReference || kind(element) == .attributeReference {
          _ = operand(element)
        }
      }
    case .letReference, .attributeReference, .string, .integer, .boolean, .principalLiteral:
      _ = operand(body)
    default:
      _ = condition(ofLet: index)
    }
  }

  /// The positions of the lets that a node refers to, anywhere below.
  private func references(in site: Site) -> [Int] {
    var found: [Int] = []
    var pending = [site]
    while let next = pending.popLast() {
      if kind(next) == .letReference, let nameSite = first(next, .name),
        let index = letNames[name(nameSite)]
      {
        found.append(index)
      }
      pending.append(contentsOf: nodes(next))
    }
    return found
  }

  /// The condition that a `let` stands for, built once however often it is used.
  mutating func condition(ofLet index: Int) -> BuiltCondition? {
    if let built = lets[index].condition { return built }
    guard !lets[index].isCyclic, !lets[index].isBuilding else { return nil }
    lets[index].isBuilding = true
    defer { lets[index].isBuilding = false }
    let built = condition(lets[index].body)
    lets[index].condition = built
    return built
  }
}
