/// The annotations whose meaning the language gives, for people who write them.
struct AnnotationForm {
  let name: String
  let parameters: [(name: String, meaning: String)]
  /// On what it stands, and what it does there.
  let meaning: String

  static let all = [
    AnnotationForm(
      name: "explicit",
      parameters: [],
      meaning: "On an action or a group of actions: an allow has to name it; no star and no group "
        + "around it reaches it."
    ),
    AnnotationForm(
      name: "sensitive",
      parameters: [],
      meaning: "On an action or a group of actions: an allow of it should have a condition."
    ),
    AnnotationForm(
      name: "deprecated",
      parameters: [("\"why\"", "what to use instead")],
      meaning: "On a declaration or a member: using it is a warning."
    ),
    AnnotationForm(
      name: "id",
      parameters: [("\"name\"", "a name that no other rule has")],
      meaning: "On a rule: a name that stays when rules come and go."
    ),
    AnnotationForm(
      name: "suppress",
      parameters: [
        ("code", "the code of a warning or a note"), ("\"why\"", "why it is right here"),
      ],
      meaning: "On anything: silences a warning or a note here, for the reason given."
    ),
  ]

  static func named(_ name: String) -> AnnotationForm? { all.first { $0.name == name } }

  /// Such as `@suppress(code, "why")`.
  var label: String {
    guard !parameters.isEmpty else { return "@\(name)" }
    return "@\(name)(" + parameters.map(\.name).joined(separator: ", ") + ")"
  }

  var markdown: String { "`\(label)`\n\n\(meaning)" }
}
