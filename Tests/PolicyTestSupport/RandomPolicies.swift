package import PolicyEngine
package import PolicyModel

/// Random policies as text, and random requests for them.
package enum RandomPolicies {
  package static let catalogue = """
    catalogue portal {
      principal { team: String  boss: Principal }
      context { mfa: Bool  ip: IP  time: Time  level: Int }
      resource { workspace: String }
      service device {
        resource {
          owner: Principal  region: "eu" | "us"  trees: Set<Path>  home: Path
          tags: Set<String>  others: Set<String>  readers: Set<Principal>  size: Int  limit: Int
        }
        read { list  get }
        write { update  delete }
      }
      service user { list  create }
    }

    """

  package static let names = ["A", "B", "C"]

  /// Conditions on one thing each.
  package static let checks = [
    "context.mfa", "not context.mfa", "context.level < 2", "context.level != 1",
    "principal.team == \"a\"", "principal.team not like \"a*\"", "context.ip in \"10.0.0.0/8\"",
    "resource.owner == principal", "resource.owner != user \"ada\"",
    "resource.workspace == principal.team", "principal == user \"ada\"", "principal is user",
    "not principal is anonymous", "principal in group open", "principal not in group listed",
    "resource.tags contains \"a\"", "resource.tags not contains any [\"a\", \"b\"]",
    "resource.size < resource.limit", "resource.size >= resource.limit",
    "resource.trees under \"a\"", "resource.tags contains all resource.others",
  ]

  private static let assignable = [
    "context.mfa", "context.level > 1", "principal.team == \"a\"", "principal in group open",
    "resource.workspace == principal.team", "principal is service-account",
  ]

  package static func actions(_ random: inout RandomSource) -> String {
    random.element(of: ["device.*", "device.read", "device.list", "device.{get, update}"])
  }

  /// A condition for an effect; `has` is put where absence restricts.
  package static func part(_ random: inout RandomSource, _ effect: Effect) -> String {
    switch random.below(6) {
    case 0: "(\(part(&random, effect)) and \(part(&random, effect)))"
    case 1: "(\(part(&random, effect)) or \(part(&random, effect)))"
    case 2: "not \(part(&random, effect == .allow ? .deny : .allow))"
    case 3:
      (effect == .allow ? "has " : "not has ")
        + random.element(of: ["context.mfa", "resource.tags", "resource", "principal.team"])
    default: random.element(of: checks)
    }
  }

  package static func rule(_ random: inout RandomSource) -> String {
    let effect: Effect = random.oneIn(3) ? .deny : .allow
    let other: Effect = effect == .allow ? .deny : .allow
    var text = "\(effect.word) \(actions(&random))"
    if random.oneIn(2) { text += " when \(part(&random, effect))" }
    if random.oneIn(3) { text += " unless \(part(&random, other))" }
    return text
  }

  package static func assignment(_ random: inout RandomSource) -> String {
    let subject = random.element(
      of: [
        "everyone", "anonymous", "user \"ada\"", "service-account \"ada\"", "group open",
        "group listed", "group both",
      ]
    )
    var text = "assign \(random.element(of: names)) to \(subject)"
    if random.oneIn(3) { text += " in \(random.element(of: ["acme", "acme/plant", "other"]))" }
    if random.oneIn(3) { text += " when \(random.element(of: assignable))" }
    return text
  }

  /// The groups and units of every set.
  package static let grounds = [
    "group open", "group listed { user \"ada\" }", "group both { group open group listed }",
    "ou acme { plant }", "ou other",
  ]

  package static func declarations(_ random: inout RandomSource) -> [String] {
    var parts = grounds
    for (index, name) in names.enumerated() {
      let includes = index > 0 && random.oneIn(3) ? " includes \(names[index - 1])" : ""
      let rules = (0..<1 + random.below(3)).map { _ in rule(&random) }
      parts.append("role \(name)\(includes) { \(rules.joined(separator: "\n")) }")
    }
    return parts + (0..<random.below(5)).map { _ in assignment(&random) }
  }

  package static func text(_ random: inout RandomSource) -> String {
    declarations(&random).joined(separator: "\n")
  }

  package static func request(_ random: inout RandomSource, in set: PolicySet) -> RequestData {
    var request = RequestData(
      kind: random.element(of: PrincipalKind.allCases),
      identity: .named(random.element(of: ["ada", "bob"])),
      groups: random.oneIn(2) ? [] : [set.group("open")],
      action: set.action(random.element(of: ["device.list", "device.get", "device.update"]))
    )
    if request.kind == .anonymous { request.identity = .unknown }
    request.held = (0..<random.below(3)).map { _ in
      Holding(
        set.policy(random.element(of: names)),
        in: random.oneIn(2) ? nil : UnitIndex(random.below(set.units.count))
      )
    }
    request.unit = random.oneIn(4) ? .outside : .unit(UnitIndex(random.below(set.units.count)))
    if random.oneIn(2) { request.resourceID = "d-1" }
    for index in set.catalogue.attributes.indices where !random.oneIn(3) {
      request.values[index] = value(of: set.catalogue.attributes[index].type, &random)
    }
    return request
  }

  private static func value(of type: AttributeType, _ random: inout RandomSource) -> Value {
    func texts() -> [String] { ["a", "b"].filter { _ in random.oneIn(2) } }
    switch type {
    case .bool: return .bool(random.oneIn(2))
    case .int: return .int(Int64(random.below(4)))
    case .string: return .string(random.element(of: ["a", "b", "ab"]))
    case .oneOf(let words): return .string(random.element(of: words))
    case .ip: return .ip(IPAddress(version4: random.oneIn(2) ? 0x0a00_0001 : 0x0b00_0001))
    case .time: return .time(Instant(seconds: Int64(random.below(3))))
    case .path: return .path(random.element(of: ["a", "a/b", "b"]))
    case .principal: return .principal(.user(random.element(of: ["ada", "bob"])))
    case .strings: return .strings(texts())
    case .paths: return .paths(texts())
    case .principals: return .principals(texts().map { .user($0) })
    }
  }
}
