import PolicySource
import PolicySyntax

/// A tree as indented text, for golden files.
enum TreeDump {
  static func text(_ tree: SyntaxTree) -> String {
    var lines: [String] = []
    append(tree.root, tree, depth: 0, to: &lines)
    return lines.joined(separator: "\n") + "\n"
  }

  private static func append(
    _ node: NodeID,
    _ tree: SyntaxTree,
    depth: Int,
    to lines: inout [String]
  ) {
    var line = String(repeating: "  ", count: depth) + "\(tree.kind(node))"
    var isAfterNode = false
    for child in tree.children(node) {
      switch child {
      case .token(let token):
        let text = tree.text(tree.span(token))
        if isAfterNode {
          lines.append(line)
          line = String(repeating: "  ", count: depth + 1) + "| " + text
          isAfterNode = false
        } else {
          line += " " + text
        }
      case .node(let inner):
        lines.append(line)
        append(inner, tree, depth: depth + 1, to: &lines)
        line = lines.removeLast()
        isAfterNode = true
      }
    }
    lines.append(line)
  }
}
