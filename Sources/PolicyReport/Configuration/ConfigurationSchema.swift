package import PolicySource

extension Configuration {
  /// The JSON Schema of `pol.json`, for editors: `Grammar/pol.schema.json` is this, and a test says so.
  package static func schema(_ pages: [CodePage]) -> JSONValue {
    let lints = pages.filter(\.isConfigurable).map { page in
      JSONMember(
        page.code.rawValue,
        [
          "description": .string("\(page.finds) (\(page.severity.rawValue))"),
          "$ref": "#/$defs/level",
        ]
      )
    }
    return [
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "pol.json, the settings of a policy set",
      "type": "object",
      "additionalProperties": false,
      "properties": [
        "$schema": ["description": "This schema, for editors.", "type": "string"],
        "lints": [
          "description": "How seriously findings are taken.",
          "type": "object",
          "additionalProperties": false,
          "properties": .object(lints),
        ],
        "fail-on": [
          "description": "The least severity that fails pol check.",
          "enum": .strings(Severity.allCases.map(\.rawValue)),
        ],
        "baseline": [
          "description":
            "A file of findings that were there before, from the directory of this one.",
          "type": "string",
        ],
      ],
      "$defs": ["level": ["enum": .strings(Level.allCases.map(\.rawValue))]],
    ]
  }
}
