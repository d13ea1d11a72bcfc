import PolicyChecker
package import PolicyModel
package import PolicySource
package import PolicySyntax

/// A policy set with the trees that it was made of.
package struct LoadedSet: Sendable {
  /// In the order of the sources.
  package let trees: [SyntaxTree]
  package let checked: Staged<PolicySet>
}

/// Reads the policy set of some paths: files -> sources.
package func read(_ paths: [String]) throws(FileError) -> SourceMap {
  var files: [SourceFile] = []
  for path in try PolicyFiles.find(at: paths) {
    files.append(SourceFile(path: path, bytes: try FileContents.read(path)))
  }
  return SourceMap(files)
}

/// Checks the sources of one policy set, all that needs no running of it.
///
/// The value has a meaning only when no diagnostic is an error.
package func load(_ sources: SourceMap) -> Staged<PolicySet> {
  loadWithTrees(sources).checked
}

/// Checks the sources of one policy set, and keeps the trees, for lints.
package func loadWithTrees(_ sources: SourceMap) -> LoadedSet {
  let parsed = sources.ids.map { parse(sources[$0], as: $0) }  // source -> tree
  let trees = parsed.map(\.value)
  let checked = check(trees, sources: sources)  // trees -> policy set
  let syntax = parsed.flatMap(\.diagnostics)
  let isTextLost = syntax.contains { $0.severity == .error && !$0.code.isReadAsMeant }
  let names = isTextLost ? checked.diagnostics.filter(\.code.isOfReadText) : checked.diagnostics
  return LoadedSet(
    trees: trees,
    checked: Staged(checked.value, (syntax + names).inSourceOrder())
  )
}

extension DiagnosticCode {
  /// Whether the parser goes on as if the mistake had been mended, so that no name is lost by it.
  fileprivate var isReadAsMeant: Bool {
    switch self {
    case .operatorSpelling, .singleEquals, .singleQuotes, .clauseOrder, .repeatedClause,
      .trailingComma, .chainedComparison, .hashComment, .blockComment, .integerOutOfRange:
      true
    default: false
    }
  }

  /// Whether the finding stands although other text could not be read: a name that is not declared
  /// may be declared there, and one mistake is to give one message.
  fileprivate var isOfReadText: Bool {
    switch self {
    case .unknownService, .unknownAction, .unknownAttribute, .unknownType, .unknownPolicy,
      .unknownGroup, .unknownUnit, .unknownName, .emptyPattern, .needlessExcept,
      .undeclaredByService:
      false
    default: true
    }
  }
}
