import PolicySource
import PolicySyntax

/// What kind of thing a name stands for where it is used.
enum NameKind: String, CaseIterable {
  case service, member, attribute, type, policy, group, unit, letName
}

/// A place where something that is declared elsewhere is named.
struct NameUse {
  let kind: NameKind
  let text: String
  let isQuoted: Bool
  let span: SourceSpan
}

/// The names of a tree, told apart by what stands around them.
struct NameUses {
  private(set) var uses: [NameUse] = []
  /// Names that declare something, ids of principals, and what annotations say.
  private(set) var others: Set<String> = []
  private let tree: SyntaxTree

  init(in tree: SyntaxTree) {
    self.tree = tree
    visit(tree.root)
  }

  private mutating func visit(_ node: NodeID) {
    for child in tree.nodes(node) {
      if tree.kind(child) == .name {
        note(child, in: node)
      } else {
        visit(child)
      }
    }
    visitPattern(node)
  }

  private mutating func note(_ name: NodeID, in parent: NodeID) {
    if let kind = kind(in: parent) {
      add(name, kind)
    } else if tree.kind(parent) != .pattern {
      others.insert(tree.nameText(name))
    }
  }

  private func kind(in parent: NodeID) -> NameKind? {
    switch tree.kind(parent) {
    case .includes, .assign, .asClause, .canAssertion, .onlyAssertion, .holdsAssertion: .policy
    case .attributeReference: .attribute
    case .namedType, .setType: .type
    case .groupCheck: .group
    case .memberSubject: tree.has(parent, .group) ? .group : nil
    case .place: .unit
    case .letReference: .letName
    case .serviceSet: .service
    case .memberSet: .member
    default: nil
    }
  }

  private mutating func visitPattern(_ node: NodeID) {
    guard tree.kind(node) == .pattern else { return }
    for (part, kind) in zip(tree.nodes(node), [NameKind.service, .member])
    where tree.kind(part) == .name {
      add(part, kind)
    }
  }

  private mutating func add(_ name: NodeID, _ kind: NameKind) {
    uses.append(
      NameUse(
        kind: kind,
        text: tree.nameText(name),
        isQuoted: tree.isQuoted(name),
        span: tree.span(name)
      )
    )
  }
}
