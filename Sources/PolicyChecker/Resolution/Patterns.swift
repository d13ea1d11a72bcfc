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
}

extension Checker {
  /// Expands `actions` against the catalogue, reporting unknown names and empty matches.
  mutating func expand(_ actions: Site) -> PatternMatches {
    var result = union(of: nodes(actions, .pattern))
    guard let except = first(actions, .exceptClause) else { return result }
    var removed = ActionSet()
    for pattern in nodes(except, .pattern) {
      guard let part = matches(pattern) else {
        result.isComplete = false
        continue
      }
      if result.isComplete, part.matched.intersection(result.matched).isEmpty {
        report(NeedlessExcept.at(span(pattern), text: trees[pattern.tree].text(span(pattern))))
        result.isComplete = false
      }
      removed = removed.union(part.matched)
    }
    result.matched = result.matched.subtracting(removed)
    result.reached = result.reached.subtracting(removed)
    if result.isComplete, result.matched.isEmpty {
      report(EmptyPattern.nothingLeft(at: span(except)))
      result.isComplete = false
    }
    return result
  }

  private mutating func union(of patterns: [Site]) -> PatternMatches {
    var result = PatternMatches()
    for pattern in patterns {
      guard let part = matches(pattern) else {
        result.isComplete = false
        continue
      }
      result.matched = result.matched.union(part.matched)
      result.reached = result.reached.union(part.reached)
    }
    return result
  }

  /// What one pattern matches; nil when a name in it is unknown or it matches nothing.
  private mutating func matches(_ pattern: Site) -> PatternMatches? {
    let parts = nodes(pattern)
    guard let head = parts.first else { return nil }
    guard parts.count > 1 else {
      return everything(in: 0..<set.catalogue.actions.count, pattern: pattern)
    }
    let members = kind(parts[1]) == .memberSet ? nodes(parts[1]) : [parts[1]]
    var result = PatternMatches()
    var isComplete = true
    if kind(head) == .star {
      for member in members {
        guard let part = matches(member, everywhereIn: pattern) else {
          isComplete = false
          continue
        }
        result.matched = result.matched.union(part.matched)
        result.reached = result.reached.union(part.reached)
      }
    } else {
      for serviceSite in kind(head) == .serviceSet ? nodes(head, .name) : [head] {
        guard let service = service(serviceSite) else {
          isComplete = false
          continue
        }
        for member in members {
          guard let part = matches(member, in: service) else {
            isComplete = false
            continue
          }
          result.matched = result.matched.union(part.matched)
          result.reached = result.reached.union(part.reached)
        }
      }
    }
    return isComplete ? result : nil
  }

  private mutating func service(_ site: Site) -> ServiceIndex? {
    if let index = serviceNames[name(site)] {
      noteUse(of: set.catalogue.services[index].heading, as: "service", at: span(site))
      return index
    }
    report(
      UnknownService.at(
        span(site),
        name: name(site),
        catalogue: set.catalogue.name,
        known: set.catalogue.services.elements.map(\.heading.name)
      )
    )
    return nil
  }

  /// A member of a named service: an action, an action group, a glob or a star.
  private mutating func matches(_ member: Site, in service: ServiceIndex) -> PatternMatches? {
    let range = set.catalogue.services[service].actions
    switch kind(member) {
    case .star:
      return everything(in: range, pattern: member)
    case .glob:
      return globbed(member, in: range)
    default:
      guard let found = memberNames[service.position][name(member)] else {
        let heading = set.catalogue.services[service].heading
        report(
          UnknownAction.at(
            span(member),
            name: name(member),
            service: heading,
            catalogue: set.catalogue.name,
            known: Array(memberNames[service.position].keys)
          )
        )
        return nil
      }
      noteUse(of: found, at: span(member))
      return matches(of: found, isNamed: true, at: member)
    }
  }

