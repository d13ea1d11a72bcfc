import PolicyCompiler
import PolicyEngine
import PolicyModel

/// Actions about which the same is decided, whatever the request.
struct ActionClasses {
  private let set: PolicySet
  private let cells: Table<PolicyIndex, [CellRun]>
  private let everyones: [PolicyIndex]

  init(_ set: PolicySet, _ cells: Table<PolicyIndex, [CellRun]>) {
    self.set = set
    self.cells = cells
    let shared = set.assignments.elements.filter { $0.subjects.contains(.everyone) }
    everyones = Set(shared.flatMap(\.policies)).sorted()
  }

  /// The classes of actions for somebody who holds a policy, with what that policy says.
  ///
  /// - Complexity: O(runs of its cells and of those of what everyone has).
  func classes(of policy: PolicyIndex) -> [(actions: ActionSet, cell: Diagram)] {
    let all = ActionSet([0..<set.catalogue.actions.count])
    let policies = [policy] + everyones.filter { $0 != policy }
    return classes(policies, within: all).map { ($0.actions, $0.cells[0]) }
  }

  /// The actions of which the same is said as of one, by all policies that a request can have in force.
  func around(_ request: RequestData) -> ActionSet {
    var policies = Set(everyones + request.held.map(\.policy))
    for assignment in set.assignments.elements
    where anySubject(assignment.subjects, is: request, in: set) != .no {
      policies.formUnion(assignment.policies)
    }
    let all = ActionSet([0..<set.catalogue.actions.count])
    let found = classes(policies.sorted(), within: all)
    let own = found.first { $0.actions.contains(request.action) }?.actions ?? ActionSet()
    return declaring(request, own)
  }

  /// Those of some actions whose services declare all that the request has a value of.
  func declaring(_ request: RequestData, _ actions: ActionSet) -> ActionSet {
    let restricted = request.values.keys.compactMap { set.catalogue.attributes[$0].services }
    guard !restricted.isEmpty else { return actions }
    return restricted.reduce(actions) { actions, services in
      actions.intersection(
        ActionSet(services.map { set.catalogue.services[$0].actions })
      )
    }
  }

  private func classes(
    _ policies: [PolicyIndex],
    within all: ActionSet
  ) -> [(actions: ActionSet, cells: [Diagram])] {
    var order: [[Diagram]] = []
    var ranges: [[Diagram]: [Range<Int>]] = [:]
    for segment in segments(policies, cells, within: all) {
      if ranges[segment.cells] == nil { order.append(segment.cells) }
      ranges[segment.cells, default: []].append(segment.actions)
    }
    let silent = [Diagram](repeating: .nothing, count: policies.count)
    let spoken = order.map { (actions: ActionSet(ranges[$0] ?? []), cells: $0) }
    let rest = spoken.reduce(all) { $0.subtracting($1.actions) }
    return spoken + (rest.isEmpty ? [] : [(rest, silent)])
  }
}
