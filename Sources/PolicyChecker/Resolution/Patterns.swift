import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax

/// The actions of a list of patterns.
struct PatternMatches {
  /// All that the patterns match, without those that `except` removes.
  var matched = ActionSet()
  /// What an allow of the patterns reaches: `matched` without `@explicit` actions that are not
  /// named.
  var reached = ActionSet()
  /// Whether every pattern was resolved.
  var isComplete = true
  /// Whether every pattern after `except` was; if not, `matched` may have too many actions.
  var isBounded = true
}

/// What some patterns match, range by range, before it is made one set.
struct PatternParts {
  var matched: [Range<Int>] = []
  var reached: [Range<Int>] = []
  /// Whether every name was known and every pattern matched something.
  var isComplete = true

  mutating func add(_ other: PatternParts) {
    matched += other.matched
    reached += other.reached
    isComplete = isComplete && other.isComplete
  }
}

extension Checker {
  /// Expands `actions` against the catalogue, reporting unknown names and empty matches.
  mutating func expand(_ actions: Site) -> PatternMatches {
    var parts = PatternParts()
    for pattern in nodes(actions, .pattern) { parts.add(matches(pattern)) }
    var result = PatternMatches(
      matched: ActionSet(parts.matched),
      reached: ActionSet(parts.reached),
      isComplete: parts.isComplete
    )
    guard let except = first(actions, .exceptClause) else { return result }
    var removed: [Range<Int>] = []
    var isNeedless = false
    for pattern in nodes(except, .pattern) {
      let part = matches(pattern)
      removed += part.matched
      guard part.isComplete else {
        result.isBounded = false
        continue
      }
      if parts.isComplete, ActionSet(part.matched).intersection(result.matched).isEmpty {
        report(NeedlessExcept.at(span(pattern), text: trees[pattern.tree].text(span(pattern))))
        isNeedless = true
      }
    }
    result.matched = result.matched.subtracting(ActionSet(removed))
    result.reached = result.reached.subtracting(ActionSet(removed))
    result.isComplete = parts.isComplete && result.isBounded && !isNeedless
    if result.isComplete, result.matched.isEmpty {
      report(EmptyPattern.nothingLeft(at: span(except)))
      result.isComplete = false
    }
    return result
  }

  mutating func matches(_ pattern: Site) -> PatternParts {
    matches(pattern, serviceAt: nil, memberAt: nil)
  }

  /// What a pattern matches; of a service or a member between braces alone, if one is given.
  mutating func matches(_ pattern: Site, serviceAt: Int?, memberAt: Int?) -> PatternParts {
    let parts = nodes(pattern)
    guard let head = parts.first else { return PatternParts(isComplete: false) }
    guard parts.count > 1 else {
      // A service or `*.` without an action was reported by the parser.
      let tree = trees[pattern.tree]
      let isWhole =
        kind(head) == .star
        && !tree.childTokens(pattern.node).contains { tree.tokens.kind($0) == .dot }
      return isWhole ? everything(pattern) : PatternParts(isComplete: false)
    }
    let written = kind(parts[1]) == .memberSet ? nodes(parts[1]) : [parts[1]]
    let parsed = memberAt.map { [written[$0]] } ?? written
    let members = parsed.filter { [.name, .glob, .star].contains(kind($0)) }
    var result = PatternParts(isComplete: !members.isEmpty && members.count == parsed.count)
    if kind(head) == .star {
      for member in members { result.add(matches(member, everywhereIn: pattern)) }
      return result
    }
    var services: [ServiceIndex] = []
    let heads = kind(head) == .serviceSet ? nodes(head) : [head]
    for site in serviceAt.map({ [heads[$0]] }) ?? heads {
      if kind(site) == .name, let service = service(site) {
        services.append(service)
      } else {
        result.isComplete = false
      }
    }
    for member in members { result.add(matches(member, in: services)) }
    return result
  }

