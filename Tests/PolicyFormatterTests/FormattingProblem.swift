import PolicyFormatter
import PolicySource
import PolicySyntax

/// What must hold of formatting, whatever the text.
enum FormattingProblem {
  /// What is wrong with how a text is formatted, or nothing.
  static func find(_ bytes: [UInt8]) -> String? {
    let source = SourceFile(path: "test.pol", bytes: bytes)
    let result = format(source)
    let after = SourceFile(path: "test.pol", bytes: result.bytes)
    return editProblem(source, result) ?? tokenProblem(source, after)
      ?? keptProblem(source, after) ?? repeatProblem(after)
  }

  /// The edits make the result, and do not overlap.
  private static func editProblem(_ source: SourceFile, _ result: FormattedFile) -> String? {
    guard let made = applying(result.edits, to: source) else { return "edits overlap" }
    return made == result.bytes ? nil : "the edits do not make the bytes"
  }

  /// The bytes that edits make; nothing when they overlap.
  static func applying(_ edits: [Edit], to source: SourceFile) -> [UInt8]? {
    var bytes: [UInt8] = []
    var end = 0
    for edit in edits {
      guard edit.span.lower >= end else { return nil }
      bytes += source.bytes[end..<Int(edit.span.lower)]
      bytes += edit.replacement.utf8
      end = Int(edit.span.upper)
    }
    return bytes + source.bytes[end...]
  }

  private static func repeatProblem(_ after: SourceFile) -> String? {
    let again = format(after)
    return again.edits.isEmpty
      ? nil : "formatting twice is not formatting once: \(again.edits[0])"
  }

  /// Tokens but optional commas are the same in the same order, and so are comments.
  static func tokenProblem(_ before: SourceFile, _ after: SourceFile) -> String? {
    let old = Words(before)
    let new = Words(after)
    if old.comments != new.comments { return "the comments are not the same" }
    if old.tokens != new.tokens { return "the tokens are not the same" }
    return nil
  }

  /// A declaration with an error in it is still there byte for byte.
  private static func keptProblem(_ before: SourceFile, _ after: SourceFile) -> String? {
    let parsed = parse(before, as: FileID(0))
    guard parsed.diagnostics.hasErrors else { return nil }
    let tree = parsed.value
    var start = 0
    for node in tree.nodes(tree.root) {
      let span = tree.span(node)
      let isWrong =
        hasError(node, tree)
        || parsed.diagnostics.contains {
          $0.severity == .error && $0.primary.span.lower <= span.upper
            && $0.primary.span.upper >= span.lower
        }
      guard isWrong, span.upper > span.lower else { continue }
      let bytes = before.bytes[Int(span.lower)..<Int(span.upper)]
      guard let found = after.bytes[start...].firstRange(of: bytes) else {
        return "a declaration with an error changed: \(before.text(span.lower, span.upper))"
      }
      start = found.upperBound
    }
    return nil
  }

  private static func hasError(_ node: NodeID, _ tree: SyntaxTree) -> Bool {
    tree.kind(node) == .error || tree.nodes(node).contains { hasError($0, tree) }
  }

  /// The words of a text, and its comments without blanks at their ends.
  private struct Words {
    var tokens: [ArraySlice<UInt8>] = []
    var comments: [ArraySlice<UInt8>] = []

    init(_ source: SourceFile) {
      let tree = parse(source, as: FileID(0)).value
      let optional = OptionalCommas(tree)
      for position in 0..<tree.tokens.count {
        let token = TokenID(position)
        var bytes = source.bytes[Int(tree.tokens.lower(token))..<Int(tree.tokens.upper(token))]
        switch tree.tokens.kind(token) {
        case .space: continue
        case .comment, .documentation:
          while let last = bytes.last, last == 0x20 || last == 0x09 { bytes.removeLast() }
          comments.append(bytes)
        case .comma where optional.positions.contains(position): continue
        default: tokens.append(bytes)
        }
      }
    }
  }

  /// The commas that the language lets one write or leave out.
  private struct OptionalCommas {
    var positions: Set<Int> = []

    init(_ tree: SyntaxTree) {
      for position in 0..<tree.nodeCount {
        let node = NodeID(position)
        let children = tree.children(node)
        for (index, child) in children.enumerated() {
          guard case .token(let token) = child, tree.tokens.kind(token) == .comma else { continue }
          switch tree.kind(node) {
          case .attribute, .member, .groupBlock, .unit: positions.insert(token.position)
          case .serviceSet, .memberSet, .list:
            // The last one, before the bracket.
            if index == children.count - 2 { positions.insert(token.position) }
          default: break
          }
        }
      }
    }
  }
}
