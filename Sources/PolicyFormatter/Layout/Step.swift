import PolicySyntax

/// One step of laying out a declaration: its tokens in order, what may stand between them, and
/// which of them stay together.
enum Step {
  case token(TokenID)
  /// What stands before the next token.
  case gap(Gap)
  case open(GroupStyle)
  case close
}

/// How a group that does not fit on one line is broken.
enum GroupStyle {
  /// At every gap, or at none.
  case whole
  /// As `whole`; the braces of a block.
  case block
  /// Only where the text up to the next gap would not fit.
  case filled
  /// As `filled`, but once there has been a line break, at every gap that follows.
  case clauses
}

/// What stands between two tokens.
struct Gap {
  enum Breaking {
    case never, allowed, forced
  }

  var breaking: Breaking
  /// How many spaces stand here when the line is not broken.
  var spaces: Int
  /// The column at which the next token begins when the line is broken.
  var indent: Int
  /// The column of comments that have lines of their own here.
  var commentIndent: Int
  var blanks: Blanks = []
  /// Further spaces that align the next token with those above and below; only where the group
  /// around it is broken.
  var padding = 0
  /// The comments here and the line breaks between them; nil where there are no comments, and
  /// blank lines do not matter.
  var trivia: Trivia?
}

/// Where blank lines of the source are kept; anywhere else they are dropped.
struct Blanks: OptionSet {
  let rawValue: UInt8

  /// Before the first line after a line break.
  static let first = Blanks(rawValue: 1)
  /// Between comments.
  static let inside = Blanks(rawValue: 2)
  /// After the last comment.
  static let last = Blanks(rawValue: 4)

  static let all: Blanks = [.first, .inside, .last]
}
