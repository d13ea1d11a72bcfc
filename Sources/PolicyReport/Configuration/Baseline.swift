package import PolicySource

/// Findings that were there when a check was introduced, and are not told again.
///
/// A finding is the one of the baseline if its fingerprint is, wherever its lines have moved to; of
/// several with one fingerprint, as many are known as were there.
package struct Baseline: Sendable {
  /// The version of the form.
  package static let schema = 1

  package struct Entry: Hashable, Sendable {
    package let code: String
    /// From the directory of the baseline.
    package let file: String
    package let message: String
    package let fingerprint: Fingerprint
    package var count: Int
  }

  /// By file, code and fingerprint.
  package let entries: [Entry]

  /// The baseline of findings; paths in a directory are told from there.
  ///
  /// - Complexity: O(n log n + bytes of the files that have some).
  package init(_ diagnostics: [Diagnostic], in sources: SourceMap, below directory: String) {
    var prints = Fingerprints(sources, below: directory)
    var found: [Fingerprint: Entry] = [:]
    for diagnostic in diagnostics {
      let fingerprint = prints.fingerprint(of: diagnostic)
      found[
        fingerprint,
        default: Entry(
          code: diagnostic.code.rawValue,
          file: prints.path(of: diagnostic),
          message: diagnostic.message,
          fingerprint: fingerprint,
          count: 0
        )
      ].count += 1
    }
    entries = found.values.sorted(by: Self.precedes)
  }

  private static func precedes(_ left: Entry, _ right: Entry) -> Bool {
    for (one, other) in [(left.file, right.file), (left.code, right.code)]
    where !one.utf8.elementsEqual(other.utf8) {
      return one.utf8.lexicographicallyPrecedes(other.utf8)
    }
    return left.fingerprint < right.fingerprint
  }

  /// What is not in the baseline, in order, and what of the baseline is not there any more.
  package func split(
    _ diagnostics: [Diagnostic],
    in sources: SourceMap,
    below directory: String
  ) -> (new: [Diagnostic], gone: [Entry]) {
    var prints = Fingerprints(sources, below: directory)
    var known: [Fingerprint: Int] = [:]
    for entry in entries { known[entry.fingerprint, default: 0] += entry.count }
    let new = diagnostics.filter { diagnostic in
      let fingerprint = prints.fingerprint(of: diagnostic)
      guard let count = known[fingerprint], count > 0 else { return true }
      known[fingerprint] = count - 1
      return false
    }
    let gone = entries.compactMap { entry -> Entry? in
      guard let count = known[entry.fingerprint], count > 0 else { return nil }
      var rest = entry
      rest.count = count
      return rest
    }
    return (new, gone)
  }
}

/// The fingerprints of findings, with paths from a directory.
package struct Fingerprints {
  private let sources: SourceMap
  private let prefix: String
  private var headings: DeclarationHeadings

  package init(_ sources: SourceMap, below directory: String) {
    self.sources = sources
    prefix = directory.isEmpty || directory.hasSuffix("/") ? directory : directory + "/"
    headings = DeclarationHeadings(sources)
  }

  package func path(of diagnostic: Diagnostic) -> String {
    let path = sources[diagnostic.primary.span.file].path
    let inside = path.utf8.starts(with: prefix.utf8) ? String(path.dropFirst(prefix.count)) : path
    return FindingsReport.withoutDot(inside)
  }

  package mutating func fingerprint(of diagnostic: Diagnostic) -> Fingerprint {
    Fingerprint(of: diagnostic, in: sources, at: path(of: diagnostic), &headings)
  }
}
