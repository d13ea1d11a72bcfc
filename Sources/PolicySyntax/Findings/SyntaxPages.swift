package import PolicySource

/// The pages of the codes that the lexer and the parser report.
package let syntaxPages: [CodePage] = []
