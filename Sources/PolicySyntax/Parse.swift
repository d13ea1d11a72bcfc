package import PolicySource

/// Turns the text of a file into its tree, whatever the text: source -> tree.
///
/// - Complexity: O(bytes).
package func parse(_ source: SourceFile, as file: FileID) -> Staged<SyntaxTree> {
  fatalError("written by the syntax work")
}