  /// A member of every service that has it.
  private mutating func matches(_ member: Site, everywhereIn pattern: Site) -> PatternMatches? {
    let range = 0..<set.catalogue.actions.count
    switch kind(member) {
    case .star:
      return everything(in: range, pattern: member)
    case .glob:
      return globbed(member, in: range)
    default:
      guard let found = membersEverywhere[name(member)] else {
        report(
          UnknownAction.anywhere(
            span(member),
            name: name(member),
            catalogue: set.catalogue.name,
            known: Array(membersEverywhere.keys)
          )
        )
        return nil
      }
      var result = PatternMatches()
      for one in found {
        noteUse(of: one, at: span(member))
        guard let part = matches(of: one, isNamed: false, at: member, reportsEmpty: false) else {
          continue
        }
        result.matched = result.matched.union(part.matched)
        result.reached = result.reached.union(part.reached)
      }
      guard !result.matched.isEmpty else {
        report(EmptyPattern.at(span(member), text: trees[member.tree].text(span(pattern))))
        return nil
      }
      return result
    }
  }

  /// What a member stands for; `isNamed` says that its service was named too, not starred.
  private mutating func matches(
    of member: Member,
    isNamed: Bool,
    at site: Site,
    reportsEmpty: Bool = true
  ) -> PatternMatches? {
    var result = PatternMatches()
    switch member {
    case .action(let action):
      result.matched = ActionSet([action.position..<action.position + 1])
      let marks = isNamed || !isExplicit(action, within: nil)
      result.reached = marks ? result.matched : ActionSet()
    case .group(let position):
      let group = set.catalogue.groups[position]
      guard !group.actions.isEmpty else {
        if reportsEmpty {
          report(EmptyPattern.at(span(site), text: name(site)))
        }
        return nil
      }
      result.matched = ActionSet([group.actions])
      result.reached = reach(group.actions, within: isNamed ? group.heading.name : nil)
    }
    return result
  }

  private mutating func everything(in range: Range<Int>, pattern: Site) -> PatternMatches? {
    guard !range.isEmpty else {
      report(EmptyPattern.at(span(pattern), text: trees[pattern.tree].text(span(pattern))))
      return nil
    }
    return PatternMatches(matched: ActionSet([range]), reached: reach(range, within: nil))
  }

  private mutating func globbed(_ site: Site, in range: Range<Int>) -> PatternMatches? {
    let pattern = LikePattern(runs: trees[site.tree].globRuns(site.node))
    let found = range.filter { position in
      pattern.matches(set.catalogue.actions[ActionIndex(position)].heading.name)
    }
    guard !found.isEmpty else {
      report(EmptyPattern.at(span(site), text: trees[site.tree].text(span(site))))
      return nil
    }
    let matched = ActionSet(found.map { $0..<$0 + 1 })
    let reached = found.filter { !isExplicit(ActionIndex($0), within: nil) }
    return PatternMatches(matched: matched, reached: ActionSet(reached.map { $0..<$0 + 1 }))
  }

  /// The actions of a range that an allow reaches through a star, or through the named group.
  private func reach(_ range: Range<Int>, within group: String?) -> ActionSet {
    guard set.catalogue.hasExplicit else { return ActionSet([range]) }
    let hidden = range.filter { isExplicit(ActionIndex($0), within: group) }
    return ActionSet([range]).subtracting(ActionSet(hidden.map { $0..<$0 + 1 }))
  }

  /// Whether an action, or a group around it strictly inside the named one, is marked `@explicit`.
  private func isExplicit(_ action: ActionIndex, within group: String?) -> Bool {
    let action = set.catalogue.actions[action]
    if action.isExplicit { return true }
    let inner = group.flatMap { action.groups.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
    return action.groups[inner...].contains { name in
      guard case .group(let position)? = memberNames[action.service.position][name] else {
        return false
      }
      return set.catalogue.groups[position].isExplicit
    }
  }

  private mutating func noteUse(of member: Member, at span: SourceSpan) {
    switch member {
    case .action(let action):
      noteUse(of: set.catalogue.actions[action].heading, as: "action", at: span)
    case .group(let position):
      noteUse(of: set.catalogue.groups[position].heading, as: "action group", at: span)
    }
  }

  /// Warns when a declaration that is used is marked `@deprecated`.
  mutating func noteUse(of heading: Heading, as what: String, at span: SourceSpan) {
    guard let mark = heading.annotation("deprecated") else { return }
    report(DeprecatedName.at(span, what: what, heading: heading, why: mark.arguments.first))
  }
}

extension Catalogue {
  /// Whether anything is marked `@explicit`.
  fileprivate var hasExplicit: Bool {
    groups.contains(where: \.isExplicit) || actions.elements.contains(where: \.isExplicit)
  }
}
