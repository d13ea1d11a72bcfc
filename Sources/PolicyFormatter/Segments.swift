import PolicySource
import PolicySyntax

/// A declaration of a file, or what follows the last one.
struct Segment {
  /// Nil for the end of the file.
  let node: NodeID?
  /// The positions of its first and last token.
  let first: Int
  let last: Int
  /// The position of the last comment, or other token, on the line of the last token.
  let lineEnd: Int
  /// Where the line begins on which it begins, comments before it included; nil where it shares that
  /// line with what precedes it.
  let lineStart: UInt32?
  /// Whether it stays byte for byte as it is.
  var isKept = false
}

/// The declarations of a file, and which of them stay as they are because something is wrong there.
struct Segments {
  private(set) var all: [Segment] = []
  private let tree: SyntaxTree

  /// - Complexity: O(bytes + diagnostics × log declarations).
  init(_ parsed: Staged<SyntaxTree>) {
    tree = parsed.value
    split()
    markErrors(parsed.diagnostics)
    markNodes()
    joinLines()
  }

  private mutating func split() {
    var position = 0
    var previous: Segment?
    for node in tree.nodes(tree.root) {
      let span = tree.span(node)
      guard span.upper > span.lower else { continue }
      while tree.tokens.lower(TokenID(position)) < span.lower { position += 1 }
      let first = position
      while tree.tokens.upper(TokenID(position)) < span.upper { position += 1 }
      previous = append(node, first: first, last: position, after: previous)
      position += 1
    }
    let end = tree.tokens.count - 1
    _ = append(nil, first: end, last: end, after: previous)
  }

  private mutating func append(
    _ node: NodeID?,
    first: Int,
    last: Int,
    after previous: Segment?
  ) -> Segment {
    var lineEnd = last
    var position = last + 1
    while position < tree.tokens.count - 1, tree.tokens.kind(TokenID(position)).isTrivia {
      let token = TokenID(position)
      if tree.tokens.kind(token) != .space {
        lineEnd = position
      } else if tree.lineBreaks(in: token) > 0 {
        break
      }
      position += 1
    }
    let segment = Segment(
      node: node,
      first: first,
      last: last,
      lineEnd: lineEnd,
      lineStart: previous.map { lineStart(first, after: $0) } ?? 0
    )
    all.append(segment)
    return segment
  }

  /// Documentation at the end of a line belongs to what follows it, which then begins on that line.
  private func lineStart(_ first: Int, after previous: Segment) -> UInt32? {
    for position in previous.last + 1..<first {
      let token = TokenID(position)
      if tree.tokens.kind(token) == .documentation { return nil }
      let bytes = tree.source.bytes[Int(tree.tokens.lower(token))..<Int(tree.tokens.upper(token))]
      if position > previous.lineEnd, let index = bytes.firstIndex(of: UInt8(ascii: "\n")) {
        return UInt32(index) + 1
      }
    }
    return nil
  }

  // MARK: - What stays

  private mutating func markErrors(_ diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics where diagnostic.severity == .error {
      let span = diagnostic.primary.span
      var low = 0
      var high = all.count - 1
      while low < high {
        let middle = (low + high) / 2
        if end(of: middle) < span.lower { low = middle + 1 } else { high = middle }
      }
      all[low].isKept = true
      while low + 1 < all.count, start(of: low + 1) <= span.upper {
        low += 1
        all[low].isKept = true
      }
    }
  }

  private func start(of index: Int) -> UInt32 {
    all[index].lineStart ?? tree.tokens.lower(TokenID(all[index].first))
  }

  private func end(of index: Int) -> UInt32 { tree.tokens.upper(TokenID(all[index].lineEnd)) }

  /// Nodes lie in postorder, those of a declaration before it in a row.
  private mutating func markNodes() {
    var position = 0
    for index in all.indices {
      guard let node = all[index].node else { continue }
      while position <= node.position {
        if tree.kind(NodeID(position)) == .error { all[index].isKept = true }
        position += 1
      }
    }
  }

  /// What shares a line with something that stays has to stay too.
  private mutating func joinLines() {
    for index in all.indices.dropFirst() where all[index].lineStart == nil {
      if all[index - 1].isKept { all[index].isKept = true }
    }
    for index in all.indices.dropFirst().reversed() where all[index].lineStart == nil {
      if all[index].isKept { all[index - 1].isKept = true }
    }
    // The end of the file belongs to a declaration that stays.
    if all.count > 1, all[all.count - 2].isKept { all[all.count - 1].isKept = true }
  }
}
