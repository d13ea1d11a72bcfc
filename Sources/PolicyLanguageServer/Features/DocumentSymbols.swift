import PolicyReport
import PolicySource
import PolicySyntax

extension Feature {
  static let documentSymbol = Feature(
    "textDocument/documentSymbol",
    "documentSymbolProvider",
    .atOnce { (question) throws(ResponseError) in
      let outline = Outline(tree: question.tree, layout: question.layout)
      let entries = outline.entries(of: question.tree.root)
      guard question.client.hierarchicalSymbols else {
        let uri = question.snapshot.uri(question.file)
        return .array(entries.flatMap { $0.flat(uri, container: nil) })
      }
      return .array(entries.map(\.json))
    }
  )
}

/// The kinds of symbols of LSP that policy text has.
enum SymbolKind: Int {
  case namespace = 3, package = 4, classKind = 5, method = 6, property = 7
  case function = 12, variable = 13, constant = 14, object = 19, key = 20, event = 24
}

/// What a file declares, as a tree.
struct Outline {
  struct Entry {
    let name: String
    let detail: String
    let kind: SymbolKind
    let range: JSONValue
    let selection: JSONValue
    let children: [Entry]

    /// A `DocumentSymbol`.
    var json: JSONValue {
      [
        "name": .string(name), "detail": .string(detail), "kind": .int(kind.rawValue),
        "range": range, "selectionRange": selection, "children": .array(children.map(\.json)),
      ]
    }

    /// `SymbolInformation`s, for clients that know no trees.
    func flat(_ uri: String, container: String?) -> [JSONValue] {
      let own = compact([
        ("name", .string(name)), ("kind", .int(kind.rawValue)),
        ("location", ["uri": .string(uri), "range": range]),
        ("containerName", container.map { .string($0) }),
      ])
      return [own] + children.flatMap { $0.flat(uri, container: name) }
    }
  }

  let tree: SyntaxTree
  let layout: TextLayout

  /// The entries of what a node contains.
  func entries(of node: NodeID) -> [Entry] { tree.nodes(node).flatMap { entry($0) } }

  private func entry(_ node: NodeID) -> [Entry] {
    switch tree.kind(node) {
    case .catalogue: make(node, .namespace, "catalogue", children: entries(of: node))
    case .service: make(node, .classKind, "service", children: entries(of: node))
    case .member:
      if let block = tree.first(node, .memberBlock) {
        make(node, .package, "group of actions", children: entries(of: block))
      } else {
        make(node, .method, "action")
      }
    case .attributeBlock: entries(of: node)
    case .attribute: make(node, .property, "attribute")
    case .policy:
      make(node, .object, tree.has(node, .role) ? "role" : "policy", children: rules(of: node))
    case .letDeclaration: make(node, .constant, "let")
    case .group: make(node, .variable, "group")
    case .ou: entries(of: node)
    case .unit: make(node, .namespace, "unit", children: entries(of: node))
    case .test: make(node, .event, "test", name: tree.first(node, .string))
    case .assign, .canAssertion, .onlyAssertion, .holdsAssertion: [statement(node)]
    default: []
    }
  }

  private func make(
    _ node: NodeID,
    _ kind: SymbolKind,
    _ word: String,
    name: NodeID? = nil,
    children: [Entry] = []
  ) -> [Entry] {
    guard let name = name ?? tree.nameNode(node) else { return children }
    let title = tree.kind(name) == .string ? nil : tree.first(node, .string)
    let text = tree.nameText(name)
    return [
      Entry(
        name: text.isEmpty ? "(\(word))" : text,
        detail: title.map { "\(word) – \(tree.stringValue($0))" } ?? word,
        kind: kind,
        range: layout.range(tree.span(node)).json,
        selection: layout.range(tree.span(name)).json,
        children: children
      )
    ]
  }

  private func rules(of policy: NodeID) -> [Entry] {
    tree.nodes(policy, .rule).map { rule in
      let head = tree.first(rule, .actions).map { tree.span($0).upper } ?? tree.span(rule).upper
      return line(rule, until: head, .function, "rule")
    }
  }

  /// A declaration without a name, called by its first words.
  private func statement(_ node: NodeID) -> Entry {
    line(
      node,
      until: tree.span(node).upper,
      .event,
      tree.kind(node) == .assign ? "assignment" : "assertion"
    )
  }

  private func line(
    _ node: NodeID,
    until upper: UInt32,
    _ kind: SymbolKind,
    _ word: String
  ) -> Entry {
    let after = tree.nodes(node, .annotation).last.map { tree.span($0).upper }
    let lower = after ?? tree.span(node).lower
    let words = tree.source.text(lower, upper).split { $0.isWhitespace }.joined(separator: " ")
    let range = layout.range(tree.span(node)).json
    return Entry(
      name: words.count <= 60 ? words : words.prefix(59) + "…",
      detail: word,
      kind: kind,
      range: range,
      selection: range,
      children: []
    )
  }
}
