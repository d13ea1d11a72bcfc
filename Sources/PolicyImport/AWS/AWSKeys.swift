import PolicyModel

/// The attributes that condition keys become, and their types; letters of either case are one.
struct AWSKeys: Sendable {
  /// Keys that AWS says every request has.
  private static let everywhere: Set<String> = [
    "aws:currenttime", "aws:epochtime", "aws:securetransport", "aws:useragent",
  ]

  private var spellings: [Name: Name] = [:]
  private var types: [Name: String] = [:]
  private let known: KnownActions?
  /// The attributes that the result declares.
  private(set) var declared: Set<PolicyDraft.Attribute> = []

  /// The keys of some documents; each has the type in which it is compared first.
  init(_ documents: [AWSDocument], known: KnownActions?) {
    self.known = known
    for document in documents {
      for condition in document.statements.flatMap(\.conditions) {
        let key = Name(condition.key.text.lowercased())
        spellings[key] = spellings[key] ?? Name(condition.key.text)
        guard let type = AWSOperator(condition.operatorName.text)?.type else { continue }
        types[key] = types[key] ?? type
      }
    }
  }

  /// Whether every request has a value of it.
  func isEverywhere(_ key: String) -> Bool { Self.everywhere.contains(key.lowercased()) }

  /// The attribute of a key as conditions name it; nil where it has another type, or no name.
  mutating func attribute(_ key: String, type: String?) -> String? {
    let folded = Name(key.lowercased())
    let name = spellings[folded] ?? Name(key)
    let found = known?.attributes["context.\(name.text)"]
    let its = found ?? types[folded] ?? type ?? "String"
    guard name.isSayable, type == nil || its.utf8.elementsEqual((type ?? "").utf8) else {
      return nil
    }
    types[folded] = its
    spellings[folded] = name
    if found == nil {
      declared.insert(PolicyDraft.Attribute(space: .context, name: name, type: its))
    }
    return "context.\(name.written)"
  }

  /// Declares the resource's ARN, unless the catalogue does.
  mutating func useARN() {
    guard known?.attributes["resource.arn"] == nil else { return }
    declared.insert(PolicyDraft.Attribute(space: .resource, name: Name("arn"), type: "String"))
  }
}
