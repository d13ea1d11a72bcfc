import PolicyEngine
import PolicyModel

@testable import PolicyCompiler

/// Ways in which the compiler could be wrong.
///
/// Each is made on purpose, by changing the tables before they are written or the policy set before
/// it is compiled, and the comparison of tables with the interpreter has to notice every one. All of
/// them load: nothing about the file is wrong.
enum CompilerFault: String, CaseIterable, Sendable {
  /// Missing values are treated as those of the first class.
  case missingIsFirstClass
  /// The first class is treated as missing.
  case firstClassIsMissing
  /// In one combination of classes a deny is an allow, or an allow a deny.
  case effectsSwapped
  /// The rank of conditional cells is one too high.
  case rankOffByOne
  /// A decision table begins a byte too late.
  case tableOffset
  /// The first two policies share a page that they do not have in common.
  case pageShared
  /// A deny whose condition is unknown does not apply.
  case unknownDenyIgnored
  /// The `when` of assignments is not looked at.
  case assignmentConditionIgnored
  /// A threshold is one too high: `<` for `<=`.
  case thresholdOffByOne
  /// IPv4 addresses are taken for the IPv6 addresses that they map to.
  case mappedAddresses
  /// The last unit of a place is not in it.
  case placeTooSmall
  /// Members of a group in a group are not in the outer one.
  case nestedGroupsForgotten
  /// A request that does not say its groups is in no open group.
  case unsaidGroupsAreNone
  /// A principal whose id is not said is nobody that is named.
  case unsaidPrincipalIsNobody
  /// Policies do not have the rules of those they include.
  case includesForgotten
  /// `unless` is not looked at.
  case unlessIgnored
  /// A path is not under its ancestors.
  case pathsBelowForgotten
  /// No text but those listed matches a pattern.
  case patternsForgotten
  /// An element of a set is taken for another one.
  case elementsSwapped
  /// A rule has the conditions of another one, so that reasons are wrong and decisions are not.
  case guardOfAnotherRule

  /// What is wrong with the policy set that is compiled.
  func change(_ set: inout PolicySet) {
    switch self {
    case .unknownDenyIgnored:
      set.rules = Table(
        set.rules.elements.map { rule in
          guard rule.effect == .deny else { return rule }
          return rule.with(
            condition: rule.condition?.certain(true),
            exception: rule.exception?.certain(false)
          )
        }
      )
    case .unlessIgnored:
      set.rules = Table(
        set.rules.elements.map { $0.with(condition: $0.condition, exception: nil) }
      )
    case .includesForgotten:
      for index in set.policies.indices {
        let policy = set.policies[index]
        set.policies[index] = Policy(
          heading: policy.heading,
          isBuiltIn: policy.isBuiltIn,
          isRole: policy.isRole,
          includes: [],
          rules: policy.rules,
          closure: [index]
        )
      }
    default: break
    }
  }

  /// What is wrong with the tables that are written.
  func change(_ contents: inout ArtifactContents) {
    switch self {
    case .missingIsFirstClass: contents.joinFirstClasses { ($1, $1) }
    case .firstClassIsMissing: contents.joinFirstClasses { first, _ in (first, first) }
    case .effectsSwapped: contents.swapOneOutcome()
    case .rankOffByOne:
      for index in contents.planes.indices {
        let plane = contents.planes[index]
        let end = Int(plane.base) + plane.change.nonzeroBitCount
        if plane.change != 0, end < contents.cells.count { contents.planes[index].base += 1 }
      }
    case .tableOffset:
      for index in contents.tables.indices where contents.tables[index].form == 0 {
        let table = contents.tables[index]
        let last = table.readers.range.reduce(Int(table.root) * 4) {
          $0 + Int(contents.maps[Int(contents.readers[$1].map)].highest)
        }
        if last / 4 + 1 < contents.outcomes.count { contents.tables[index].root += 1 }
      }
    case .pageShared:
      let services = contents.services.count
      guard contents.policies.count > 1 else { return }
      for service in 0..<services { contents.pages[services + service] = contents.pages[service] }
    case .assignmentConditionIgnored:
      for index in contents.assignments.indices {
        contents.assignments[index].condition = ArtifactFormat.none
      }
    case .thresholdOffByOne:
      for step in contents.steps where step.kind == StepKind.int.rawValue && step.b > 0 {
        let last = Int(step.a + step.b) - 1
        if contents.numbers[last] < .max { contents.numbers[last] += 1 }
      }
    case .elementsSwapped:
      for step in contents.steps where step.kind == StepKind.elements.rawValue && step.b > 1 {
        contents.classes.swapAt(Int(step.c), Int(step.c) + 1)
      }
    case .guardOfAnotherRule:
      guard contents.rules.count > 1 else { return }
      contents.rules[0].guardTable = contents.rules[contents.rules.count - 1].guardTable
    default: changeNames(&contents)
    }
  }

