import PolicyDirectory
import PolicyEngine
import PolicyModel
import PolicyTestSupport
import Testing

@testable import PolicyCompiler

/// Assignments that are moved from the policy set into a directory decide as before, by the same
/// rules.
@Suite struct DirectoryDifferentialTests {
  @Test func `granting is what assigning is, by the interpreter and by tables`() {
    let failure = RandomCases(250, from: 70_000).firstFailure { random in
      var sets = RandomSets(seed: random.next())
      let set = sets.set()
      let moved = MovedAssignments(set, &random)
      do {
        let whole = try PolicyEngine(bytes: compile(set).bytes)
        let engine = try PolicyEngine(bytes: compile(moved.rest).bytes)
        let directory = try DirectorySnapshot(engine, moved.grants)
        for _ in 0..<40 {
          let request = sets.request(set)
          if let problem = difference(request, set, whole, directory) {
            return "\(problem) for \(request), granted \(moved.grants)"
          }
        }
      } catch {
        return "\(error), granted \(moved.grants)"
      }
      return nil
    }
    #expect(failure == nil)
  }

  private func difference(
    _ data: RequestData,
    _ set: PolicySet,
    _ whole: PolicyEngine,
    _ directory: DirectorySnapshot
  ) -> String? {
    let engine = directory.engine
    let subject = directory.subject(SubjectData(data))
    var request = engine.request(subject, engine.action(at: UInt32(data.action.position)))
    request.unit = engine.unit(data.unit)
    if let id = data.resourceID { request.setResourceID(id) }
    for (attribute, value) in data.values { request.set(attribute, to: value) }
    let meant = interpret(data, in: set)
    let decided = engine.decide(request)
    if (decided.effect == .allow) != (meant.effect == .allow)
      || (decided.basis == .rule) != (meant.basis == .rule)
    {
      return "decided \(decided), meant \(meant)"
    }
    if whole.decide(data) != decided { return "compiled otherwise" }
    let explained = engine.explain(request)
    if explained.decision != decided { return "explained otherwise" }
    let rules = explained.reasons.map(\.rule.index)
    if rules != meant.deciding.map(\.rule) { return "rules \(rules), meant \(meant.deciding)" }
    return nil
  }
}

/// A policy set some of whose assignments are left out, and grants in their place.
private struct MovedAssignments {
  private(set) var rest: PolicySet
  private(set) var grants: [PolicyGrant] = []

  init(_ set: PolicySet, _ random: inout RandomSource) {
    rest = set
    rest.assignments = Table()
    // A group that nobody is in: conditions are named by what is assigned to it.
    let nobody = rest.groups.append(
      Group(heading: RandomSets.heading("nobody"), isOpen: false, members: [], groups: [])
    )
    for index in set.assignments.indices {
      let assignment = set.assignments[index]
      guard random.oneIn(2) else {
        _ = rest.assignments.append(assignment)
        continue
      }
      var name: String?
      if let condition = assignment.condition {
        let text = "condition-\(index.position)"
        name = text
        _ = rest.assignments.append(
          Assignment(
            policies: assignment.policies,
            subjects: [.group(nobody)],
            places: [],
            condition: condition,
            annotations: [
              Annotation(name: "condition", arguments: [text], span: RandomSets.span)
            ],
            span: RandomSets.span
          )
        )
      }
      add(assignment, of: set, on: name)
    }
  }

  private mutating func add(_ assignment: Assignment, of set: PolicySet, on condition: String?) {
    let units: [String?] =
      assignment.places.isEmpty ? [nil] : assignment.places.map { set.units[$0].path }
    for policy in assignment.policies {
      for subject in assignment.subjects {
        for unit in units {
          grants.append(
            PolicyGrant(
              set.policies[policy].heading.name,
              to: named(subject, in: set),
              in: unit,
              when: condition
            )
          )
        }
      }
    }
  }

  private func named(_ subject: Subject, in set: PolicySet) -> GrantSubject {
    switch subject {
    case .everyone: .everyone
    case .anonymous: .anonymous
    case .group(let group): .group(set.groups[group].heading.name)
    case .principal(let id): id.kind == .user ? .user(id.id) : .serviceAccount(id.id)
    }
  }
}

/// Separations of duties in files that were made to be read wrongly.
@Suite struct SeparationSectionTests {
  @Test func `policies that are not there, and a separation of one policy`() throws {
    var set = SmallSet.portal(lamps: 4)
    set.assertions.append(
      Assertion(
        claim: .nobodyHolds([PolicyIndex(0), PolicyIndex(1)]),
        places: [],
        condition: nil,
        annotations: [],
        span: RandomSets.span
      )
    )
    let artifact = Artifact("separation", set)
    let place = CraftedFile(artifact.bytes).place(.separations).offset
    // Tables last no longer than their engine.
    let engine = try PolicyEngine(bytes: artifact.bytes)
    #expect(engine.tables.separations.count == 1)
    for (offset, value) in [(0, UInt64(UInt32.max)), (4, 1_000), (4, 1), (4, 0)] {
      var file = CraftedFile(artifact.bytes)
      file.store(value, at: place + offset, 4)
      file.renewChecksums()
      var random = RandomSource(seed: 1)
      guard
        case .inconsistent(ArtifactSection.separations.name, _)? =
          artifact.exercise(file.bytes, &random)
      else {
        Issue.record("\(value) at \(offset) is taken")
        continue
      }
    }
  }
}
