import PolicySource

/// A line of a Casbin policy: `p` or `g`, and its values.
struct CasbinRow: Sendable {
  /// `p`, `g`, or such as `p2`.
  let key: String
  let values: [Name]
  let span: SourceSpan

  /// The rows of a file.
  ///
  /// Casbin's implementations differ in quotes, and in commas between brackets; lines in which they
  /// do are refused.
  /// - Complexity: O(bytes).
  static func rows(
    of file: SourceFile,
    as id: FileID,
    _ report: inout ImportReport
  ) -> [CasbinRow] {
    guard let lines = file.placedLines(as: id) else {
      let start = SourceSpan(file: id, lower: 0, upper: 0)
      report.unreadable(start, "the file is not UTF-8")
      return []
    }
    var rows: [CasbinRow] = []
    for line in lines {
      let text = line.trimmed
      guard !text.isEmpty, !text.hasPrefix("#") else { continue }
      if text.utf8.contains(UInt8(ascii: "\"")) {
        report.unreadable(
          line.span,
          "a quote stands in a policy line",
          help: "Casbin's implementations read quotes differently; write the value without them"
        )
        continue
      }
      if hasCommaInBrackets(text) {
        report.unreadable(
          line.span,
          "a comma stands between brackets in a policy line",
          help: "Casbin's implementations read it differently"
        )
        continue
      }
      let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        .map { Name(String(PlacedText.trimmed($0.unicodeScalars))) }
      rows.append(CasbinRow(key: parts[0].text, values: Array(parts.dropFirst()), span: line.span))
    }
    return rows
  }

  private static func hasCommaInBrackets(_ text: String) -> Bool {
    var depth = 0
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: ",") where depth != 0: return true
      default: break
      }
    }
    return false
  }
}
