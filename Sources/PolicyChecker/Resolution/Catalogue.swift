import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax

/// What a name within a service stands for.
enum Member {
  case action(ActionIndex)
  /// A position in `Catalogue.groups`.
  case group(Int)
}

/// What makes an attribute one and the same.
struct AttributeKey: Hashable {
  let space: AttributeSpace
  let name: String
}

extension Checker {
  mutating func resolveCatalogue() {
    for site in sites(.catalogue) {
      if let heading = heading(site, on: .catalogue) {
        if let first = set.catalogue.headings.first(where: { $0.name == heading.name }) {
          report(DuplicateDeclaration.of("catalogue", heading, first: first.nameSpan))
        }
        set.catalogue.headings.append(heading)
      }
      for block in nodes(site, .attributeBlock) {
        declareAttributes(block, service: nil)
      }
      for service in nodes(site, .service) {
        declareService(service)
      }
    }
  }

  private mutating func declareService(_ site: Site) {
    guard let heading = heading(site, on: .service) else { return }
    if let first = serviceNames[heading.name] {
      report(
        DuplicateDeclaration.of(
          "service",
          heading,
          first: set.catalogue.services[first].heading.nameSpan
        )
      )
      return
    }
    if heading.name.utf8.contains(UInt8(ascii: ".")) {
      report(InvalidNames.dotInService(heading))
    }
    let start = set.catalogue.actions.count
    let index = set.catalogue.services.append(Service(heading: heading, actions: start..<start))
    serviceNames[heading.name] = index
    memberNames.append([:])
    for block in nodes(site, .attributeBlock) {
      declareAttributes(block, service: index)
    }
    var spans: [String: (span: SourceSpan, isGroup: Bool)] = [:]
    for member in nodes(site, .member) {
      declare(member, in: index, groups: [], isSensitive: false, names: &spans)
    }
    set.catalogue.services[index].actions = start..<set.catalogue.actions.count
  }

  private mutating func declare(
    _ site: Site,
    in service: ServiceIndex,
    groups: [String],
    isSensitive: Bool,
    names: inout [String: (span: SourceSpan, isGroup: Bool)]
  ) {
    let block = first(site, .memberBlock)
    guard let heading = heading(site, on: block == nil ? .action : .actionGroup) else { return }
    let serviceName = set.catalogue.services[service].heading.name
    if let first = names[heading.name] {
      report(
        DuplicateDeclaration.ofMember(
          heading,
          service: serviceName,
          first: first.span,
          kinds: (first.isGroup, block != nil)
        )
      )
      return
    }
    names[heading.name] = (heading.nameSpan, block != nil)
    let isExplicit = heading.annotation("explicit") != nil
    let isSensitive = isSensitive || heading.annotation("sensitive") != nil
    let member: Member
    if let block {
      let start = set.catalogue.actions.count
      let position = set.catalogue.groups.count
      set.catalogue.groups.append(
        ActionGroup(
          heading: heading,
          service: service,
          actions: start..<start,
          isExplicit: isExplicit
        )
      )
      for inner in nodes(block, .member) {
        declare(
          inner,
          in: service,
          groups: groups + [heading.name],
          isSensitive: isSensitive,
          names: &names
        )
      }
      set.catalogue.groups[position].actions = start..<set.catalogue.actions.count
      member = .group(position)
    } else {
      member = .action(
        set.catalogue.actions.append(
          Action(
            heading: heading,
            service: service,
            isExplicit: isExplicit,
            isSensitive: isSensitive,
            groups: groups,
            path: "\(serviceName).\(heading.name)"
          )
        )
      )
    }
    memberNames[service.position][heading.name] = member
    membersEverywhere[heading.name, default: []].append(member)
  }

  private mutating func declareAttributes(_ block: Site, service: ServiceIndex?) {
    let space: AttributeSpace =
      has(block, .principal) ? .principal : has(block, .context) ? .context : .resource
    for site in nodes(block, .attribute) {
      guard let heading = heading(site, on: .attribute), let type = attributeType(of: site) else {
        continue
      }
      let key = AttributeKey(space: space, name: heading.name)
      guard let known = attributeNames[key] else {
        attributeNames[key] = set.catalogue.attributes.append(
          Attribute(
            space: space,
            heading: heading,
            type: type,
            services: service.map { [$0] }
          )
        )
        continue
      }
      let attribute = set.catalogue.attributes[known]
      if !same(attribute.type, type) {
        report(
          ConflictingAttributeType.at(
            heading,
            path: attribute.path,
            type: type,
            first: attribute
          )
        )
      } else if let service, let services = attribute.services, !services.contains(service) {
        set.catalogue.attributes[known].services = services + [service]
      } else {
        report(
          DuplicateDeclaration.of("attribute", heading, first: attribute.heading.nameSpan)
        )
      }
    }
  }

  /// Whether two types are one; the order of the words of a one-of type means nothing.
  func same(_ left: AttributeType, _ right: AttributeType) -> Bool {
    if case .oneOf(let left) = left, case .oneOf(let right) = right {
      return Set(left) == Set(right)
    }
    return left == right
  }

  private mutating func attributeType(of site: Site) -> AttributeType? {
    if let words = first(site, .oneOfType) {
      var seen: [String] = []
      for word in nodes(words, .string) {
        let text = string(word)
        if seen.contains(text) {
          report(DuplicateDeclaration.ofWord(text, at: span(word)))
        } else {
          seen.append(text)
        }
      }
      return .oneOf(seen)
    }
    if let named = first(site, .namedType), let nameSite = first(named, .name) {
      return scalarType(nameSite)
    }
    guard let setSite = first(site, .setType) else { return nil }
    let names = nodes(setSite, .name)
    if let head = names.first, name(head) != "Set" {
      report(UnknownType.at(span(head), name: name(head), known: ["Set"]))
      return nil
    }
    guard names.count > 1 else { return nil }
    switch name(names[1]) {
    case "String": return .strings
    case "Path": return .paths
    case "Principal": return .principals
    default:
      report(
        UnknownType.at(
          span(names[1]),
          name: name(names[1]),
          known: ["String", "Path", "Principal"],
          ofElements: true
        )
      )
      return nil
    }
  }

  private mutating func scalarType(_ site: Site) -> AttributeType? {
    switch name(site) {
    case "Bool": return .bool
    case "Int": return .int
    case "String": return .string
    case "IP": return .ip
    case "Time": return .time
    case "Path": return .path
    case "Principal": return .principal
    default:
      report(
        UnknownType.at(
          span(site),
          name: name(site),
          known: ["Bool", "Int", "String", "IP", "Time", "Path", "Principal"]
        )
      )
      return nil
    }
  }
}
