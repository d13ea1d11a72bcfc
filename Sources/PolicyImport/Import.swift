package import PolicySource

/// What an import may be told besides the files.
package struct ImportOptions: Sendable {
  /// The actions that there are; nil where only the files say.
  package var known: KnownActions?
  /// The namespace of manifests that name none.
  package var namespace: String?
  /// Whether what was left out is listed in the comments at the top.
  package var listsInText = true

  package init() {}
}

/// The actions that there are: nothing else can be asked for.
package struct KnownActions: Sendable {
  /// By their paths, such as `pods.get`.
  package let paths: [String]
  /// Whether a catalogue beside the result declares them.
  package let areDeclared: Bool
  /// The attributes that it declares, by their paths with their types.
  package let attributes: [String: String]

  package init(paths: [String], areDeclared: Bool, attributes: [String: String] = [:]) {
    self.paths = paths
    self.areDeclared = areDeclared
    self.attributes = attributes
  }
}

/// Policies of another system as policy text: files -> text; nil where an error says why there is
/// none.
///
/// The text never allows what the files deny. What it does not say is in the diagnostics: the codes
/// `import-left-out` for what it does not allow, `import-denies-more` for what it denies.
/// - Complexity: O(n log n) in the size of the files and of the text.
package func importPolicies(
  _ sources: SourceMap,
  from system: ImportSystem,
  options: ImportOptions = ImportOptions()
) -> Staged<[UInt8]?> {
  var report = ImportReport()
  let draft =
    switch system {
    case .aws: AWSImport.draft(of: sources, options, &report)
    case .kubernetes: KubernetesImport.draft(of: sources, options, &report)
    case .casbin: CasbinImport.draft(of: sources, &report)
    }
  let diagnostics = report.diagnostics.inSourceOrder()
  guard let draft, !diagnostics.hasErrors else { return Staged(nil, diagnostics) }
  var head = ["Imported from \(system.title): " + sources.files.map(\.path).joined(separator: ", ")]
  if options.listsInText { head += list(diagnostics, in: sources) }
  return Staged(DraftText.bytes(of: draft, below: head), diagnostics)
}

/// What was left out, a line each, as comments have it.
private func list(_ diagnostics: [Diagnostic], in sources: SourceMap) -> [String] {
  guard !diagnostics.isEmpty else { return [] }
  return ["", "What is not here as it was there:"]
    + diagnostics.map { diagnostic in
      let message = diagnostic.message.split(separator: "\n").joined(separator: " ")
      return "- \(sources.description(diagnostic.primary.span)): \(message)"
        + " [\(diagnostic.code.rawValue)]"
    }
}
