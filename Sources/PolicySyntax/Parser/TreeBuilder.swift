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

  private var pending: [Pending] = []
  private var kinds: [NodeKind] = []
  private var firstElements: [UInt32] = []
  private var elementCounts: [UInt32] = []
  private var elements: [UInt32] = []
  private var lowers: [UInt32] = []
  private var uppers: [UInt32] = []

  init(expecting tokens: Int) {
    elements.reserveCapacity(tokens)
    kinds.reserveCapacity(tokens / 2)
    firstElements.reserveCapacity(tokens / 2)
    elementCounts.reserveCapacity(tokens / 2)
    lowers.reserveCapacity(tokens / 2)
    uppers.reserveCapacity(tokens / 2)
  }

  func open() -> Mark { Mark(position: pending.count) }

  /// Whether nothing has come since a mark.
  func isEmpty(_ mark: Mark) -> Bool { mark.position == pending.count }

  /// The byte range of all that came since a mark, which must not be empty.
  func range(_ mark: Mark) -> (lower: UInt32, upper: UInt32) {
    (pending[mark.position].lower, pending[pending.count - 1].upper)
  }

  /// Where the last of all that waits begins.
  var lastLower: UInt32 { pending.last?.lower ?? 0 }

  mutating func append(_ token: TokenID, lower: UInt32, upper: UInt32) {
    pending.append(Pending(raw: token.raw << 1 | 1, lower: lower, upper: upper))
  }

  /// Makes a node of all that came since a mark; without any it is a point.
  mutating func close(_ mark: Mark, _ kind: NodeKind, point: UInt32) {
    let isEmpty = isEmpty(mark)
    let (lower, upper) = isEmpty ? (point, point) : range(mark)
    let node = UInt32(kinds.count)
    kinds.append(kind)
    firstElements.append(UInt32(elements.count))
    elementCounts.append(UInt32(pending.count - mark.position))
    lowers.append(lower)
    uppers.append(upper)
    for element in pending[mark.position...] { elements.append(element.raw) }
    pending.removeSubrange(mark.position...)
    pending.append(Pending(raw: node << 1, lower: lower, upper: upper))
  }

  /// The tree, once the node of the whole file is closed.
  consuming func finish(_ file: FileID, _ source: SourceFile, _ tokens: TokenList) -> SyntaxTree {
    precondition(pending.count == 1, "every node has a parent but the last")
    return SyntaxTree(
      file: file,
      source: source,
      tokens: tokens,
      kinds: kinds,
      firstElements: firstElements,
      elementCounts: elementCounts,
      elements: elements,
      lowers: lowers,
      uppers: uppers
    )
  }
}
