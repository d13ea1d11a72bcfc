import PolicyReport
import PolicySource

/// Edits as LSP writes them.
enum WorkspaceEdit {
  /// A `WorkspaceEdit`, its documents in the order of their files.
  static func json(_ edits: [Edit], _ layouts: inout LayoutCache) -> JSONValue {
    var members: [JSONMember] = []
    for (file, list) in Dictionary(grouping: edits, by: \.span.file).sorted(by: { $0.key < $1.key })
    {
      members.append(
        JSONMember(layouts.snapshot.uri(file), .array(list.map { textEdit($0, &layouts) }))
      )
    }
    return ["changes": .object(members)]
  }

  static func textEdit(_ edit: Edit, _ layouts: inout LayoutCache) -> JSONValue {
    ["range": layouts.range(edit.span), "newText": .string(edit.replacement)]
  }
}

extension [UInt8] {
  /// The bytes with edits applied, which must not overlap.
  func applying(_ edits: [Edit]) -> [UInt8] {
    var result = self
    for edit in edits.sorted(by: { $0.span.lower > $1.span.lower }) {
      result.replaceSubrange(
        Int(edit.span.lower)..<Int(edit.span.upper),
        with: edit.replacement.utf8
      )
    }
    return result
  }
}
