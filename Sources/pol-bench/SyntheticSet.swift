import PolicyBenchmark

/// Policy sets of any size, the same bytes for the same sizes.
enum SyntheticSet {
  /// A catalogue of services with 20 actions each, in two groups.
  static func catalogue(actions: Int) -> String {
    var text = """
      catalogue synthetic "Synthetic" {
        principal { department: String  clearance: Int }
        context { mfa: Bool  ip: IP  time: Time }
        resource { workspace: String  level: Int  region: "eu" | "us" | "apac"  owner: Principal }

      """
    for service in 0..<max(1, actions / 20) {
      text += "  service service-\(service) \"Service \(service)\" {\n    read {\n"
      for action in 0..<10 { text += "      get-\(action) \"Retrieve thing \(action)\"\n" }
      text += "    }\n    write {\n"
      for action in 0..<10 { text += "      put-\(action) \"Change thing \(action)\"\n" }
      text += "    }\n  }\n"
    }
    return text + "}\n"
  }

  /// Roles with an equal number of rules each; every third rule has a condition.
  static func roles(_ roles: Int, rules: Int, actions: Int) -> String {
    let services = max(1, actions / 20)
    var random = SplitMix64(seed: 42)
    var text = ""
    for role in 0..<roles {
      text += "role role-\(role) \"Role \(role)\" {\n"
      for rule in 0..<max(1, rules / roles) {
        let service = "service-\(random.next(below: services))"
        let number = random.next(below: 10)
        switch rule % 6 {
        case 0: text += "  allow \(service).read\n"
        case 1: text += "  allow \(service).put-\(number) when context.mfa\n"
        case 2: text += "  allow \(service).{get-\(number), put-\(number)}\n"
        case 3:
          text += "  deny \(service).put-* when resource.level > \(number) and not context.mfa\n"
        case 4: text += "  allow \(service).* except \(service).write\n"
        default:
          text += "  deny \(service).put-\(number) unless resource.workspace == \"w\(number)\"\n"
        }
      }
      text += "}\n"
    }
    return text
  }
}
