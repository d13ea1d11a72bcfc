package import PolicySource

/// Turns the text of a file into its tree, whatever the text: source -> tree.
///
/// - Complexity: O(bytes).
package func parse(_ source: SourceFile, as file: FileID) -> Staged<SyntaxTree> {
  let lexed = Lexer.lex(source, as: file)
  var parser = Parser(source, file, lexed)
  parser.program()
  return parser.finish()
}