  private mutating func service(_ site: Site) -> ServiceIndex? {
    if let index = serviceNames[name(site)] {
      noteUse(
        .service(index),
        of: set.catalogue.services[index].heading,
        as: "service",
        at: span(site)
      )
      return index
    }
    report(
      UnknownService.at(
        span(site),
        name: name(site),
        label: notInCatalogue,
        known: set.catalogue.services.elements.map(\.heading.name)
      )
    )
    return nil
  }

  /// A member of every one of some services: an action, an action group, a glob or a star.
  private mutating func matches(_ site: Site, in services: [ServiceIndex]) -> PatternParts {
    var result = PatternParts()
    var lacking: [ServiceIndex] = []
    var empty: [ServiceIndex] = []
    for service in services {
      let range = set.catalogue.services[service].actions
      let part: PatternParts
      switch kind(site) {
      case .star: part = everything(in: range)
      case .glob: part = globbed(site, in: range)
      default:
        guard let member = memberNames[service.position][name(site)] else {
          lacking.append(service)
          continue
        }
        noteUse(of: member, at: span(site))
        part = matches(of: member, isNamed: true)
      }
      if part.matched.isEmpty { empty.append(service) }
      result.add(part)
    }
    if !lacking.isEmpty {
      report(
        UnknownAction.at(
          span(site),
          name: name(site),
          services: lacking.map { set.catalogue.services[$0].heading.name },
          label: notInCatalogue,
          known: lacking.flatMap { memberNames[$0.position].keys }
        )
      )
    }
    if !empty.isEmpty {
      report(
        EmptyPattern.at(
          span(site),
          text: trees[site.tree].text(span(site)),
          services: empty.map { set.catalogue.services[$0].heading.name }
        )
      )
    }
    result.isComplete = lacking.isEmpty && empty.isEmpty
    return result
  }

  /// A member of every service that has it.
  private mutating func matches(_ site: Site, everywhereIn pattern: Site) -> PatternParts {
    var result = PatternParts()
    switch kind(site) {
    case .star: result = everything(in: 0..<set.catalogue.actions.count)
    case .glob: result = globbed(site, in: 0..<set.catalogue.actions.count)
    default:
      guard let found = membersEverywhere[name(site)] else {
        report(
          UnknownAction.anywhere(
            span(site),
            name: name(site),
            label: notInCatalogue,
            known: Array(membersEverywhere.keys)
          )
        )
        return PatternParts(isComplete: false)
      }
      for member in found {
        noteUse(of: member, at: span(site))
        result.add(matches(of: member, isNamed: false))
      }
    }
    guard !result.matched.isEmpty else {
      report(EmptyPattern.at(span(site), text: trees[site.tree].text(span(pattern))))
      return PatternParts(isComplete: false)
    }
    return result
  }

  /// `*`.
  private mutating func everything(_ pattern: Site) -> PatternParts {
    let result = everything(in: 0..<set.catalogue.actions.count)
    guard !result.matched.isEmpty else {
      report(EmptyPattern.at(span(pattern), text: "*"))
      return PatternParts(isComplete: false)
    }
    return result
  }

  /// Takes note of a use; warns when the declaration is marked `@deprecated`.
  mutating func noteUse(
    _ symbol: Symbol,
    of heading: Heading,
    as what: String,
    at span: SourceSpan
  ) {
    record(symbol, at: span)
    guard let mark = heading.annotation("deprecated") else { return }
    let why = mark.arguments.first.flatMap { $0.isEmpty ? nil : $0 }
    report(DeprecatedName.at(span, what: what, heading: heading, why: why))
  }

  private mutating func noteUse(of member: Member, at span: SourceSpan) {
    switch member {
    case .action(let action):
      noteUse(
        .action(action),
        of: set.catalogue.actions[action].heading,
        as: "action",
        at: span
      )
    case .group(let position):
      noteUse(
        .actionGroup(position),
        of: set.catalogue.groups[position].heading,
        as: "action group",
        at: span
      )
    }
  }
}
