import PolicySource
import PolicySyntax

/// What a declared name names; names of one kind can be taken for each other.
enum NameKind: String, CaseIterable {
  case catalogue, service, action, attribute, policy
  case letDeclaration = "let"
  case group, unit
  /// The id of a user or a service account, which is declared nowhere.
  case principal
}

/// A name where it is declared; of a principal, where it is written.
struct DeclaredName {
  let kind: NameKind
  let text: String
  let span: SourceSpan

  /// Every declared name of some trees, and every id of a principal where it first stands.
  ///
  /// - Complexity: O(nodes).
  static func all(in trees: [SyntaxTree]) -> [DeclaredName] {
    var principals: Set<String> = []
    var result: [DeclaredName] = []
    for tree in trees {
      for node in tree.allNodes {
        guard let kind = kind(node, in: tree) else { continue }
        let parts = tree.nodes(node)
        guard let name = parts.first(where: { [.name, .string].contains(tree.kind($0)) }) else {
          continue
        }
        let text = tree.nameText(name)
        guard kind != .principal || principals.insert(text).inserted else { continue }
        result.append(DeclaredName(kind: kind, text: text, span: tree.span(name)))
      }
    }
    return result
  }

  private static func kind(_ node: NodeID, in tree: SyntaxTree) -> NameKind? {
    switch tree.kind(node) {
    case .catalogue: .catalogue
    case .service: .service
    case .member: .action
    case .attribute: .attribute
    case .policy: .policy
    case .letDeclaration: .letDeclaration
    case .group: .group
    case .unit: .unit
    case .principalLiteral: .principal
    case .memberSubject: tree.has(node, .group) ? nil : .principal
    default: nil
    }
  }
}
