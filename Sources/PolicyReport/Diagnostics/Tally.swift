package import PolicySource

/// How many diagnostics of each severity a run made, and over how many files.
package struct Tally: Hashable, Sendable {
  package var errors = 0
  package var warnings = 0
  package var notes = 0
  package let files: Int

  package init(_ diagnostics: [Diagnostic], files: Int) {
    self.files = files
    for diagnostic in diagnostics {
      switch diagnostic.severity {
      case .error: errors += 1
      case .warning: warnings += 1
      case .note: notes += 1
      }
    }
  }

  /// Such as `2 errors, 1 warning in 3 files`; severities that did not occur are left out.
  package var summary: String {
    var parts: [String] = []
    if errors > 0 { parts.append(Self.count(errors, "error")) }
    if warnings > 0 { parts.append(Self.count(warnings, "warning")) }
    if notes > 0 { parts.append(Self.count(notes, "note")) }
    let found = parts.isEmpty ? "no errors, no warnings" : parts.joined(separator: ", ")
    return found + " in " + Self.count(files, "file")
  }

  /// A number with its noun, such as `1 file` or `2,400 files`.
  package static func count(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(grouped(number)) \(number == 1 ? noun : plural ?? noun + "s")"
  }

  /// A number with commas between thousands.
  package static func grouped(_ number: Int) -> String {
    var text = ""
    for (place, digit) in String(number.magnitude).reversed().enumerated() {
      if place > 0, place.isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return (number < 0 ? "-" : "") + String(text.reversed())
  }
}
