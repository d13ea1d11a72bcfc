package import PolicySource

/// The pages of the codes that the lexer and the parser report, in the order of the codes.
package let syntaxPages: [CodePage] = [
  InvalidUTF8.page,
  InvisibleCharacter.page,
  UnexpectedCharacter.page,
  UnterminatedString.page,
  UnterminatedName.page,
  InvalidEscape.page,
  InvalidName.page,
  IntegerOutOfRange.page,
  HashComment.page,
  BlockComment.page,
  SingleQuotes.page,
  OperatorSpelling.page,
  UnexpectedToken.page,
  UnclosedBlock.page,
  NestingTooDeep.page,
  ReservedName.page,
  ClauseOrder.page,
  RepeatedClause.page,
  TrailingComma.page,
  ChainedComparison.page,
  SingleEquals.page,
  MisplacedAnnotation.page,
]
