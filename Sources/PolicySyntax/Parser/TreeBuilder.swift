import PolicySource

/// The place in the builder where a node begins.
struct Mark {
  fileprivate let position: Int
}

/// Builds a tree from its leaves up: what has no parent yet waits in a stack, and closing a node
/// takes all that came since its mark.
struct TreeBuilder {
  private struct Pending {
    let raw: UInt32
    let lower: UInt32
    let upper: UInt32
  }

  /// A stack that never shrinks; what is above its height is free.
  private var pending: [Pending] = []
  private var height = 0
  private var nodes: [SyntaxTree.Node] = []
  private var elements: [UInt32] = []

  init(expecting tokens: Int) {
    elements.reserveCapacity(tokens)
    nodes.reserveCapacity(tokens / 2)
  }

  func open() -> Mark { Mark(position: height) }

  /// Whether nothing has come since a mark.
  func isEmpty(_ mark: Mark) -> Bool { mark.position == height }

  /// The byte range of all that came since a mark, which must not be empty.
  func range(_ mark: Mark) -> (lower: UInt32, upper: UInt32) {
    (pending[mark.position].lower, pending[height - 1].upper)
  }

  /// Where the last of all that waits begins.
  var lastLower: UInt32 { height > 0 ? pending[height - 1].lower : 0 }

  mutating func append(_ token: TokenID, lower: UInt32, upper: UInt32) {
    push(Pending(raw: token.raw << 1 | 1, lower: lower, upper: upper))
  }

  private mutating func push(_ element: Pending) {
    if height < pending.count { pending[height] = element } else { pending.append(element) }
    height += 1
  }

  /// Makes a node of all that came since a mark; without any it is a point.
  mutating func close(_ mark: Mark, _ kind: NodeKind, point: UInt32) {
    let (lower, upper) = isEmpty(mark) ? (point, point) : range(mark)
    let first = elements.count
    for index in mark.position..<height { elements.append(pending[index].raw) }
    height = mark.position
    push(Pending(raw: UInt32(nodes.count) << 1, lower: lower, upper: upper))
    nodes.append(
      SyntaxTree.Node(
        kind: kind,
        firstElement: UInt32(first),
        elementCount: UInt32(elements.count - first),
        lower: lower,
        upper: upper
      )
    )
  }

  /// The tree, once the node of the whole file is closed.
  consuming func finish(_ file: FileID, _ source: SourceFile, _ tokens: TokenList) -> SyntaxTree {
    precondition(height == 1, "every node has a parent but the last")
    return SyntaxTree(file: file, source: source, tokens: tokens, nodes: nodes, elements: elements)
  }
}
