/// Comma-separated values (RFC 4180).
package enum CSVText {
  /// A field as it stands between commas: in quotes where it has to be.
  ///
  /// - Complexity: O(length).
  package static func field(_ text: String) -> String {
    let isPlain = !text.utf8.contains { byte in
      byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte < 0x20
    }
    return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  /// A text that a spreadsheet does not take for a formula, whatever it begins with.
  ///
  /// An apostrophe goes before what begins with `=`, `+`, `-`, `@`, a tab or a carriage return, and
  /// before an apostrophe: so taking one apostrophe off the beginning gives every text back.
  /// Source: OWASP, "CSV Injection".
  package static func guarded(_ text: String) -> String {
    guard let first = text.utf8.first, "=+-@\t\r'".utf8.contains(first) else { return text }
    return "'" + text
  }

  /// A record of guarded fields, with its line break.
  package static func record(_ fields: [String]) -> String {
    fields.map { field(guarded($0)) }.joined(separator: ",") + "\r\n"
  }
}
