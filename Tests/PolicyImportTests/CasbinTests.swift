import Foundation
import PolicyEngine
import PolicyImport
import PolicySource
import PolicyTestSupport
import Testing

/// Casbin, decision by decision beside pycasbin.
@Suite struct CasbinTests {
  /// A model and a policy, with the names that requests are made of.
  struct Case {
    var model: String
    var policy: String
    var hasDomains = false

    /// The first values of lines, split as Casbin splits them.
    private func column(_ key: String, _ place: Int) -> [String] {
      policy.split(separator: "\n").compactMap { line in
        let parts = line.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        return parts.first == key && parts.count > place + 1 ? parts[place + 1] : nil
      }
    }

    private func names(_ columns: [(String, Int)]) -> [String] {
      var seen: Set<[UInt8]> = []
      return columns.flatMap { column($0, $1) }.filter { seen.insert(Array($0.utf8)).inserted }
    }

    /// Every combination of what is named, and of somebody and something that is not.
    var requests: [[String]] {
      let subjects = names([("p", 0), ("g", 0), ("g", 1)]) + ["nobody"]
      let domains = hasDomains ? names([("p", 1), ("g", 2)]) : [""]
      let offset = hasDomains ? 1 : 0
      let objects = names([("p", 1 + offset)]) + ["nothing"]
      let actions = names([("p", 2 + offset)]) + ["undone"]
      var result: [[String]] = []
      for subject in subjects {
        for domain in domains {
          for object in objects {
            for action in actions {
              result.append([subject] + (hasDomains ? [domain] : []) + [object, action])
            }
          }
        }
      }
      return result
    }

    /// Whether a name has members, so that requests hold it as a role.
    func isRole(_ name: String, in domain: String?) -> Bool {
      let members = zip(column("g", 0), column("g", 1))
      let places: [String?] = hasDomains && model.contains("_, _, _") ? column("g", 2) : []
      return members.enumerated().contains { index, link in
        link.1 == name && link.0 != name && (places.isEmpty || places[index] == domain)
      }
    }

    /// A request as the user of its first name; or, where `holds`, as somebody who holds that role.
    func document(_ request: [String], holds: Bool) -> RequestDocument {
      let domain = hasDomains ? request[1] : nil
      let rest = request.suffix(2)
      var document = RequestDocument(action: rest.joined(separator: "."))
      document.groups = []
      if let domain { document.unit = .unit(domain) }
      if holds {
        let name = domain.map { "\(request[0])@\($0)" } ?? request[0]
        document.policies = [HeldPolicy(name, in: domain)]
        document.subjectID = "somebody who is named nowhere"
      } else {
        document.subjectID = request[0]
      }
      return document
    }

    /// The request in the words of the imported set: of a role as its user, and as one who holds it.
    func documents(_ request: [String]) -> [RequestDocument] {
      let domain = hasDomains ? request[1] : nil
      let ways = isRole(request[0], in: domain) ? [false, true] : [false]
      return ways.map { document(request, holds: $0) }
    }
  }

  static func model(domains: Bool, denials: Bool, matcher: String? = nil) -> String {
    let parts = domains ? "sub, dom, obj, act" : "sub, obj, act"
    let roles = domains ? "g(r.sub, p.sub, r.dom) && r.dom == p.dom" : "g(r.sub, p.sub)"
    let allow = "some(where (p.eft == allow))"
    return """
      # A model of Casbin's manual.
      [request_definition]
      r = \(parts)

      [policy_definition]
      p = \(parts)\(denials ? ", eft" : "")

      [role_definition]
      g = \(domains ? "_, _, _" : "_, _")

      [policy_effect]
      e = \(allow)\(denials ? " && !some(where (p.eft == deny))" : "")

      [matchers]
      m = \(matcher ?? "\(roles) && r.obj == p.obj && r.act == p.act")

      """
  }

