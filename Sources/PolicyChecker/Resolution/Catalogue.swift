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

extension Checker {
  mutating func resolveCatalogue() {
    var catalogues: [String: SourceSpan] = [:]
    for site in sites(.catalogue) {
      if let heading = heading(site, on: .catalogue) {
        if let first = catalogues[heading.name] {
          report(DuplicateDeclaration.of("catalogue", heading, first: first))
        } else {
          catalogues[heading.name] = heading.nameSpan
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
    hideExplicitActions()
    verifyGrants()
  }

  /// Declares a service, its attributes and members.
  ///
  /// What a second declaration of the service adds is known by the name of the first, so that its
  /// uses are not reported as well.
  private mutating func declareService(_ site: Site) {
    guard let heading = heading(site, on: .service) else { return }
    let start = set.catalogue.actions.count
    let index = set.catalogue.services.append(Service(heading: heading, actions: start..<start))
    memberNames.append([:])
    let home = serviceNames[heading.name] ?? index
    if home == index {
      serviceNames[heading.name] = index
    } else {
      let first = set.catalogue.services[home].heading.nameSpan
      report(DuplicateDeclaration.of("service", heading, first: first))
    }
    for block in nodes(site, .attributeBlock) {
      declareAttributes(block, service: home, reportsRepetitions: home == index)
    }
    for member in nodes(site, .member) {
      declare(member, in: index, home: home, groups: [], isSensitive: false)
    }
    set.catalogue.services[index].actions = start..<set.catalogue.actions.count
  }

  /// Declares a member and all in it; those of a group are contiguous.
  ///
  /// `home` is the first declaration of the service, which is where names are looked up.
  private mutating func declare(
    _ site: Site,
    in service: ServiceIndex,
    home: ServiceIndex,
    groups: [String],
    isSensitive: Bool
  ) {
    let block = first(site, .memberBlock)
    guard let heading = heading(site, on: block == nil ? .action : .actionGroup) else { return }
    if let first = memberNames[home.position][heading.name] {
      if home == service { reportRepetition(heading, isGroup: block != nil, in: home, of: first) }
      return
    }
    let isSensitive = isSensitive || heading.annotation("sensitive") != nil
    let member: Member
    if let block {
      let position = set.catalogue.groups.count
      let start = set.catalogue.actions.count
      member = .group(position)
      name(member, heading.name, in: service, home: home)
      set.catalogue.groups.append(
        ActionGroup(
          heading: heading,
          service: service,
          actions: start..<start,
          isExplicit: heading.annotation("explicit") != nil
        )
      )
      for inner in nodes(block, .member) {
        declare(
          inner,
          in: service,
          home: home,
          groups: groups + [heading.name],
          isSensitive: isSensitive
        )
      }
      set.catalogue.groups[position].actions = start..<set.catalogue.actions.count
    } else {
      member = .action(
        set.catalogue.actions.append(
          Action(
            heading: heading,
            service: service,
            isExplicit: heading.annotation("explicit") != nil,
            isSensitive: isSensitive,
            groups: groups,
            path: "\(set.catalogue.services[service].heading.name).\(heading.name)"
          )
        )
      )
      name(member, heading.name, in: service, home: home)
    }
  }

  private mutating func name(
    _ member: Member,
    _ name: String,
    in service: ServiceIndex,
    home: ServiceIndex
  ) {
    memberNames[service.position][name] = member
    memberNames[home.position][name] = member
    membersEverywhere[name, default: []].append(member)
  }

  private mutating func reportRepetition(
    _ heading: Heading,
    isGroup: Bool,
    in service: ServiceIndex,
    of first: Member
  ) {
    let isFirstGroup: Bool
    let firstSpan: SourceSpan
    switch first {
    case .action(let action):
      (isFirstGroup, firstSpan) = (false, set.catalogue.actions[action].heading.nameSpan)
    case .group(let position):
      (isFirstGroup, firstSpan) = (true, set.catalogue.groups[position].heading.nameSpan)
    }
    report(
      DuplicateDeclaration.ofMember(
        heading,
        service: set.catalogue.services[service].heading.name,
        first: firstSpan,
        isMixed: isGroup != isFirstGroup
      )
    )
  }

  /// What is said beside a name that no catalogue of the set declares.
  var notInCatalogue: String {
    let names = set.catalogue.headings.map { "`\($0.name)`" }
    switch names.count {
    case 0: return "there is no catalogue"
    case 1: return "not in catalogue \(names[0])"
    default: return "not in catalogues \(names.joined(separator: ", "))"
    }
  }
}
