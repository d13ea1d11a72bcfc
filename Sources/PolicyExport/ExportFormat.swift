package import PolicyEngine
package import PolicyModel
package import PolicyReport
package import PolicySource

/// A format that policy sets are exported in, for other systems to read.
///
/// What the format cannot say is an error with its place, and then nothing is written.
package struct ExportFormat: Sendable {
  package let name: String
  /// Whether there is always one file, which then needs no folder.
  package let isOneFile: Bool
  /// The files of a checked policy set, in the order of their names.
  package let files: @Sendable (PolicySet) -> Staged<[ExportedFile]>
  /// What asks the other system what a request asks; nil where the format has no requests.
  package var asking: (@Sendable (PolicySet) -> @Sendable (RequestData) -> JSONValue)?

  /// Every format; `pol export --format` offers their names, the first where none is given.
  package static let all: [ExportFormat] = [
    ExportFormat(name: "json", isOneFile: true, files: exportJSON),
    ExportFormat(name: "csv", isOneFile: false, files: exportCSV),
    ExportFormat(name: "sql", isOneFile: true, files: exportSQL),
    ExportFormat(name: "cedar", isOneFile: false, files: exportCedar) { set in
      let requests = CedarRequests(set)
      return { requests.json($0) }
    },
  ]
}
