import PolicyReport

/// Something that may be written at a place.
struct CompletionItem {
  /// The kinds of LSP.
  enum Kind: Int {
    case method = 2, function = 3, variable = 6, classKind = 7, module = 9, property = 10
    case unit = 11, value = 12, keyword = 14, snippet = 15, constant = 21, event = 23, type = 25
  }

  let label: String
  let kind: Kind
  var detail: String?
  var documentation: String?
  /// What is written; the label where nothing else is said.
  var text: String?
  /// Whether the text has places to be filled in.
  var isSnippet = false
  var isDeprecated = false

  func json(range: JSONValue, rank: String) -> JSONValue {
    compact([
      ("label", .string(label)), ("kind", .int(kind.rawValue)),
      ("detail", detail.map { .string($0) }),
      ("documentation", documentation.map { ["kind": "markdown", "value": .string($0)] }),
      ("sortText", .string(rank + label)), ("filterText", .string(label)),
      ("insertTextFormat", .int(isSnippet ? 2 : 1)),
      ("textEdit", ["range": range, "newText": .string(text ?? label)]),
      ("tags", isDeprecated ? [1] : nil),
    ])
  }
}
