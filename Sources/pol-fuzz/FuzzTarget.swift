import PolicyAnalysis
import PolicyChecker
import PolicyCompiler
import PolicyEngine
import PolicyFormatter
import PolicyImport
import PolicyModel
import PolicyReport
import PolicySource
import PolicySyntax
import PolicyWorkspace

/// Something that takes bytes from anyone.
enum FuzzTarget: String, CaseIterable, Sendable {
  case lexer, parser, formatter, checker, loader, request, casbin, kubernetes, aws

  /// The folder of the corpus that it begins with.
  var corpus: String {
    switch self {
    case .lexer, .parser, .formatter, .checker: "policy"
    case .loader: "loader"
    case .request: "request"
    case .casbin, .kubernetes, .aws: rawValue
    }
  }

  /// Takes the bytes; what is wrong with what it makes of them, or nothing.
  func take(_ bytes: [UInt8], _ context: FuzzContext) -> String? {
    switch self {
    case .lexer: lex(bytes)
    case .parser: parseText(bytes)
    case .formatter: formatText(bytes)
    case .checker: checkText(bytes)
    case .loader: loadTables(bytes, context)
    case .request: readRequest(bytes, context)
    case .casbin: importText(bytes, from: .casbin)
    case .kubernetes: importText(bytes, from: .kubernetes)
    case .aws: importText(bytes, from: .aws)
    }
  }

  private func source(_ bytes: [UInt8]) -> SourceFile { SourceFile(path: "fuzz.pol", bytes: bytes) }

  /// Tokens follow each other and cover every byte.
  private func lex(_ bytes: [UInt8]) -> String? {
    let tokens = parse(source(bytes), as: FileID(0)).value.tokens
    var end: UInt32 = 0
    for position in 0..<tokens.count {
      let token = TokenID(position)
      if tokens.lower(token) != end { return "a byte is in no token, or in two" }
      end = tokens.upper(token)
    }
    return Int(end) == bytes.count ? nil : "the last byte is in no token"
  }

  /// Every token that is no trivia is in one node; children lie within their parents, in order.
  private func parseText(_ bytes: [UInt8]) -> String? {
    let tree = parse(source(bytes), as: FileID(0)).value
    func isCounted(_ kind: TokenKind) -> Bool { !kind.isTrivia && kind != .endOfFile }
    var seen = 0
    for position in 0..<tree.nodeCount {
      for case .token(let token) in tree.children(NodeID(position)) {
        if isCounted(tree.tokens.kind(token)) { seen += 1 }
      }
    }
    let all = (0..<tree.tokens.count).filter { isCounted(tree.tokens.kind(TokenID($0))) }.count
    return seen == all ? nil : "\(seen) of \(all) tokens are in nodes"
  }

  /// What is formatted stays as it is when it is formatted again.
  private func formatText(_ bytes: [UInt8]) -> String? {
    let once = format(source(bytes))
    let twice = format(source(once.bytes))
    if twice.bytes != once.bytes { return "formatting twice is not formatting once" }
    return once.diagnostics.hasErrors == twice.diagnostics.hasErrors
      ? nil : "formatting makes or mends a mistake"
  }

  /// What checks is compiled, loads, and decides as the interpreter does.
  private func checkText(_ bytes: [UInt8]) -> String? {
    let sources = SourceMap([source(bytes)])
    let checked = load(sources)
    for diagnostic in checked.diagnostics {
      _ = DiagnosticJSON.value(diagnostic, in: sources)
      if diagnostic.primary.span.upper > bytes.count { return "a finding is beyond the end" }
    }
    guard !checked.diagnostics.hasErrors else { return nil }
    do throws(ArtifactError) {
      let engine = try PolicyEngine(bytes: compile(checked.value).bytes)
      switch verify(engine, against: checked.value, VerificationOptions(budget: 200)) {
      case .otherDeclarations(let what): return what
      case .compared(_, let difference):
        return difference.map { "decided otherwise: \(requestText($0.request, in: checked.value))" }
      }
    } catch {
      return "what was compiled is refused: \(error)"
    }
  }

  /// What loads answers everything, alone and beside other policies.
  private func loadTables(_ bytes: [UInt8], _ context: FuzzContext) -> String? {
    guard let engine = try? PolicyEngine(bytes: bytes) else { return nil }
    return TableExercise(engine, context).problem()
  }

  /// Both vocabularies refuse the same requests, and decide the others alike.
  private func readRequest(_ bytes: [UInt8], _ context: FuzzContext) -> String? {
    guard let document = RequestReader.read(bytes[...]).document else { return nil }
    let meant = try? document.resolved(in: context.set.vocabulary)
    guard let decided = try? context.engine.decide(document) else {
      return meant == nil ? nil : "only the tables refuse it"
    }
    guard let meant else { return "only the sources refuse it" }
    return decided.isAllowed == (interpret(meant, in: context.set).effect == .allow)
      ? nil : "decided otherwise"
  }
}

extension FuzzTarget {
  /// What is imported checks, and is laid out as it should be; files are parted by lines `%%`.
  private func importText(_ bytes: [UInt8], from system: ImportSystem) -> String? {
    var files: [SourceFile] = []
    var rest = bytes[...]
    while let end = rest.firstRange(of: Array("\n%%\n".utf8)) {
      files.append(SourceFile(path: "\(files.count)", bytes: Array(rest[..<end.lowerBound])))
      rest = rest[end.upperBound...]
    }
    files.append(SourceFile(path: "\(files.count)", bytes: Array(rest)))
    for file in files { _ = ImportSystem.guessed(file) }
    let sources = SourceMap(files)
    let imported = importPolicies(sources, from: system)
    for finding in imported.diagnostics {
      let span = finding.primary.span
      if span.upper > sources[span.file].bytes.count { return "a finding is beyond the end" }
    }
    guard let policies = imported.value else {
      return imported.diagnostics.hasErrors ? nil : "nothing is imported, and nothing said"
    }
    let file = SourceFile(path: "imported.pol", bytes: policies)
    if format(file).bytes != policies { return "what is imported is not laid out" }
    let error = load(SourceMap([file])).diagnostics.first { $0.severity == .error }
    return error.map { "what is imported does not check: \($0.message)" }
  }
}

/// A policy set and requests to it, for targets that need some.
struct FuzzContext: Sendable {
  let set: PolicySet
  let engine: PolicyEngine
  let bytes: [UInt8]
  let documents: [RequestDocument]

  /// - Parameters:
  ///   - policies: The bytes of policy files; the first that checks is the set.
  ///   - requests: Lines of JSON.
  init?(policies: [[UInt8]], requests: [[UInt8]]) {
    for bytes in policies {
      let checked = load(SourceMap([SourceFile(path: "corpus.pol", bytes: bytes)]))
      guard !checked.diagnostics.hasErrors, !checked.value.policies.isEmpty else { continue }
      let compiled = compile(checked.value)
      guard let engine = try? PolicyEngine(bytes: compiled.bytes) else { continue }
      set = checked.value
      self.engine = engine
      self.bytes = compiled.bytes
      documents = requests.compactMap { RequestReader.read($0[...]).document }
      return
    }
    return nil
  }
}