  /// Compares all requests of some cases; nil where there is no pycasbin.
  private func compare(_ cases: [Case]) throws {
    let lines = try cases.map { item in
      try Python.json([
        "model": item.model, "policy": item.policy, "requests": item.requests,
      ])
    }
    guard let answers = try Python.run("casbin_decide.py", lines) else { return }
    try #require(answers.count == cases.count)
    var allowed = 0
    for (item, answer) in zip(cases, answers) {
      let decisions = try #require(try Python.parse(answer) as? [Bool], "\(answer)\n\(item.policy)")
      let imported = try ImportedSet(
        [("model.conf", item.model), ("policy.csv", item.policy)],
        from: .casbin
      )
      #expect(imported.isWhole)
      for (request, decision) in zip(item.requests, decisions) {
        for document in item.documents(request) {
          let found = try imported.allows(document)
          allowed += found ? 1 : 0
          guard found != decision else { continue }
          Issue.record(
            "\(request): Casbin \(decision)\n\(item.model)\(item.policy)\n\(imported.text)"
          )
          return
        }
      }
    }
    #expect(allowed > 0)
  }

  @Test func `handmade policies decide as in pycasbin`() throws {
    let roles = """
      p, alice, data1, read
      p, admin, data2, read
      p, admin, data2, write
      p, auditor, data1.log, read
      g, alice, admin
      g, bob, auditor
      g, admin, auditor
      """
    let ring = "p, a, x, read\np, b, x, write\ng, a, b\ng, b, a\ng, u, a\np, c, y, read\ng, b, c\n"
    let chain = (0..<9).map { "g, r\($0), r\($0 + 1)\n" }.joined() + "p, r9, x, read\n"
    let denials = """
      p, editors, post, write, allow
      p, editors, post, delete, allow
      p, interns, post, delete, deny
      g, ada, editors
      g, bo, editors
      g, bo, interns
      p, bo, post, read, allow
      """
    let domains = """
      p, admin, acme, data1, read
      p, admin, acme, data1, write
      p, admin, umbrella, data2, read
      p, reader, acme, data2, read
      g, alice, admin, acme
      g, bob, admin, umbrella
      g, admin, reader, acme
      g, carol, reader, umbrella
      p, bob, acme, data1, read
      g, dave, alice, acme
      """
    let odd =
      "p, everyone, in, *, allow\np, user, a/b.c d, deny, deny\ng, größe, user\n"
      + "p, größe, a/b.c d, deny, allow\np, größe, resource, service, allow\np, x, y, z, perhaps\n"
    try compare([
      Case(model: Self.model(domains: false, denials: false), policy: roles),
      Case(model: Self.model(domains: false, denials: false), policy: ring),
      Case(model: Self.model(domains: false, denials: false), policy: chain),
      Case(model: Self.model(domains: false, denials: true), policy: denials),
      Case(model: Self.model(domains: true, denials: false), policy: domains, hasDomains: true),
      Case(model: Self.model(domains: false, denials: true), policy: odd),
      Case(
        model: Self.model(
          domains: false,
          denials: false,
          matcher: "r.act==p.act && p.obj==r.obj && r.sub == p.sub # ==="
        ),
        policy: "p, a, x, read\np, b, x, write\np, b, y, read\n"
      ),
    ])
  }

  @Test func `random policies decide as in pycasbin`() throws {
    var cases: [Case] = []
    for seed in RandomCases(25).seeds {
      var random = RandomSource(seed: seed)
      cases.append(Self.randomCase(&random))
    }
    try compare(cases)
  }

  private static func randomCase(_ random: inout RandomSource) -> Case {
    let hasDomains = random.oneIn(2)
    let denials = random.oneIn(2)
    let subjects = ["ada", "bo", "cy", "admin", "audit", "ops", "any", "zoë"]
    let objects = ["data1", "data.two", "a b", "service"]
    let actions = ["read", "write", "x.y"]
    let domains = ["acme", "outside", "e.u"]
    var lines: [String] = []
    for _ in 0..<(3 + random.below(10)) {
      var line = ["p", random.element(of: subjects)]
      if hasDomains { line.append(random.element(of: domains)) }
      line += [random.element(of: objects), random.element(of: actions)]
      if denials { line.append(random.oneIn(4) ? "deny" : "allow") }
      lines.append(line.joined(separator: random.oneIn(3) ? "," : ", "))
    }
    for _ in 0..<random.below(8) {
      var line = ["g", random.element(of: subjects), random.element(of: subjects)]
      if hasDomains { line.append(random.element(of: domains)) }
      lines.append(line.joined(separator: ", "))
    }
    return Case(
      model: model(domains: hasDomains, denials: denials),
      policy: lines.joined(separator: "\n") + "\n",
      hasDomains: hasDomains
    )
  }
}
