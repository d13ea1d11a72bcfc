package import PolicyEngine
package import PolicyModel

/// A request in words, such as "as someone who holds `Observer`, in acme, with context.mfa = true".
package func requestText(_ request: RequestData, in set: PolicySet) -> String {
  var parts = [principalText(request, in: set)]
  switch request.unit {
  case .unknown: break
  case .outside: parts.append("outside every unit")
  case .unit(let unit): parts.append("in \(set.units[unit].path)")
  }
  var values: [String] = []
  if let id = request.resourceID { values.append("resource = \(describe(string: id))") }
  for index in request.values.keys.sorted() {
    guard let value = request.values[index] else { continue }
    values.append("\(set.catalogue.attributes[index].path) = \(describe(value))")
  }
  if !values.isEmpty { parts.append("with \(values.joined(separator: ", "))") }
  return "\(set.catalogue.actions[request.action].path) \(parts.joined(separator: ", "))"
}

private func principalText(_ request: RequestData, in set: PolicySet) -> String {
  var text: String
  switch (request.kind, request.identity) {
  case (.anonymous, _): return "as anonymous"
  case (_, .named(let id)): text = "as \(describe(PrincipalID(kind: request.kind, id: id)))"
  case (.serviceAccount, _): text = "as some service account"
  default: text = "as someone"
  }
  if !request.held.isEmpty {
    let names = request.held.map { holding in
      let name = "`\(set.policies[holding.policy].heading.name)`"
      return holding.unit.map { "\(name) in \(set.units[$0].path)" } ?? name
    }
    text += " who holds \(names.joined(separator: ", "))"
  }
  if let groups = request.groups, !groups.isEmpty {
    let names = groups.sorted().map { set.groups[$0].heading.name }
    text += " in group \(names.joined(separator: ", "))"
  }
  return text
}
