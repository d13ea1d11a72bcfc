import PolicyEngine
import PolicyModel
import PolicyTestSupport

/// Random assertions, rules that meet, and requests that say less.
extension RandomPolicies {
  private static let premises =
    checks + [
      "has context.mfa", "not has resource.tags", "context.mfa and context.level > 1",
      "principal in group open and context.mfa",
    ]

  /// Assertions of every kind that speak of decisions.
  static func assertions(_ random: inout RandomSource) -> [String] {
    (0..<8).map { _ in
      var text = "assert "
      if random.oneIn(5) {
        text += "only \(random.element(of: names)) can"
      } else {
        text += random.element(
          of: names + [
            "anyone", "everyone", "anonymous", "user \"ada\"", "user \"bob\"", "group open",
            "group listed",
          ]
        )
        text += random.oneIn(3) ? " can" : " cannot"
      }
      text += " \(actions(&random))"
      if random.oneIn(3) {
        text += " in \(random.element(of: ["outside", "acme", "acme/plant, other"]))"
      }
      if random.oneIn(2) { text += " when \(random.element(of: premises))" }
      return text
    }
  }

  /// Rules for actions of which few others speak, so that denies meet no allow.
  private static let meetings = [
    "deny user.create", "deny user.list unless context.mfa", "allow user.list when context.mfa",
    "allow user.create when context.level < 2", "deny user.* when context.level > 2",
  ]

  /// A policy set of few actions and conditions and more rules, so that the rules meet.
  static func overlapping(_ random: inout RandomSource) -> PolicySet? {
    var parts = grounds
    for (index, name) in names.enumerated() {
      let includes = index > 0 && random.oneIn(3) ? " includes \(names[index - 1])" : ""
      var rules = (0..<1 + random.below(5)).map { _ in rule(&random) }
      if random.oneIn(3) { rules.append(random.element(of: rules)) }
      if random.oneIn(2) { rules.append(random.element(of: meetings)) }
      parts.append("role \(name)\(includes) { \(rules.joined(separator: "\n")) }")
    }
    parts += (0..<random.below(4)).map { _ in assignment(&random) }
    return try? policySet(catalogue + parts.joined(separator: "\n"))
  }

  /// Random requests, some of which do not say who is asking, or in which groups.
  static func requests(_ random: inout RandomSource, in set: PolicySet) -> [RequestData] {
    (0..<150).map { _ in
      var request = request(&random, in: set)
      if random.oneIn(6) { request.identity = .unknown }
      if random.oneIn(6) { request.groups = nil }
      return request
    }
  }
}
