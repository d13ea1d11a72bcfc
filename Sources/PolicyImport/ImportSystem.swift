package import PolicySource

/// A system whose policies can be read.
package enum ImportSystem: String, CaseIterable, Sendable {
  case aws, kubernetes, casbin

  /// The name that people know.
  package var title: String {
    switch self {
    case .aws: "AWS IAM"
    case .kubernetes: "Kubernetes RBAC"
    case .casbin: "Casbin"
    }
  }

  /// The system whose policies a file seems to hold; nil where that is not plain.
  ///
  /// - Complexity: O(bytes).
  package static func guessed(_ file: SourceFile) -> ImportSystem? {
    let text = String(decoding: file.bytes, as: UTF8.self)
    for line in text.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      let line = line.drop { $0 == 0x20 || $0 == 0x09 }
      func begins(_ words: String...) -> Bool { words.contains { line.starts(with: $0.utf8) } }
      if line.isEmpty || begins("#", "---") { continue }
      if begins("[request_definition]", "p,", "p ,", "g,", "g ,", "p2,", "g2,") { return .casbin }
      if begins("apiVersion:", "kind:", "metadata:", "rules:", "items:") { return .kubernetes }
      guard begins("{") else { return nil }
      func names(_ keys: String...) -> Bool { keys.contains { text.contains("\"\($0)\"") } }
      let isManifest = names("apiVersion")
      return names("Statement") == isManifest ? nil : isManifest ? .kubernetes : .aws
    }
    return nil
  }
}
