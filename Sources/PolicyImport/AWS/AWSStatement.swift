import PolicyModel
import PolicySource

/// A text of a policy document, with its place.
struct AWSText: Sendable {
  let text: String
  let span: SourceSpan
}

/// A condition of a statement: an operator with its prefix and suffix, a key and values.
struct AWSCondition: Sendable {
  let operatorName: AWSText
  let key: AWSText
  let values: [AWSText]
  /// The key with its values.
  let span: SourceSpan
}

/// A statement of a policy document.
struct AWSStatement: Sendable {
  /// Texts, or all but these.
  struct Selection: Sendable {
    let texts: [AWSText]
    /// Whether it is `NotAction`, `NotResource` or `NotPrincipal`.
    let isNegated: Bool
  }

  let effect: Effect
  let sid: String?
  let actions: Selection
  let resources: Selection?
  /// Whom it is about: `*`, or kind and name with `:` between; nil in policies that principals have.
  let principals: Selection?
  let conditions: [AWSCondition]
  let span: SourceSpan
}

/// A policy document with a name.
struct AWSDocument: Sendable {
  let name: Name
  /// Whether `${…}` is a variable: since the version of 2012.
  let hasVariables: Bool
  let statements: [AWSStatement]
  let span: SourceSpan
}

/// Reads policy documents, strictly: AWS refuses keys that it does not know.
struct AWSReader {
  var report: ImportReport

  /// The document of a file, by itself or in the answer of a command that shows one.
  mutating func document(_ file: SourceFile, as id: FileID) -> AWSDocument? {
    guard let root = DataNode.json(file, as: id, &report) else { return nil }
    var name = file.path.split(separator: "/").last.map(String.init) ?? file.path
    if name.hasSuffix(".json"), name.utf8.count > 5 { name.removeLast(5) }
    var node = root
    if let inner = root["PolicyDocument"] {
      name = root["PolicyName"]?.string ?? name
      node = inner
    } else if let inner = root["PolicyVersion"]?["Document"] {
      node = inner
    }
    guard node.isObject(of: ["Version", "Id", "Statement"], &report) else { return nil }
    guard let body = node["Statement"] else {
      report.unreadable(node.span, "the document has no `Statement`")
      return nil
    }
    let version = node["Version"]?.string ?? "2008-10-17"
    guard ["2012-10-17", "2008-10-17"].contains(version) else {
      report.unreadable(node["Version"]?.span ?? node.span, "there is no version `\(version)`")
      return nil
    }
    let statements = elements(body).compactMap { statement($0) }
    return AWSDocument(
      name: Name(name),
      hasVariables: version == "2012-10-17",
      statements: statements,
      span: node.span
    )
  }

  private mutating func statement(_ node: DataNode) -> AWSStatement? {
    let keys = [
      "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource",
      "NotResource", "Condition",
    ]
    guard node.isObject(of: keys, &report) else { return nil }
    guard let word = node["Effect"]?.string, ["Allow", "Deny"].contains(word) else {
      report.unreadable(node["Effect"]?.span ?? node.span, "the effect is `Allow` or `Deny`")
      return nil
    }
    // Reading one of two would be to guess which was meant, and could allow more.
    for key in ["Principal", "Action", "Resource"] where node[key] != nil {
      guard let negated = node["Not" + key] else { continue }
      report.unreadable(
        negated.span,
        "the statement has both `\(key)` and `Not\(key)`",
        help: "write one of them, or a statement for each"
      )
      return nil
    }
    guard let actions = selection(node, "Action") else {
      report.unreadable(node.span, "the statement has no `Action`")
      return nil
    }
    let principals = principals(node)
    let resources = selection(node, "Resource")
    guard resources != nil || principals != nil else {
      report.unreadable(node.span, "the statement has neither `Resource` nor `Principal`")
      return nil
    }
    return AWSStatement(
      effect: word == "Allow" ? .allow : .deny,
      sid: node["Sid"]?.string,
      actions: actions,
      resources: resources,
      principals: principals,
      conditions: conditions(node["Condition"]),
      span: node.span
    )
  }

  /// What stands below a key, or below the same with `Not` before it; nil where neither is there.
  private mutating func selection(_ node: DataNode, _ key: String) -> AWSStatement.Selection? {
    guard let value = node[key] ?? node["Not" + key] else { return nil }
    return AWSStatement.Selection(texts: texts(value), isNegated: node[key] == nil)
  }

  private mutating func principals(_ node: DataNode) -> AWSStatement.Selection? {
    guard let value = node["Principal"] ?? node["NotPrincipal"] else { return nil }
    var found: [AWSText] = []
    if let text = value.string {
      found = [AWSText(text: text, span: value.span)]
    } else {
      for member in value.members {
        found += texts(member.value).map {
          AWSText(text: "\(member.key.text):\($0.text)", span: $0.span)
        }
      }
      if found.isEmpty { report.unreadable(value.span, "there is no principal") }
    }
    return AWSStatement.Selection(texts: found, isNegated: node["Principal"] == nil)
  }

  private mutating func conditions(_ node: DataNode?) -> [AWSCondition] {
    guard let node else { return [] }
    guard case .object(let operators) = node.value else {
      report.unreadable(node.span, "\(node.kind) stands where an object is expected")
      return []
    }
    var result: [AWSCondition] = []
    for member in operators {
      guard case .object(let keys) = member.value.value else {
        report.unreadable(
          member.value.span,
          "\(member.value.kind) stands where an object is expected"
        )
        continue
      }
      for key in keys {
        result.append(
          AWSCondition(
            operatorName: AWSText(text: member.key.text, span: member.keySpan),
            key: AWSText(text: key.key.text, span: key.keySpan),
            values: texts(key.value),
            span: key.keySpan.union(key.value.span)
          )
        )
      }
    }
    return result
  }

  private func elements(_ node: DataNode) -> [DataNode] {
    if case .list(let elements) = node.value { elements } else { [node] }
  }

  /// One or several texts, as which numbers and booleans stand too.
  private mutating func texts(_ node: DataNode) -> [AWSText] {
    var result: [AWSText] = []
    for element in elements(node) {
      switch element.value {
      case .string(let text), .number(let text):
        result.append(AWSText(text: text, span: element.span))
      case .bool(let flag): result.append(AWSText(text: "\(flag)", span: element.span))
      default: report.unreadable(element.span, "\(element.kind) stands where a text is expected")
      }
    }
    if case .list(let list) = node.value, list.isEmpty {
      report.unreadable(node.span, "the list is empty")
    }
    return result
  }
}
