import PolicySource

/// A resource and what is done to it, as rules of Kubernetes name them.
struct ResourceVerb: Hashable, Comparable, Sendable {
  /// The API group; empty for the core group.
  let group: Name
  /// The resource, with a subresource behind `/`.
  let resource: Name
  let verb: Name

  /// `GROUP/RESOURCE.VERB`, without the core group's empty name.
  var path: String {
    (group.text.isEmpty ? "" : group.text + "/") + resource.text + "." + verb.text
  }

  /// API groups without a dot; any other name before a `/` is a resource's.
  private static let plainGroups = ["apps", "autoscaling", "batch", "extensions", "policy"]

  init(group: Name, resource: Name, verb: Name) {
    self.group = group
    self.resource = resource
    self.verb = verb
  }

  /// What a path means; nil where it is none.
  init?(path: String) {
    guard let dot = path.utf8.lastIndex(of: UInt8(ascii: ".")) else { return nil }
    verb = Name(String(path[path.utf8.index(after: dot)...]))
    let rest = path[..<dot]
    if let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")) {
      let first = String(rest[..<slash])
      if first.utf8.contains(UInt8(ascii: ".")) || Self.plainGroups.contains(first) {
        group = Name(first)
        resource = Name(String(rest[rest.utf8.index(after: slash)...]))
        return
      }
    }
    group = Name("")
    resource = Name(String(rest))
  }

  static func < (left: ResourceVerb, right: ResourceVerb) -> Bool {
    (left.group, left.resource, left.verb) < (right.group, right.resource, right.verb)
  }
}

/// What the rules of some manifests can be about: what they name, or what a catalogue has.
struct ResourceCatalogue: Sendable {
  private struct Pair: Hashable, Sendable {
    let group: Name
    let resource: Name
  }

  static let all = Name("*")
  /// The service of URLs that are no resources.
  static let urls = Name("nonResourceURLs")
  /// The verbs that the API has for resources, and for other URLs.
  private static let verbs = [
    "create", "delete", "deletecollection", "get", "list", "patch", "update", "watch",
  ].map { Name($0) }
  private static let urlVerbs = ["delete", "get", "head", "options", "patch", "post", "put"]
    .map { Name($0) }

  /// What may be done to each resource, where a catalogue says.
  private let known: Set<ResourceVerb>?
  private let knownURLVerbs: Set<Name>?
  /// The resources that rules name, and the verbs.
  private var pairs: Set<Pair> = []
  private var namedVerbs: Set<Name> = []
  private var namedURLVerbs: Set<Name> = []

  /// Whether a star means no more than what is here.
  var isComplete: Bool { known != nil }

  init(_ roles: [ManifestRole], known: KnownActions?) {
    let parted = known?.paths.compactMap { ResourceVerb(path: $0) }
    self.known = parted.map { Set($0.filter { $0.resource != Self.urls }) }
    knownURLVerbs = parted.map { Set($0.filter { $0.resource == Self.urls }.map(\.verb)) }
    for rule in roles.flatMap(\.rules) {
      let verbs = rule.verbs.filter { $0 != Self.all }
      if !rule.urls.isEmpty {
        namedURLVerbs.formUnion(verbs)
        continue
      }
      namedVerbs.formUnion(verbs)
      for group in rule.groups where group != Self.all {
        for resource in rule.resources where !Self.isPattern(resource) {
          pairs.insert(Pair(group: group, resource: resource))
        }
      }
    }
  }

  /// Whether a resource of a rule means several: `*`, or `*/` and a subresource.
  static func isPattern(_ resource: Name) -> Bool {
    resource == all || resource.text.hasPrefix("*/")
  }

  /// What of a catalogue a rule is about, as the authorizer of Kubernetes matches it.
  ///
  /// - Complexity: O(catalogue × rule).
  func matches(_ rule: ManifestRule) -> Set<ResourceVerb> {
    func matches(_ names: [Name], _ name: Name) -> Bool {
      names.contains { $0 == Self.all || $0 == name }
    }
    func matchesResource(_ resource: Name) -> Bool {
      rule.resources.contains { pattern in
        if pattern == Self.all || pattern == resource { return true }
        guard pattern.text.hasPrefix("*/"), let slash = resource.text.firstIndex(of: "/") else {
          return false
        }
        return Name(String(resource.text[slash...])) == Name(String(pattern.text.dropFirst()))
      }
    }
    if let known {
      return known.filter { candidate in
        matches(rule.groups, candidate.group) && matches(rule.verbs, candidate.verb)
          && matchesResource(candidate.resource)
      }
    }
    var verbs = Set(rule.verbs)
    if verbs.remove(Self.all) != nil { verbs.formUnion(namedVerbs.union(Self.verbs)) }
    var result: Set<ResourceVerb> = []
    for pair in pairs where matches(rule.groups, pair.group) && matchesResource(pair.resource) {
      for verb in verbs {
        result.insert(ResourceVerb(group: pair.group, resource: pair.resource, verb: verb))
      }
    }
    return result
  }

  /// What a rule names without stars and the catalogue does not have, sorted.
  func missing(_ rule: ManifestRule) -> [ResourceVerb] {
    guard let known, rule.urls.isEmpty else { return [] }
    var result: Set<ResourceVerb> = []
    for group in rule.groups where group != Self.all {
      for resource in rule.resources where !Self.isPattern(resource) {
        for verb in rule.verbs where verb != Self.all {
          result.insert(ResourceVerb(group: group, resource: resource, verb: verb))
        }
      }
    }
    return result.subtracting(known).sorted()
  }

  /// What of a catalogue a rule about other URLs does to them.
  func urlVerbs(_ rule: ManifestRule) -> Set<Name> {
    let hasAll = rule.verbs.contains(Self.all)
    if let knownURLVerbs { return hasAll ? knownURLVerbs : knownURLVerbs.intersection(rule.verbs) }
    let named = Set(rule.verbs).subtracting([Self.all])
    return hasAll ? named.union(namedURLVerbs).union(Self.urlVerbs) : named
  }
}
