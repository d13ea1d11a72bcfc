import PolicySource

/// Which codes `--only` and `--skip` leave.
struct CodeSelection {
  /// Nil for all.
  let only: Set<DiagnosticCode>?
  let skip: Set<DiagnosticCode>

  init(only: [String], skip: [String]) throws(Failure) {
    self.only = only.isEmpty ? nil : try Self.codes(only)
    self.skip = try Self.codes(skip)
  }

  /// Whether everything is selected.
  var isWhole: Bool { only == nil && skip.isEmpty }

  func includes(_ code: DiagnosticCode) -> Bool {
    only?.contains(code) ?? true && !skip.contains(code)
  }

  private static func codes(_ lists: [String]) throws(Failure) -> Set<DiagnosticCode> {
    var codes: Set<DiagnosticCode> = []
    for word in lists.flatMap({ $0.split(separator: ",").map(String.init) }) {
      guard let code = DiagnosticCode(rawValue: word) else {
        let known = DiagnosticCode.allCases.map(\.rawValue)
        throw Failure(
          "there is no code `\(word)`",
          help: Suggestion.question(Suggestion.nearest(to: word, among: known))
            ?? "`pol rule --list` lists all codes"
        )
      }
      codes.insert(code)
    }
    return codes
  }
}
