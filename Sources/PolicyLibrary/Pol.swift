import PolicyAnalysis
import PolicyCompiler
public import PolicyEngine
import PolicyModel
import PolicyReport
import PolicySource
import PolicyWorkspace

/// Compiles policy sources while a program runs: text in, an engine out.
///
/// What compiling finds is what `pol check` finds: names, types, and every assertion, which is proved.
/// A service that need not change its policies from sources links `PolicyEngine` alone and loads what
/// `pol compile` wrote; this library holds the whole compiler.
public enum Pol {
  /// Compiles every `.pol` file below a directory as one policy set.
  ///
  /// Hidden files and directories are passed over. The order in which files are found changes nothing.
  /// - Parameter directory: The path of the directory; of a file, that file alone is compiled.
  /// - Returns: The compiled policies.
  /// - Complexity: About O(n log n) in the size of the policy set, on all cores.
  /// - Throws: `CompileFailure`: a file cannot be read, or the policies do not check.
  public static func compile(directory: String) throws(CompileFailure) -> CompiledPolicies {
    try compile(files: [directory])
  }

  /// Compiles some files as one policy set.
  ///
  /// - Parameter files: The paths of the files; one that is a directory stands for every `.pol` file
  ///   below it.
  /// - Returns: The compiled policies.
  /// - Complexity: About O(n log n) in the size of the policy set, on all cores.
  /// - Throws: `CompileFailure`: a file cannot be read, or the policies do not check.
  public static func compile(files: [String]) throws(CompileFailure) -> CompiledPolicies {
    let sources: SourceMap
    do throws(FileError) {
      sources = try read(files)
    } catch {
      throw .unreadable(error.message)
    }
    return try compiled(sources)
  }

  /// Compiles texts as one policy set.
  ///
  /// - Parameter texts: What the files would have in them, by the paths that are told in diagnostics
  ///   and explanations.
  /// - Returns: The compiled policies.
  /// - Complexity: About O(n log n) in the size of the policy set, on all cores.
  /// - Throws: `CompileFailure`: the policies do not check.
  public static func compile(texts: [String: String]) throws(CompileFailure) -> CompiledPolicies {
    try compiled(SourceMap(texts.map { SourceFile(path: $0.key, text: $0.value) }))
  }

  /// Sources -> trees -> policy set -> tables -> engine.
  private static func compiled(_ sources: SourceMap) throws(CompileFailure) -> CompiledPolicies {
    let checked = load(sources)
    var found = checked.diagnostics
    if !found.hasErrors { found += judgeAssertions(of: checked.value).diagnostics }
    let diagnostics = found.map { PolicyDiagnostic($0, sources) }
    if found.hasErrors { throw .rejected(diagnostics) }
    let bytes = PolicyCompiler.compile(checked.value).bytes
    do throws(ArtifactError) {
      return CompiledPolicies(
        engine: try PolicyEngine(bytes: bytes),
        bytes: bytes,
        warnings: diagnostics
      )
    } catch {
      throw .refused(error)
    }
  }
}

/// Policies that were compiled while the program runs.
public struct CompiledPolicies: Sendable {
  /// Decides by them.
  public let engine: PolicyEngine
  /// Their compiled form, as `pol compile` writes it to a `.polc` file.
  ///
  /// The same sources give the same bytes.
  public let bytes: [UInt8]
  /// What is told of the sources besides: warnings and notes, in the order of the sources.
  public let warnings: [PolicyDiagnostic]
}
