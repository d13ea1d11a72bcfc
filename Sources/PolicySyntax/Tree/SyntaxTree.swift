package import PolicySource

/// The position of a node in its tree; children come before their parents.
package struct NodeID: Hashable, Comparable, Sendable {
  package let raw: UInt32

  package init(_ position: Int) { raw = UInt32(position) }
  package var position: Int { Int(raw) }

  package static func < (left: NodeID, right: NodeID) -> Bool { left.raw < right.raw }
}

/// The position of a token in its tree, comments and spaces counted.
package struct TokenID: Hashable, Comparable, Sendable {
  package let raw: UInt32

  package init(_ position: Int) { raw = UInt32(position) }
  package var position: Int { Int(raw) }

  package static func < (left: TokenID, right: TokenID) -> Bool { left.raw < right.raw }
}

/// A child of a node.
package enum SyntaxElement: Hashable, Sendable {
  case node(NodeID)
  case token(TokenID)
}

/// The lossless tree of one file: the tokens cover every byte, the nodes every token that is not a
/// comment, a space or unreadable.
///
/// Nodes lie in flat arrays in postorder; `elements` holds the children of each node in a row, so
/// that a parent can be made after its children without moving anything. All arrays are behind one
/// reference: whoever reads a node copies the tree, and counted references cost most of the time of
/// checking when there were seven of them.
package struct SyntaxTree: Sendable {
  package let file: FileID
  /// The node of the whole file.
  package let root: NodeID
  private let contents: Contents

  private final class Contents: Sendable {
    let source: SourceFile
    let tokens: TokenList
    let nodes: [Node]
    /// The lowest bit says node (0) or token (1); the rest is the position.
    let elements: [UInt32]

    init(source: SourceFile, tokens: TokenList, nodes: [Node], elements: [UInt32]) {
      self.source = source
      self.tokens = tokens
      self.nodes = nodes
      self.elements = elements
    }
  }

  struct Node {
    let kind: NodeKind
    let firstElement: UInt32
    let elementCount: UInt32
    /// Byte range, from the first to the last token.
    let lower: UInt32
    let upper: UInt32
  }

  init(
    file: FileID,
    source: SourceFile,
    tokens: TokenList,
    nodes: [Node],
    elements: [UInt32]
  ) {
    self.file = file
    root = NodeID(nodes.count - 1)
    contents = Contents(source: source, tokens: tokens, nodes: nodes, elements: elements)
  }

  private init(file: FileID, root: NodeID, contents: Contents) {
    self.file = file
    self.root = root
    self.contents = contents
  }

  package var source: SourceFile { contents.source }
  package var tokens: TokenList { contents.tokens }
  private var nodes: [Node] { contents.nodes }

  /// The same tree as that of another file: its places are told from those of this one.
  package func renumbered(as file: FileID) -> SyntaxTree {
    SyntaxTree(file: file, root: root, contents: contents)
  }

  package var nodeCount: Int { nodes.count }

  package func kind(_ node: NodeID) -> NodeKind { nodes[node.position].kind }

  /// From the first byte of the node's first token to the last of its last.
  package func span(_ node: NodeID) -> SourceSpan {
    SourceSpan(file: file, lower: nodes[node.position].lower, upper: nodes[node.position].upper)
  }

  package func span(_ token: TokenID) -> SourceSpan {
    SourceSpan(file: file, lower: tokens.lower(token), upper: tokens.upper(token))
  }

  package func text(_ span: SourceSpan) -> String { source.text(span.lower, span.upper) }

  /// The children of a node in source order, nodes and tokens.
  package func children(_ node: NodeID) -> [SyntaxElement] {
    elements(of: node).map(Self.element)
  }

  /// The child nodes of a node in source order.
  package func nodes(_ node: NodeID) -> [NodeID] {
    var result: [NodeID] = []
    for raw in elements(of: node) where raw & 1 == 0 {
      result.append(NodeID(Int(raw >> 1)))
    }
    return result
  }

  /// The child nodes of one kind.
  package func nodes(_ node: NodeID, _ kind: NodeKind) -> [NodeID] {
    nodes(node).filter { self.kind($0) == kind }
  }

  /// The first child node of one kind.
  package func first(_ node: NodeID, _ kind: NodeKind) -> NodeID? {
    nodes(node).first { self.kind($0) == kind }
  }

  /// The tokens that are direct children of a node.
  package func childTokens(_ node: NodeID) -> [TokenID] {
    children(node).compactMap { if case .token(let token) = $0 { token } else { nil } }
  }

  /// Whether one of the node's own tokens is this keyword.
  package func has(_ node: NodeID, _ keyword: Keyword) -> Bool {
    token(node, keyword) != nil
  }

  /// The node's own token that is this keyword.
  package func token(_ node: NodeID, _ keyword: Keyword) -> TokenID? {
    childTokens(node).first { tokens.keyword($0) == keyword }
  }

  private func elements(of node: NodeID) -> ArraySlice<UInt32> {
    let first = Int(nodes[node.position].firstElement)
    return contents.elements[first..<first + Int(nodes[node.position].elementCount)]
  }

  private static func element(_ raw: UInt32) -> SyntaxElement {
    raw & 1 == 0 ? .node(NodeID(Int(raw >> 1))) : .token(TokenID(Int(raw >> 1)))
  }
}
