import PolicyModel
import PolicyReport
import PolicySource

/// One file of comma-separated values, a header first.
struct CSVTable {
  private let name: String
  private var text: String

  init(_ name: String, _ columns: [String]) {
    self.name = name
    text = CSVText.record(columns)
  }

  mutating func add(_ fields: [String]) { text += CSVText.record(fields) }

  var file: ExportedFile { ExportedFile("\(name).csv", Array(text.utf8)) }
}

extension Bool {
  /// How a table says it.
  var cell: String { self ? "yes" : "no" }
}
