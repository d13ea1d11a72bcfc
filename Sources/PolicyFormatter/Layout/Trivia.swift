import PolicySource
import PolicySyntax

/// The comments between two tokens, and how many line breaks are between them.
struct Trivia {
  struct Comment {
    let token: TokenID
    /// How many line breaks are between it and what comes before.
    let breaksBefore: Int
  }

  /// A comment at the end of the line of the token before.
  private(set) var trailing: Comment?
  /// Comments with lines of their own.
  private(set) var own: [Comment] = []
  /// How many line breaks are before the next token.
  private(set) var breaksAtEnd = 0

  var hasComments: Bool { trailing != nil || !own.isEmpty }

  /// Whether there is a blank line anywhere but between comments that belong together.
  var hasBlankLine: Bool { breaksAtEnd > 1 || own.contains { $0.breaksBefore > 1 } }

  /// Reads the tokens of a range; what is neither space nor comment, such as a comma that is to be
  /// left out, is passed over.
  ///
  /// Documentation belongs to what follows it, so it has a line of its own.
  /// - Complexity: O(bytes of the tokens).
  init(_ tree: SyntaxTree, tokens range: Range<Int>, followsToken: Bool) {
    for position in range {
      let token = TokenID(position)
      switch tree.tokens.kind(token) {
      case .space: breaksAtEnd += tree.lineBreaks(in: token)
      case .comment where breaksAtEnd == 0 && own.isEmpty && trailing == nil && followsToken:
        trailing = Comment(token: token, breaksBefore: 0)
      case .comment, .documentation:
        own.append(Comment(token: token, breaksBefore: breaksAtEnd))
        breaksAtEnd = 0
      default: break
      }
    }
  }
}

extension SyntaxTree {
  func lineBreaks(in token: TokenID) -> Int {
    let bytes = source.bytes[Int(tokens.lower(token))..<Int(tokens.upper(token))]
    return bytes.count { $0 == UInt8(ascii: "\n") }
  }

  /// Whether a line break stands between two tokens.
  func hasLineBreak(between tokens: Range<Int>) -> Bool {
    tokens.contains { position in
      self.tokens.kind(TokenID(position)).isTrivia && lineBreaks(in: TokenID(position)) > 0
    }
  }

  /// How many columns a token takes: one for each Unicode scalar.
  func width(_ token: TokenID) -> Int {
    let bytes = source.bytes[Int(tokens.lower(token))..<Int(tokens.upper(token))]
    return bytes.count { $0 & 0b1100_0000 != 0b1000_0000 }
  }
}
