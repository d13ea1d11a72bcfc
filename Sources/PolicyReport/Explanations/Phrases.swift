import PolicyEngine
import PolicyModel
import PolicySource

/// Words for why a rule is in force, or is not, for one request.
struct Phrases {
  let set: PolicySet

  /// A policy in backquotes, by its name.
  func name(_ policy: PolicyIndex) -> String { "`\(set.policies[policy].heading.name)`" }

  /// `file:line` of a place.
  func place(_ span: SourceSpan) -> String {
    "\(set.sources[span.file].path):\(set.sources.place(span).line)"
  }

  /// How the principal comes by a rule's policy.
  func grant(_ grant: Grant, of policy: PolicyIndex) -> String {
    switch grant {
    case .assignment(let index):
      let assignment = set.assignments[index]
      let here = assignment.places.isEmpty ? "" : " in " + units(assignment.places)
      return "\(name(policy)) is assigned to \(subjects(assignment.subjects))\(here) "
        + "(\(place(assignment.span)))"
    case .holding(let holding):
      let here = holding.unit.map { " in " + units([$0]) } ?? ""
      return "the request says that the principal holds \(name(policy))\(here)"
    }
  }

  /// That a rule is included by the policy that was given, unless it is that policy's own.
  func inclusion(of rule: Rule, in policy: PolicyIndex) -> String? {
    policy == rule.policy ? nil : "\(name(policy)) includes \(name(rule.policy))"
  }

  func units(_ units: [UnitIndex]) -> String {
    units.map { "`\(set.units[$0].path)`" }.joined(separator: ", ")
  }

  func subjects(_ subjects: [Subject]) -> String {
    subjects.map { subject in
      switch subject {
      case .principal(let id): "`\(describe(id))`"
      case .group(let group): "`group \(describe(name: set.groups[group].heading.name))`"
      case .everyone: "everyone"
      case .anonymous: "anonymous principals"
      }
    }.joined(separator: ", ")
  }

  /// What keeps a rule, or a grant, from being in force.
  func shortfall(_ shortfall: Shortfall) -> String {
    switch shortfall {
    case .subjects(let subjects, .unknown):
      "the request does not say whether the principal is \(membership(subjects))"
    case .subjects(let subjects, _): "the principal is not \(membership(subjects))"
    case .places(_, .unknown): "the request does not say where the resource belongs"
    case .places(let units, _): "the resource does not belong to \(self.units(units))"
    case .assignment(let obstacle): "the assignment " + self.obstacle(obstacle)
    case .rule(let obstacle): "the rule " + self.obstacle(obstacle)
    case .anonymousHolder: "an anonymous principal holds no policies"
    }
  }

  /// What one is of whom a grant speaks.
  private func membership(_ subjects: [Subject]) -> String {
    switch subjects.first {
    case .principal(let id)? where subjects.count == 1:
      id.kind == .user ? "that user" : "that service account"
    case .group? where subjects.count == 1: "in it"
    case .anonymous? where subjects.count == 1: "anonymous"
    default: "one of them"
    }
  }

  /// What would have to hold, and what the request says instead.
  func obstacle(_ obstacle: Obstacle) -> String {
    "needs `\(describe(obstacle.condition, in: set))`" + reality(obstacle)
  }

  /// What the request says of what a condition reads.
  private func reality(_ obstacle: Obstacle) -> String {
    guard !obstacle.readings.isEmpty else {
      return obstacle.truth == .unknown ? ", and the request leaves it open" : ""
    }
    let readings = obstacle.readings.map { reading in
      let term = "`\(describe(reading.term, in: set))`"
      return reading.value.map { "\(term) is `\(describe($0))`" } ?? "\(term) is not given"
    }
    return ", and " + readings.joined(separator: ", ")
  }

  /// What a request would have to say, for a rule that applies because it does not.
  func doubt(_ shortfall: Shortfall) -> String {
    switch shortfall {
    case .assignment(let obstacle), .rule(let obstacle):
      obstacle.missing.isEmpty
        ? "the request leaves open whether `\(describe(obstacle.condition, in: set))`"
        : obstacle.missing.map { "`\(describe($0, in: set))` is not given" }
          .joined(separator: ", ")
    default: self.shortfall(shortfall)
    }
  }
}
