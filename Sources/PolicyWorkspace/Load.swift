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
///
/// Files are read on several threads; of several that cannot be read, the first is the error.
package func read(
  _ paths: [String],
  threads: Int = Parallel.cores
) throws(FileError) -> SourceMap {
  let found = try PolicyFiles.find(at: paths)
  let files = Parallel.map(found.count, threads: threads) { number in
    Result { () throws(FileError) in
      SourceFile(path: found[number], bytes: try FileContents.read(found[number]))
    }
  }
  return SourceMap(try files.map { (file) throws(FileError) in try file.get() })
}

/// Checks the sources of one policy set, all that needs no running of it.
///
/// The value has a meaning only when no diagnostic is an error.
package func load(_ sources: SourceMap) -> Staged<PolicySet> {
  loadWithTrees(sources).checked
}

/// Checks the sources of one policy set, and keeps the trees, for lints.
///
/// Files are parsed on several threads, which changes nothing of the result.
package func loadWithTrees(_ sources: SourceMap, threads: Int = Parallel.cores) -> LoadedSet {
  let parsed = Parallel.map(sources.files.count, threads: threads) { number in
    parse(sources[FileID(number)], as: FileID(number))  // source -> tree
  }
  let trees = parsed.map(\.value)
  let checked = check(trees, sources: sources)  // trees -> policy set
  return LoadedSet(
    trees: trees,
    checked: Staged(
      checked.value,
      findings(syntax: parsed.flatMap(\.diagnostics), names: checked.diagnostics)
    )
  )
}

/// What is said of a policy set: what the parser found, and of what the checker found all that is
/// no consequence of text that could not be read; in source order.
package func findings(syntax: [Diagnostic], names: [Diagnostic]) -> [Diagnostic] {
  let isTextLost = syntax.contains { $0.severity == .error && !$0.code.isReadAsMeant }
  let names = isTextLost ? names.filter(\.code.isOfReadText) : names
  return (syntax + names).inSourceOrder()
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
