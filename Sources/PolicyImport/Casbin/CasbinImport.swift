import PolicyReport
import PolicySource

/// Casbin: policies in lines, and the model that says what they mean.
///
/// The action of a request is `OBJECT.ACTION`, its domain a unit. A subject with members is a role;
/// every other is a user.
struct CasbinImport {
  private let model: CasbinModel
  /// The domains, or one without a name.
  private var domains: [Name: CasbinDomain] = [:]
  private var draft = PolicyDraft(catalogue: "casbin")
  /// What a path was made of, since two pairs of object and action can have one.
  private var origins: [ActionName: CasbinRow] = [:]

  private init(_ model: CasbinModel) { self.model = model }

  static func draft(of sources: SourceMap, _ report: inout ImportReport) -> PolicyDraft? {
    var model: CasbinModel?
    var rows: [CasbinRow] = []
    var models = 0
    for id in sources.ids {
      let file = sources[id]
      if isModel(file) {
        models += 1
        if models > 1 {
          report.refused(SourceSpan(file: id, lower: 0, upper: 0), "this is the second model")
        }
        model = CasbinModelReader.model(of: file, as: id, &report)
      } else {
        rows += CasbinRow.rows(of: file, as: id, &report)
      }
    }
    guard models == 0 || model != nil else { return nil }
    guard let first = rows.first(where: { ["p", "g"].contains($0.key) }) else {
      let start = SourceSpan(file: FileID(0), lower: 0, upper: 0)
      report.unreadable(start, "there is no policy line", help: "give the policy beside its model")
      return nil
    }
    if models == 0 {
      report.remark(
        first.span,
        "read as roles by equality, since no model says otherwise",
        help: "give the `model.conf` of the policy too"
      )
    }
    var importer = CasbinImport(model ?? .standard)
    for row in rows { importer.read(row, isGuess: models == 0, &report) }
    importer.expandGlobalRoles()
    importer.write(&report)
    if let place = rows.first(where: { $0.key == "g" })?.span { importer.tellRoles(place, &report) }
    return importer.draft
  }

  /// Whether a file begins with a section.
  private static func isModel(_ file: SourceFile) -> Bool {
    let first = file.lineStarts.indices.lazy
      .map { String(decoding: file.lineBytes($0), as: UTF8.self) }
      .first { line in line.contains { !$0.isWhitespace } && !line.hasPrefix("#") }
    return first?.first { !$0.isWhitespace } == "["
  }

  private mutating func read(_ row: CasbinRow, isGuess: Bool, _ report: inout ImportReport) {
    switch row.key {
    case "p": readPolicy(row, isGuess: isGuess, &report)
    case "g" where model.hasRoles: readRole(row, &report)
    default:
      report.remark(row.span, "`\(row.key)` is nothing that the model defines, so the line is idle")
    }
  }

  private mutating func readPolicy(_ row: CasbinRow, isGuess: Bool, _ report: inout ImportReport) {
    guard row.values.count == model.valueCount else {
      return report.unreadable(
        row.span,
        "the line has \(Tally.count(row.values.count, "value")), and a policy has \(model.valueCount)",
        help: isGuess ? "give the `model.conf` of the policy too" : nil
      )
    }
    var denies = false
    if let place = model.effect {
      switch row.values[place].text {
      case "allow": break
      case "deny" where model.denialsCount: denies = true
      default:
        return report.remark(
          row.span,
          "the effect `\(row.values[place].text)` decides nothing in this model"
        )
      }
    }
    let path = "\(row.values[model.object].text).\(row.values[model.action].text)"
    guard let action = ActionName(path: path) else {
      return refuse(row, "an action cannot be called `\(path)`", &report)
    }
    if let other = origins[action], other.values[model.object] != row.values[model.object] {
      return refuse(row, "two objects have an action `\(path)`", &report)
    }
    origins[action] = origins[action] ?? row
    let subject = row.values[model.subject]
    let domain = model.domain.map { row.values[$0] } ?? Name("")
    guard check(subject, domain, row, &report) else { return }
    domains[domain, default: CasbinDomain()].add(action, denies: denies, to: subject, row.span)
    draft.actions.insert(action)
  }

