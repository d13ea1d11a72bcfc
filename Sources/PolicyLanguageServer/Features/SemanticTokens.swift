import PolicyReport
import PolicySource
import PolicySyntax

// What each token is, from the tree alone, so that colours are right in the middle of typing.
extension Feature {
  static let semanticTokens = Feature(
    "textDocument/semanticTokens/full",
    "semanticTokensProvider",
    options: semanticTokensOptions,
    .atOnce { (question) throws(ResponseError) in
      SemanticTokens(question).answer(nil)
    }
  )

  static let semanticTokensOfRange = Feature(
    "textDocument/semanticTokens/range",
    "semanticTokensProvider",
    options: semanticTokensOptions,
    .atOnce { (question) throws(ResponseError) in
      let range = try TextRange(try question.params.required("range"))
      let lower = question.layout.offset(range.start)
      return SemanticTokens(question).answer(
        lower..<max(lower, question.layout.offset(range.end))
      )
    }
  )

  private static let semanticTokensOptions: JSONValue = [
    "legend": [
      "tokenTypes": .strings(SemanticTokens.Kind.allCases.map(\.name)),
      "tokenModifiers": ["declaration", "documentation"],
    ],
    "full": true, "range": true,
  ]
}

/// The tokens of one file with what they are.
struct SemanticTokens {
  enum Kind: Int, CaseIterable {
    case keyword, comment, string, number, operatorKind, namespace, classKind, method, property
    case variable, type, decorator, function, event

    var name: String {
      switch self {
      case .operatorKind: "operator"
      case .classKind: "class"
      default: "\(self)"
      }
    }
  }

  private struct Entry {
    let kind: Kind
    let modifiers: Int
  }

  private let tree: SyntaxTree
  private let layout: TextLayout
  /// What the names are, by their first byte.
  private var names: [UInt32: Entry] = [:]

  init(_ question: Question) {
    tree = question.tree
    layout = question.layout
    var waiting = [tree.root]
    while let node = waiting.popLast() {
      let children = tree.nodes(node)
      for child in children where [.name, .glob, .star].contains(tree.kind(child)) {
        names[tree.span(child).lower] = entry(child, in: node, among: children)
      }
      waiting += children
    }
  }

  /// What a name is, by what it stands in.
  private func entry(_ name: NodeID, in node: NodeID, among children: [NodeID]) -> Entry? {
    func declared(_ kind: Kind) -> Entry {
      let isFirst = children.first { tree.kind($0) == .name } == name
      return Entry(kind: kind, modifiers: isFirst ? 1 : 0)
    }
    switch tree.kind(node) {
    case .annotation:
      return Entry(kind: children.first == name ? .decorator : .property, modifiers: 0)
    case .catalogue: return declared(.namespace)
    case .service: return declared(.classKind)
    case .member: return declared(.method)
    case .attribute: return declared(.property)
    case .namedType, .setType: return Entry(kind: .type, modifiers: 0)
    case .policy: return declared(.function)
    case .letDeclaration: return declared(.variable)
    case .group: return declared(.event)
    case .unit: return declared(.namespace)
    case .pattern:
      return Entry(kind: children.first == name ? .classKind : .method, modifiers: 0)
    case .serviceSet: return Entry(kind: .classKind, modifiers: 0)
    case .memberSet: return Entry(kind: .method, modifiers: 0)
    case .includes, .assign, .asClause, .canAssertion, .onlyAssertion, .holdsAssertion:
      return Entry(kind: .function, modifiers: 0)
    case .memberSubject, .groupCheck:
      return Entry(kind: tree.has(node, .group) ? .event : .string, modifiers: 0)
    case .principalLiteral: return Entry(kind: .string, modifiers: 0)
    case .place: return Entry(kind: .namespace, modifiers: 0)
    case .attributeReference: return Entry(kind: .property, modifiers: 0)
    case .letReference: return Entry(kind: .variable, modifiers: 0)
    default: return nil
    }
  }

  private func entry(of token: TokenID) -> Entry? {
    if let name = names[tree.tokens.lower(token)] { return name }
    switch tree.tokens.kind(token) {
    case .comment: return Entry(kind: .comment, modifiers: 0)
    case .documentation: return Entry(kind: .comment, modifiers: 2)
    case .string: return Entry(kind: .string, modifiers: 0)
    case .integer: return Entry(kind: .number, modifiers: 0)
    case .word where tree.tokens.keyword(token) != nil: return Entry(kind: .keyword, modifiers: 0)
    case .at: return Entry(kind: .decorator, modifiers: 0)
    case .equalEqual, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      return Entry(kind: .operatorKind, modifiers: 0)
    default: return nil
    }
  }

  /// The five numbers a token of LSP, for the tokens that touch a range.
  func answer(_ range: Range<Int>?) -> JSONValue {
    var data: [JSONValue] = []
    var last = TextPosition(line: 0, character: 0)
    for position in 0..<tree.tokens.count {
      let token = TokenID(position)
      let lower = Int(tree.tokens.lower(token))
      let upper = Int(tree.tokens.upper(token))
      if let range, upper < range.lowerBound || lower > range.upperBound { continue }
      guard let entry = entry(of: token) else { continue }
      let start = layout.position(lower)
      let end = layout.position(upper)
      // A token of several lines is a string that does not end, which has been reported.
      guard start.line == end.line, end.character > start.character else { continue }
      let isSameLine = start.line == last.line
      data += [
        .int(start.line - last.line),
        .int(isSameLine ? start.character - last.character : start.character),
        .int(end.character - start.character), .int(entry.kind.rawValue), .int(entry.modifiers),
      ]
      last = start
    }
    return ["data": .array(data)]
  }
}
