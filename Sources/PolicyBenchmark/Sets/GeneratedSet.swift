/// A policy set of any size as text, the same bytes for the same numbers.
///
/// Role r is assigned to user `user-r@acme.example`. The rules of a role share all actions among
/// them, so that the tables cover the same cells however many rules there are.
package struct GeneratedSet: Sendable {
  package var roles: Int
  /// A multiple of 20: every service has 20 actions.
  package var actions: Int
  package var rules: Int
  /// How many of 100 rules have a condition.
  package var conditionalShare: Int
  /// Whether all rules of a role have the same effect and condition; otherwise each has its own.
  package var isUniform: Bool
  /// How many users there are besides, who have the roles in turn.
  package var users = 0

  package init(
    roles: Int,
    actions: Int,
    rules: Int,
    conditionalShare: Int,
    isUniform: Bool = false
  ) {
    self.roles = roles
    self.actions = actions
    self.rules = rules
    self.conditionalShare = conditionalShare
    self.isUniform = isUniform
  }

  private var services: Int { max(1, actions / 20) }

  /// The id of the user who has a role.
  package static func user(_ role: Int) -> String { "user-\(role)@acme.example" }

  /// The whole set in one file.
  package var text: String {
    var text = catalogue
    for role in 0..<roles {
      text += "role role-\(role) {\n"
      let first = rules * role / roles
      let count = rules * (role + 1) / roles - first
      for number in 0..<count { text += rule(number, of: count, role: role) }
      text += "}\nassign role-\(role) to user \"\(Self.user(role))\"\n"
    }
    for user in 0..<users {
      text += "assign role-\(user % roles) to user \"\(Self.user(roles + user))\"\n"
    }
    return text
  }

  private var catalogue: String {
    var text = """
      catalogue generated {
        context { mfa: Bool }
        resource { level: Int  region: "eu" | "us" | "apac"  department: String }

      """
    for service in 0..<services {
      text += "  service service-\(service) {\n    read {\n"
      for action in 0..<10 { text += "      get-\(action)\n" }
      text += "    }\n    write {\n"
      for action in 0..<10 { text += "      put-\(action)\n" }
      text += "    }\n  }\n"
    }
    return text + "}\n"
  }

  private func rule(_ number: Int, of count: Int, role: Int) -> String {
    var random = SplitMix64(seed: UInt64(role) << 32 | UInt64(isUniform ? 0 : number))
    let effect = random.next(below: 4) == 0 ? "deny" : "allow"
    let isConditional = random.next(below: 100) < conditionalShare
    let condition = isConditional ? " when \(Self.condition(random.next(below: 64)))" : ""
    return "  \(effect) \(patterns(number, of: count))\(condition)\n"
  }

  /// The actions of one of so many rules.
  private func patterns(_ number: Int, of count: Int) -> String {
    func name(_ action: Int) -> String { action < 10 ? "get-\(action)" : "put-\(action - 10)" }
    if count == 1 { return "*" }
    if count < 20 {
      let range = 20 * number / count..<20 * (number + 1) / count
      return "*.{\(range.map(name).joined(separator: ", "))}"
    }
    // The rules for one name of an action share the services among them; some may have none.
    let action = number * 20 / count
    let first = (action * count + 19) / 20
    let last = ((action + 1) * count + 19) / 20
    if last - first == 1 { return "*.\(name(action))" }
    let part = number - first
    let range = services * part / (last - first)..<services * (part + 1) / (last - first)
    let listed = range.isEmpty ? part % services..<part % services + 1 : range
    return listed.map { "service-\($0).\(name(action))" }.joined(separator: ", ")
  }

  /// One of 64 conditions, which read one to four attributes.
  private static func condition(_ number: Int) -> String {
    let level = "resource.level <= \(1 + number / 4 % 8)"
    let region = "resource.region == \"\(["eu", "us", "apac"][number / 4 % 3])\""
    let department = "resource.department == \"d\(number / 4)\""
    return switch number % 4 {
    case 0: number % 8 == 0 ? "context.mfa" : department
    case 1: "context.mfa and \(level)"
    case 2: "\(region) and (context.mfa or \(level))"
    default: "context.mfa and (\(level) or \(region)) and not \(department)"
    }
  }
}
