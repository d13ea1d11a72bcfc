import PolicyEngine
import PolicyFormatter
import PolicyImport
import PolicyModel
import PolicySource
import PolicyWorkspace

/// The policy set that an import gives, and what was said about it.
struct ImportedSet {
  let set: PolicySet
  let text: String
  let diagnostics: [Diagnostic]
  let sources: SourceMap
  private let vocabulary: PolicySetVocabulary

  /// Why there is no set.
  struct Problem: Error, CustomStringConvertible {
    let description: String
  }

  /// Imports some files, by path and text; what is imported checks, and is laid out as it should be.
  init(
    _ files: [(path: String, text: String)],
    from system: ImportSystem,
    options: ImportOptions = ImportOptions()
  ) throws {
    sources = SourceMap(files.map { SourceFile(path: $0.path, text: $0.text) })
    let imported = importPolicies(sources, from: system, options: options)
    diagnostics = imported.diagnostics
    guard let bytes = imported.value else {
      let map = sources
      let said = diagnostics.map { "\(map.description($0.primary.span)): \($0.message)" }
      throw Problem(description: said.joined(separator: "\n"))
    }
    text = String(decoding: bytes, as: UTF8.self)
    let file = SourceFile(path: "imported.pol", bytes: bytes)
    guard format(file).bytes == bytes else { throw Problem(description: "not laid out:\n\(text)") }
    let loaded = load(SourceMap([file]))
    if let error = loaded.diagnostics.first(where: { $0.severity == .error }) {
      throw Problem(description: "does not check: \(error.message)\n\(text)")
    }
    set = loaded.value
    vocabulary = set.vocabulary
  }

  /// Whether a request is allowed; one for an action that the set does not have is not.
  func allows(_ document: RequestDocument) throws -> Bool {
    do throws(RequestRefusal) {
      return interpret(try document.resolved(in: vocabulary), in: set).effect == .allow
    } catch {
      let isOfMissingAction = error.problems.contains { problem in
        if case .unknownAction = problem { true } else { false }
      }
      guard isOfMissingAction else { throw error }
      return false
    }
  }

  /// Whether something else than notes was said.
  var isWhole: Bool { !diagnostics.contains { $0.severity > .note } }

  func has(_ code: DiagnosticCode) -> Bool { diagnostics.contains { $0.code == code } }
}
