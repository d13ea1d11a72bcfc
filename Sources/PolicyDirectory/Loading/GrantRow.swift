/// The fields that a row of a file of grants may have.
enum GrantField: String, CaseIterable {
  case subject, id, policy, unit, condition

  /// All names, for messages.
  static var list: String { allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ") }

  init?(named name: String) {
    guard let field = Self.allCases.first(where: { $0.rawValue.utf8.elementsEqual(name.utf8) })
    else { return nil }
    self = field
  }
}

/// One row of a file of grants, by field; fields that are not given are not there.
struct GrantRow {
  private var values: [GrantField: String] = [:]

  subscript(field: GrantField) -> String? {
    get { values[field] }
    set { values[field] = newValue }
  }

  /// The grant that the row says.
  ///
  /// A unit or condition that is empty is refused: a fault of an export must not widen access.
  func grant() throws(RowProblem) -> PolicyGrant {
    let subject = try subject()
    guard let policy = self[.policy], !policy.isEmpty else {
      throw RowProblem("`policy` is not given", "name the policy that is granted")
    }
    return PolicyGrant(
      policy,
      to: subject,
      in: try optional(.unit, "everywhere"),
      when: try optional(.condition, "whatever the request")
    )
  }

  private func optional(_ field: GrantField, _ meaning: String) throws(RowProblem) -> String? {
    guard let text = self[field] else { return nil }
    if text.isEmpty {
      throw RowProblem("`\(field.rawValue)` is empty", "write `*` for \(meaning)")
    }
    return text.utf8.elementsEqual("*".utf8) ? nil : text
  }

  private func subject() throws(RowProblem) -> GrantSubject {
    let id = self[.id].flatMap { $0.isEmpty ? nil : $0 }
    let kind = self[.subject] ?? ""
    let named: (String) -> GrantSubject
    switch kind {
    case "user": named = GrantSubject.user
    case "service-account": named = GrantSubject.serviceAccount
    case "group": named = GrantSubject.group
    case "everyone", "anonymous":
      if let id {
        throw RowProblem("`\(kind)` has the id `\(id)`", "leave the id out, or name a user")
      }
      return kind == "everyone" ? .everyone : .anonymous
    default:
      throw RowProblem(
        kind.isEmpty ? "`subject` is not given" : "`\(kind)` is no kind of subject",
        "write `user`, `service-account`, `group`, `everyone` or `anonymous`"
      )
    }
    guard let id else {
      throw RowProblem("a \(kind) has no id", "name the \(kind) in `id`")
    }
    return named(id)
  }
}
