import PolicyModel
import PolicySource
import PolicySyntax

/// A `let` and what it stands for.
struct LetDeclaration {
  let heading: Heading
  /// What stands after the `=`, if anything does.
  let body: Site?
  /// Nothing when something in the body, or in what it uses, was reported.
  var meaning: Operand?
  /// What `Operand.condition` refers to.
  var condition: BuiltCondition?
}

extension Checker {
  mutating func resolveLets() {
    for site in sites(.letDeclaration) {
      guard let heading = heading(site, on: .letDeclaration) else { continue }
      if let first = letNames[heading.name] {
        report(DuplicateDeclaration.of("let", heading, first: lets[first].heading.nameSpan))
        continue
      }
      let body = nodes(site).last { kind($0) != .name && kind($0) != .annotation }
      letNames[heading.name] = lets.count
      lets.append(LetDeclaration(heading: heading, body: body))
    }
    let successors = lets.map { declaration in
      declaration.body.map { references(in: $0) } ?? []
    }
    let traversal = traverse(count: lets.count, successors: { successors[$0] })
    var cyclic: Set<Int> = []
    for cycle in traversal.cycles {
      report(LetCycle.of(cycle.map { lets[$0].heading }))
      cyclic.formUnion(cycle)
    }
    // What a `let` uses comes before it, so that a long chain of them is no deep recursion.
    for index in traversal.order where !cyclic.contains(index) {
      resolve(index)
    }
  }

  /// Finds what a `let` stands for, as far as that is possible without knowing its uses.
  private mutating func resolve(_ index: Int) {
    guard let body = lets[index].body else { return }
    switch kind(body) {
    case .list:
      resolveNames(in: body)
      lets[index].meaning = .list(body)
    case .letReference, .attributeReference, .string, .integer, .boolean, .principalLiteral:
      lets[index].meaning = operand(body)
    default:
      guard let condition = condition(body) else { return }
      lets[index].condition = condition.withoutRepetitions
      lets[index].meaning = .condition(index, span(body))
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
}
