import PolicyFormatter
import PolicyModel
import PolicyReport
import PolicySource

/// Writes a draft as policy text, in the layout of `pol fmt`.
struct DraftText {
  private let draft: PolicyDraft
  private var lines: [String] = []

  init(_ draft: PolicyDraft) { self.draft = draft }

  /// The text below a head of comments.
  ///
  /// - Complexity: O(n log n) in its size.
  static func bytes(of draft: PolicyDraft, below head: [String]) -> [UInt8] {
    var writer = DraftText(draft)
    writer.comments(head, indent: "")
    writer.catalogue()
    writer.places()
    for policy in draft.policies { writer.policy(policy) }
    writer.assignments()
    let text = writer.lines.joined(separator: "\n") + "\n"
    return format(SourceFile(path: "", text: text)).bytes
  }

  /// Comments show what is invisible, since policy text may not have it outside strings.
  private mutating func comments(_ texts: [String], indent: String, mark: String = "//") {
    for text in texts {
      var shown = String.UnicodeScalarView()
      for scalar in VisibleText.of(text).unicodeScalars {
        let isSeen = !scalar.properties.isDefaultIgnorableCodePoint
        shown.append(isSeen && scalar.properties.generalCategory != .format ? scalar : "\u{FFFD}")
      }
      lines.append(text.isEmpty ? indent + mark : "\(indent)\(mark) \(String(shown))")
    }
  }

  private mutating func catalogue() {
    guard !draft.actions.isEmpty || !draft.attributes.isEmpty else { return }
    lines += ["", "catalogue \(describe(name: draft.catalogueName)) {"]
    for space in AttributeSpace.allCases {
      let attributes = draft.attributes.filter { $0.space == space }.sorted()
      guard !attributes.isEmpty else { continue }
      lines.append("  \(space.rawValue) {")
      for attribute in attributes {
        lines.append("    \(attribute.name.written): \(attribute.type)")
      }
      lines.append("  }")
    }
    var services: [Name: [Name]] = [:]
    for action in draft.actions.sorted() {
      services[action.service, default: []].append(action.action)
    }
    for (service, actions) in services.sorted(by: { $0.key < $1.key }) {
      lines.append("  service \(service.written) {")
      let attributes = (draft.serviceAttributes[service] ?? []).sorted()
      if !attributes.isEmpty {
        lines.append("    resource {")
        for attribute in attributes {
          lines.append("      \(attribute.name.written): \(attribute.type)")
        }
        lines.append("    }")
      }
      for action in actions { lines.append("    \(action.written)") }
      lines.append("  }")
    }
    lines.append("}")
  }

  private mutating func places() {
    if !draft.units.isEmpty { lines.append("") }
    for unit in draft.units.sorted() { lines.append("ou \(unit.writtenAsUnit)") }
    if !draft.groups.isEmpty { lines.append("") }
    for group in draft.groups.sorted() { lines.append("group \(group.written)") }
  }

  private mutating func policy(_ policy: PolicyDraft.Policy) {
    lines.append("")
    comments(policy.comments, indent: "", mark: "///")
    var heading = (policy.isRole ? "role " : "policy ") + policy.name.writtenAsPolicy
    if !policy.includes.isEmpty {
      heading += " includes " + policy.includes.map(\.writtenAsPolicy).joined(separator: ", ")
    }
    lines.append(heading + " {")
    for rule in policy.rules {
      comments(rule.comments, indent: "  ", mark: "///")
      var text = "  \(rule.effect.word) \(rule.actions)"
      if !rule.condition.isAlways { text += " when \(rule.condition.text)" }
      lines.append(text)
    }
    lines.append("}")
  }

  private mutating func assignments() {
    if !draft.assignments.isEmpty { lines.append("") }
    for assignment in draft.assignments {
      comments(assignment.comments, indent: "")
      let policies = assignment.policies.map(\.writtenAsPolicy).joined(separator: ", ")
      let subjects = assignment.subjects.map(Self.written).joined(separator: ", ")
      let place = assignment.place.map { " in \($0.writtenAsUnit)" } ?? ""
      lines.append("assign \(policies) to \(subjects)\(place)")
    }
  }

  private static func written(_ subject: PolicyDraft.Subject) -> String {
    switch subject {
    case .user(let id): "user \(describe(string: id.text))"
    case .serviceAccount(let id): "service-account \(describe(string: id.text))"
    case .group(let name): "group \(name.written)"
    case .everyone: "everyone"
    case .anonymous: "anonymous"
    }
  }
}