  private func changeNames(_ contents: inout ArtifactContents) {
    switch self {
    case .mappedAddresses:
      for step in contents.steps where step.kind == StepKind.ip.rawValue && step.e > 0 {
        let mapped = (0..<Int(step.e)).last { index in
          let place = Int(step.d) + 2 * index
          return contents.numbers[place] == 0 && contents.numbers[place + 1] <= 0xffff_0000_0000
        }
        let after = Int(step.c + step.b) + 1 + (mapped.map { $0 + 1 } ?? 0)
        for region in 0...Int(step.b) {
          contents.classes[Int(step.c) + region] = contents.classes[after]
        }
      }
    case .placeTooSmall:
      for index in contents.grants.indices {
        let grant = contents.grants[index]
        guard grant.high != ArtifactFormat.none, grant.high - grant.low > 1 else { continue }
        contents.grants[index].high -= 1
      }
    case .nestedGroupsForgotten:
      for index in contents.principals.indices where contents.principals[index].groups.count > 1 {
        contents.principals[index].groups.count -= 1
      }
      for index in contents.groups.indices where contents.groups[index].containers.count > 1 {
        contents.groups[index].containers.count -= 1
      }
    case .unsaidGroupsAreNone: contents[.openGroupCount] = 0
    case .unsaidPrincipalIsNobody:
      contents[.namedUserCount] = 0
      contents[.namedServiceAccountCount] = 0
      contents[.userGroupCount] = 0
      contents[.serviceAccountGroupCount] = 0
    case .pathsBelowForgotten:
      for step in contents.steps where step.kind == StepKind.path.rawValue {
        for index in 0..<Int(step.d) { contents.classes[Int(step.c) + 2 * index + 1] = step.b }
      }
    case .patternsForgotten:
      for step in contents.steps where step.kind == StepKind.patternText.rawValue {
        for state in 1..<max(1, Int(step.e)) {
          contents.classes[Int(step.f) + state] = contents.classes[Int(step.f)]
        }
      }
    default: break
    }
  }
}

extension ArtifactContents {
  /// Gives the first two classes of every variable, in every map, what a function makes of theirs.
  fileprivate mutating func joinFirstClasses(_ join: (UInt32, UInt32) -> (UInt32, UInt32)) {
    for index in maps.indices where maps[index].runs == 0 && maps[index].classCount > 1 {
      let start = Int(maps[index].offset)
      (mapValues[start], mapValues[start + 1]) = join(mapValues[start], mapValues[start + 1])
      let end = start + Int(maps[index].classCount)
      maps[index].highest = mapValues[start..<end].max() ?? 0
    }
  }

  /// Makes the first allow in a table a deny, or else the first deny an allow.
  fileprivate mutating func swapOneOutcome() {
    for index in outcomes.indices {
      for shift in stride(from: UInt8(0), to: 8, by: 2) {
        let value = outcomes[index] >> shift & 3
        guard value == 1 || value == 2 else { continue }
        outcomes[index] ^= 3 << shift
        return
      }
    }
  }
}

extension Rule {
  fileprivate func with(condition: Condition?, exception: Condition?) -> Rule {
    Rule(
      policy: policy,
      number: number,
      id: id,
      effect: effect,
      actions: actions,
      condition: condition,
      exception: exception,
      because: because,
      documentation: documentation,
      annotations: annotations,
      span: span,
      actionsSpan: actionsSpan
    )
  }
}

extension Condition {
  /// The condition where what is missing counts as no (or as yes) instead of unknown.
  fileprivate func certain(_ isPositive: Bool) -> Condition {
    switch self {
    case .constant: return self
    case .not(let inner): return .not(inner.certain(!isPositive))
    case .all(let parts): return .all(parts.map { $0.certain(isPositive) })
    case .any(let parts): return .any(parts.map { $0.certain(isPositive) })
    case .check(let check, let span):
      let known = check.terms.map { Condition.check(.has($0), span) }
      return isPositive ? .all([self] + known) : .any([self] + known.map { .not($0) })
    }
  }
}
