package import PolicySource

/// Diagnostics as one JSON document.
package enum DiagnosticJSON {
  /// The version of the form; it grows when a member changes its meaning or goes away.
  package static let schema = 1

  /// The document of a run.
  package static func document(_ diagnostics: [Diagnostic], in sources: SourceMap) -> JSONValue {
    let tally = Tally(diagnostics, files: sources.files.count)
    return [
      "schema": .int(schema),
      "diagnostics": .array(diagnostics.map { value($0, in: sources) }),
      "summary": [
        "errors": .int(tally.errors),
        "warnings": .int(tally.warnings),
        "notes": .int(tally.notes),
        "files": .int(tally.files),
      ],
    ]
  }

  /// One diagnostic.
  package static func value(_ diagnostic: Diagnostic, in sources: SourceMap) -> JSONValue {
    [
      "code": .string(diagnostic.code.rawValue),
      "severity": .string(diagnostic.severity.rawValue),
      "message": .string(diagnostic.message),
      "primary": label(diagnostic.primary, in: sources),
      "secondary": .array(diagnostic.secondary.map { label($0, in: sources) }),
      "notes": .strings(diagnostic.notes),
      "help": .optional(diagnostic.help),
      "fixes": .array(diagnostic.fixes.map { fix($0, in: sources) }),
    ]
  }

  private static func label(_ label: Label, in sources: SourceMap) -> JSONValue {
    .object(place(label.span, in: sources) + [JSONMember("label", .string(label.text))])
  }

  private static func fix(_ fix: Fix, in sources: SourceMap) -> JSONValue {
    let edits = fix.edits.map { edit in
      JSONValue.object(
        place(edit.span, in: sources) + [JSONMember("replacement", .string(edit.replacement))]
      )
    }
    return ["title": .string(fix.title), "safe": .bool(fix.isSafe), "edits": .array(edits)]
  }

  private static func place(_ span: SourceSpan, in sources: SourceMap) -> [JSONMember] {
    let file = sources[span.file]
    func point(_ offset: UInt32) -> JSONValue {
      let place = file.place(of: offset)
      return ["line": .int(place.line), "column": .int(place.column), "byte": .int(Int(offset))]
    }
    return [
      JSONMember("file", .string(file.path)),
      JSONMember("start", point(span.lower)),
      JSONMember("end", point(span.upper)),
    ]
  }
}
