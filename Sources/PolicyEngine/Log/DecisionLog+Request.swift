// The request of a line, in the form of the AuthZEN information model that `pol` reads.

extension PolicyEngine.DecisionLog {
  /// Appends what a request says, and then the names of what it says and the line does not.
  func appendRequest(_ request: LoggedRequest, to lines: inout [UInt8]) {
    let tables = request.tables
    appendSubject(request, to: &lines)
    let action = tables.actions[request.action]
    lines.append(plain: ",\"action\":{\"name\":")
    lines.append(quoted: action.name, of: tables)
    lines.append(plain: "},\"resource\":{\"type\":")
    lines.append(quoted: tables.services[action.service].name, of: tables)
    if case .string(let id)? = request.values[TermCode.resource],
      !omittedParts.contains(.resourceID)
    {
      lines.append(plain: ",\"id\":")
      lines.append(quoted: id)
    }
    switch request.unit {
    case UnitCode.unknown: break
    case UnitCode.outside: lines.append(plain: ",\"unit\":null")
    default:
      lines.append(plain: ",\"unit\":")
      lines.append(quoted: tables.units[request.unit].path, of: tables)
    }
    appendProperties(.resource, ",\"properties\":{", of: request, to: &lines)
    lines.append(UInt8(ascii: "}"))
    appendProperties(.context, ",\"context\":{", of: request, to: &lines)
    appendOmitted(request, to: &lines)
  }

  private func appendSubject(_ request: LoggedRequest, to lines: inout [UInt8]) {
    let tables = request.tables
    let subject = request.subject
    switch subject.kind {
    case .user: lines.append(plain: ",\"subject\":{\"type\":\"user\"")
    case .serviceAccount: lines.append(plain: ",\"subject\":{\"type\":\"service-account\"")
    case .anonymous: lines.append(plain: ",\"subject\":{\"type\":\"anonymous\"")
    }
    if let id = subject.principalID?.id, !omittedParts.contains(.subjectID) {
      lines.append(plain: ",\"id\":")
      lines.append(quoted: id)
    }
    if subject.kind != .anonymous {
      if let groups = subject.groups {
        lines.append(plain: ",\"groups\":[")
        for index in groups.indices {
          if index > 0 { lines.append(UInt8(ascii: ",")) }
          lines.append(quoted: tables.groups[groups[index].position].name, of: tables)
        }
        lines.append(UInt8(ascii: "]"))
      }
      appendPolicies(subject, tables, to: &lines)
    }
    appendProperties(.principal, ",\"properties\":{", of: request, to: &lines)
    lines.append(UInt8(ascii: "}"))
  }

  /// The policies that the principal holds, and those that the program gave it on no condition.
  private func appendPolicies(
    _ subject: SubjectData,
    _ tables: Tables,
    to lines: inout [UInt8]
  ) {
    var count = 0
    func append(_ policy: PolicyIndex, _ unit: UnitIndex?) {
      count == 0 ? lines.append(plain: ",\"policies\":[") : lines.append(UInt8(ascii: ","))
      count += 1
      let name = tables.policies[policy.position].name
      guard let unit else { return lines.append(quoted: name, of: tables) }
      lines.append(plain: "{\"policy\":")
      lines.append(quoted: name, of: tables)
      lines.append(plain: ",\"in\":")
      lines.append(quoted: tables.units[unit.position].path, of: tables)
      lines.append(UInt8(ascii: "}"))
    }
    for holding in subject.held { append(holding.policy, holding.unit) }
    for given in subject.given where given.isSayable { append(given.policy, given.unit) }
    if count > 0 { lines.append(UInt8(ascii: "]")) }
  }

  /// The attributes of one part of the request, with what begins them; nothing where there are none.
  private func appendProperties(
    _ space: RequestSpace,
    _ opening: StaticString,
    of request: LoggedRequest,
    to lines: inout [UInt8]
  ) {
    let tables = request.tables
    var isEmpty = true
    for term in terms where term != TermCode.resource && !isOmitted(term) {
      let attribute = tables.attributes[term]
      guard RequestSpace.allCases[Int(attribute.space)] == space,
        let value = request.values[term], value.isSayable
      else { continue }
      isEmpty ? lines.append(plain: opening) : lines.append(UInt8(ascii: ","))
      isEmpty = false
      lines.append(quoted: attribute.name, of: tables)
      lines.append(UInt8(ascii: ":"))
      lines.append(value)
    }
    if !isEmpty { lines.append(UInt8(ascii: "}")) }
  }

  /// The names of what the request says and the line does not: it was to be left out, or lines cannot
  /// say it.
  private func appendOmitted(_ request: LoggedRequest, to lines: inout [UInt8]) {
    let tables = request.tables
    var isEmpty = true
    func begin() {
      isEmpty ? lines.append(plain: ",\"omitted\":[") : lines.append(UInt8(ascii: ","))
      isEmpty = false
    }
    if omittedParts.contains(.subjectID), request.subject.principalID != nil {
      begin()
      lines.append(plain: "\"subject.id\"")
    }
    let isAnonymous = request.subject.kind == .anonymous
    for given in request.subject.given where isAnonymous || !given.isSayable {
      begin()
      lines.append(plain: "\"subject.policies\"")
      break
    }
    for term in terms {
      if term == TermCode.resource {
        guard omittedParts.contains(.resourceID) else { continue }
        begin()
        lines.append(plain: "\"resource.id\"")
      } else if isOmitted(term) || request.values[term]?.isSayable == false {
        begin()
        let attribute = tables.attributes[term]
        switch RequestSpace.allCases[Int(attribute.space)] {
        case .principal: lines.append(plain: "\"principal.")
        case .context: lines.append(plain: "\"context.")
        case .resource: lines.append(plain: "\"resource.")
        }
        // The name without the quote that begins it.
        let place = lines.count
        lines.append(quoted: attribute.name, of: tables)
        lines.remove(at: place)
      }
    }
    if !isEmpty { lines.append(UInt8(ascii: "]")) }
  }
}

extension GivenPolicy {
  /// Whether a request can say that the policy is held: everywhere or in a unit, and on no condition.
  fileprivate var isSayable: Bool { isSure && condition == nil }
}