  private mutating func readRole(_ row: CasbinRow, _ report: inout ImportReport) {
    let count = model.rolesAreOfDomains ? 3 : 2
    guard row.values.count == count else {
      return report.unreadable(
        row.span,
        "the line has \(Tally.count(row.values.count, "value")), and a role has \(count)"
      )
    }
    let domain = model.rolesAreOfDomains ? row.values[2] : Name("")
    guard check(row.values[0], domain, row, &report), check(row.values[1], domain, row, &report)
    else { return }
    domains[domain, default: CasbinDomain()].add(row.values[0], to: row.values[1], row.span)
  }

  /// Whether policy text can say a subject and a domain.
  private func check(
    _ subject: Name,
    _ domain: Name,
    _ row: CasbinRow,
    _ report: inout ImportReport
  ) -> Bool {
    guard subject.isSayable else {
      refuse(row, "a subject cannot be called `\(subject.text)`", &report)
      return false
    }
    guard model.domain != nil || model.rolesAreOfDomains, row.key == "p" || model.rolesAreOfDomains
    else { return true }
    guard domain.isSayable, !domain.text.utf8.contains(UInt8(ascii: "/")) else {
      refuse(row, "a unit cannot be called `\(domain.text)`", &report)
      return false
    }
    return true
  }

  private func refuse(_ row: CasbinRow, _ message: String, _ report: inout ImportReport) {
    report.refused(row.span, message, help: "rename it, or leave the line out")
  }
}

extension CasbinImport {
  /// Roles without a domain are had in every domain that policies name.
  private mutating func expandGlobalRoles() {
    guard model.domain != nil, !model.rolesAreOfDomains else { return }
    guard let everywhere = domains.removeValue(forKey: Name("")) else { return }
    for domain in domains.keys { domains[domain]?.addRoles(of: everywhere) }
  }

  /// Tells what Casbin does and few mean: a user who is called like a role has it.
  private func tellRoles(_ place: SourceSpan, _ report: inout ImportReport) {
    let roles = Set(domains.values.flatMap(\.roleNames)).sorted()
    guard let first = roles.first else { return }
    let isOne = roles.count == 1
    let others = isOne ? "" : " and \(Tally.count(roles.count - 1, "other"))"
    report.remark(
      place,
      "as by Casbin, \(isOne ? "role" : "roles") `\(first.text)`\(others) "
        + (isOne
          ? "is also given to the user of that name" : "are also given to users of these names"),
      help: "take the user out of the `assign` where nobody is called so"
    )
  }

  /// The name of the policy of a subject in a domain.
  private func policyName(_ subject: Name, _ domain: Name) -> Name {
    domain.text.isEmpty ? subject : Name("\(subject.text)@\(domain.text)")
  }

  private mutating func write(_ report: inout ImportReport) {
    var owners: [Name: (subject: Name, domain: Name)] = [:]
    for (domain, contents) in domains.sorted(by: { $0.key < $1.key }) {
      if !domain.text.isEmpty { draft.units.insert(domain) }
      if let far = contents.tooDeep() {
        report.refused(
          far.span,
          "more than nine roles lead from `\(far.subject.text)` to `\(far.role.text)`",
          help: "Casbin's implementations follow different numbers of them"
        )
      }
      for policy in contents.policies() {
        let name = policyName(policy.subject, domain)
        if let other = owners[name] {
          report.refused(
            policy.span,
            "`\(other.subject.text)` in `\(other.domain.text)`, and `\(policy.subject.text)` in "
              + "`\(domain.text)`, would both be policy `\(name.text)`"
          )
        }
        owners[name] = (policy.subject, domain)
        draft.policies.append(
          PolicyDraft.Policy(
            name: name,
            isRole: contents.isRole(policy.subject),
            includes: policy.includes.map { policyName($0, domain) },
            rules: policy.rules
          )
        )
      }
      for (policy, users) in contents.assignments() {
        draft.assignments.append(
          PolicyDraft.Assignment(
            policies: [policyName(policy, domain)],
            subjects: users.map { .user($0) },
            place: domain.text.isEmpty ? nil : domain
          )
        )
      }
    }
  }
}
