package import PolicySource
package import PolicySyntax

extension SyntaxTree {
  /// Every node, children before parents.
  package var allNodes: some Sequence<NodeID> { (0..<nodeCount).lazy.map { NodeID($0) } }

  /// Every node of some kinds, in source order of their ends.
  ///
  /// - Complexity: O(nodes).
  package func allNodes(_ kinds: NodeKind...) -> [NodeID] {
    allNodes.filter { kinds.contains(kind($0)) }
  }

  /// The fix that removes a node with its documentation, and its line if nothing else is on it.
  package func removal(of node: NodeID, _ title: String) -> Fix {
    Fix(title, [Edit(extent(ofRemoving: node), "")])
  }

  /// The bytes that go with a node.
  private func extent(ofRemoving node: NodeID) -> SourceSpan {
    let bytes = source.bytes
    var lower = Int(documentationStart(before: node) ?? span(node).lower)
    var upper = Int(span(node).upper)
    while upper < bytes.count, bytes[upper] == UInt8(ascii: " ") { upper += 1 }
    var start = lower
    while start > 0, bytes[start - 1] == UInt8(ascii: " ") { start -= 1 }
    let endsLine = upper == bytes.count || bytes[upper] == UInt8(ascii: "\n")
    if endsLine, start == 0 || bytes[start - 1] == UInt8(ascii: "\n") {
      lower = start
      if upper < bytes.count { upper += 1 }
    } else if endsLine {
      lower = start
    }
    return SourceSpan(file: file, lower: UInt32(lower), upper: UInt32(upper))
  }

  /// Where the run of `///` lines directly before a node begins.
  private func documentationStart(before node: NodeID) -> UInt32? {
    guard documentation(before: node) != nil else { return nil }
    var start: UInt32?
    var line = source.lineIndex(of: span(node).lower)
    while line > 0 {
      line -= 1
      let bytes = source.lineBytes(line)
      let text = bytes.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
      guard text.starts(with: Array("///".utf8)) else { break }
      start = UInt32(text.startIndex)
    }
    return start
  }
}
