extension LargeSet {
  /// Roles, and what they allow.
  static let casbinModel = """
    [request_definition]
    r = sub, obj, act
    [policy_definition]
    p = sub, obj, act
    [role_definition]
    g = _, _
    [policy_effect]
    e = some(where (p.eft == allow))
    [matchers]
    m = g(r.sub, p.sub) && r.obj == p.obj && r.act == p.act

    """

  /// As many rules and principals as the set has.
  var casbinPolicy: String {
    var lines = ""
    for rule in 0..<rules {
      lines += "p, role-\(rule % roles), service-\(rule % max(1, actions / 20)), "
      lines += "act-\(rule / roles)\n"
    }
    for principal in 0..<principals { lines += "g, user-\(principal), role-\(principal % roles)\n" }
    return lines
  }
}
