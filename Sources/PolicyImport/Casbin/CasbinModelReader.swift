import PolicySource

/// Reads a model: access control lists and roles, by equality, with domains and denials or not.
///
/// Everything else would need what policy text has not, or would decide in an order.
struct CasbinModelReader {
  private let settings: [CasbinSetting]
  private let start: SourceSpan

  private init(_ file: SourceFile, _ id: FileID, _ report: inout ImportReport) {
    settings = CasbinSetting.settings(of: file, as: id, &report)
    start = SourceSpan(file: id, lower: 0, upper: 0)
  }

  /// The model of a file; nil where an error was reported.
  static func model(
    of file: SourceFile,
    as id: FileID,
    _ report: inout ImportReport
  ) -> CasbinModel? {
    let reader = CasbinModelReader(file, id, &report)
    let before = report.diagnostics.count
    let model = reader.model(&report)
    return report.diagnostics.count == before ? model : nil
  }

  private static let keys = [
    ("request_definition", "r"), ("policy_definition", "p"), ("role_definition", "g"),
    ("policy_effect", "e"), ("matchers", "m"),
  ]

  private func model(_ report: inout ImportReport) -> CasbinModel? {
    var found: [String: CasbinSetting] = [:]
    for setting in settings {
      guard Self.keys.contains(where: { $0 == setting.section && $1 == setting.key }) else {
        report.refused(
          setting.span,
          "there is no equal of `\(setting.key)` in section `\(setting.section)`",
          help: "models of one `r`, `p`, `e` and `m`, with or without one `g`, can be imported"
        )
        continue
      }
      if found[setting.key] != nil {
        report.unreadable(setting.span, "`\(setting.key)` is set twice")
      }
      found[setting.key] = setting
    }
    guard let request = found["r"], let policy = found["p"], let effect = found["e"],
      let matcher = found["m"]
    else {
      let missing = ["r", "p", "e", "m"].filter { found[$0] == nil }.map { "`\($0)`" }
      report.unreadable(start, "the model does not set \(missing.joined(separator: ", "))")
      return nil
    }
    var model = CasbinModel()
    model.hasRoles = found["g"] != nil
    if let roles = found["g"] {
      guard ["_,_", "_,_,_"].contains(roles.condensed) else {
        report.refused(roles.span, "roles are defined as `\(roles.value)`, not `_, _` or `_, _, _`")
        return nil
      }
      model.rolesAreOfDomains = roles.list.count == 3
    }
    switch effect.condensed {
    case "some(where(p.eft==allow))": model.denialsCount = false
    case "some(where(p.eft==allow))&&!some(where(p.eft==deny))": model.denialsCount = true
    default:
      report.refused(
        effect.span,
        "policies are weighed by `\(effect.value)`",
        help: "only `some(where (p.eft == allow))`, alone or with "
          + "`&& !some(where (p.eft == deny))`, does not depend on order"
      )
      return nil
    }
    let fields = policy.list
    model.effect = fields.firstIndex(of: "eft")
    model.valueCount = fields.count
    return positions(of: model, fields, request.list, matcher, &report)
  }

  /// The model with the positions that its matcher gives.
  private func positions(
    of model: CasbinModel,
    _ fields: [String],
    _ requested: [String],
    _ matcher: CasbinSetting,
    _ report: inout ImportReport
  ) -> CasbinModel? {
    guard let pairs = CasbinMatcher(matcher.condensed, model) else {
      report.refused(
        matcher.span,
        "requests are matched by `\(matcher.value)`",
        help:
          "matchers that only compare each part of the request with the policy's by `==`, or the "
          + "subject by `g`, can be imported"
      )
      return nil
    }
    var rest = Array(requested.enumerated())
    var positions: [String: Int] = [:]
    for (asked, field) in pairs.pairs {
      guard let place = rest.firstIndex(where: { $0.element == asked }),
        let position = fields.firstIndex(of: field), !positions.values.contains(position)
      else {
        report.refused(matcher.span, "`r.\(asked)` and `p.\(field)` are not one part of each")
        return nil
      }
      rest.remove(at: place)
      positions[asked] = position
    }
    let others = fields.indices.filter { $0 != model.effect && !positions.values.contains($0) }
    guard rest.isEmpty, others.isEmpty, Set(fields).count == fields.count else {
      report.refused(matcher.span, "the matcher does not ask about every part")
      return nil
    }
    let subject = requested.first { $0 == "sub" } ?? requested.first ?? ""
    if let asked = pairs.subject, asked != subject {
      report.refused(
        matcher.span,
        "`g` gives roles to `r.\(asked)`, and the subject is `r.\(subject)`",
        help: "only roles of the subject can be imported: policy text has no roles of resources"
      )
      return nil
    }
    let domain =
      pairs.domain
      ?? requested.first { ["dom", "domain", "tenant"].contains($0) && $0 != subject }
    let remaining = requested.filter { $0 != subject && $0 != domain }
    guard remaining.count == 2, let place = positions[subject],
      domain.map({ positions[$0] != nil })
        ?? true
    else {
      report.refused(
        matcher.span,
        "requests have \(requested.count) parts",
        help: "a subject, perhaps a domain (`dom`), an object and an action can be imported"
      )
      return nil
    }
    var model = model
    model.subject = place
    model.domain = domain.flatMap { positions[$0] }
    model.object = positions[remaining[0]] ?? 0
    model.action = positions[remaining[1]] ?? 0
    return model
  }
}

/// A matcher that is a conjunction of equalities, taken apart.
private struct CasbinMatcher {
  /// What of a request is compared with what of a policy.
  var pairs: [(asked: String, field: String)] = []
  /// The part of the request that roles are looked up for.
  var subject: String?
  /// The part that says in which domain.
  var domain: String?

  /// Takes a text without spaces apart; nil where it is anything else.
  init?(_ text: String, _ model: CasbinModel) {
    for part in text.split(separator: "&", omittingEmptySubsequences: false).enumerated() {
      // `a&&b` splits into `a`, the empty text and `b`.
      guard part.offset % 2 == 0 else {
        guard part.element.isEmpty else { return nil }
        continue
      }
      guard add(String(part.element), model) else { return nil }
    }
  }

  private mutating func add(_ part: String, _ model: CasbinModel) -> Bool {
    if part.hasPrefix("g("), part.hasSuffix(")") {
      let arguments = part.dropFirst(2).dropLast().split(separator: ",").map(String.init)
      guard model.hasRoles, subject == nil, arguments.count == (model.rolesAreOfDomains ? 3 : 2),
        let asked = Self.name(arguments[0], of: "r."), let field = Self.name(arguments[1], of: "p.")
      else { return false }
      if model.rolesAreOfDomains {
        guard let domain = Self.name(arguments[2], of: "r.") else { return false }
        self.domain = domain
      }
      subject = asked
      pairs.append((asked, field))
      return true
    }
    guard let equals = part.firstRange(of: "==") else { return false }
    let sides = [String(part[..<equals.lowerBound]), String(part[equals.upperBound...])]
    for (left, right) in [(sides[0], sides[1]), (sides[1], sides[0])] {
      if let asked = Self.name(left, of: "r."), let field = Self.name(right, of: "p.") {
        pairs.append((asked, field))
        return true
      }
    }
    return false
  }

  /// The name after a prefix, if that is all there is.
  private static func name(_ text: String, of prefix: String) -> String? {
    guard text.hasPrefix(prefix) else { return nil }
    let name = text.dropFirst(prefix.count)
    let isName = name.utf8.allSatisfy { byte in
      byte == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
    return isName && !name.isEmpty ? String(name) : nil
  }
}
