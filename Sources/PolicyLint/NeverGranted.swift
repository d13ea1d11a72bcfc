import PolicyEngine
import PolicyModel
import PolicySource

/// The actions that no rule of any policy allows.
struct NeverGranted {
  private let set: PolicySet
  private let granted: ActionSet
  private let explicit: ActionSet
  /// Whether the set allows anything at all; a catalogue alone grants nothing, and is not asked.
  let isAsked: Bool

  init(_ set: PolicySet) {
    self.set = set
    granted = ActionSet(
      set.rules.elements.filter { $0.effect == .allow }.flatMap(\.actions.ranges)
    )
    isAsked = !granted.isEmpty
    let groups = set.catalogue.groups.filter(\.isExplicit).map(\.actions)
    explicit = ActionSet(groups).union(set.actions(where: \.isExplicit))
  }

  /// The outermost services, action groups and actions of which nothing is ever granted.
  ///
  /// Only of explicit actions, or only of others that are not deprecated.
  func declarations(explicit isExplicit: Bool) -> [(what: String, heading: Heading)] {
    let catalogue = set.catalogue
    let deprecated = ActionSet(
      (catalogue.services.elements.map { ($0.heading, $0.actions) }
        + catalogue.groups.map { ($0.heading, $0.actions) }
        + catalogue.actions.indices.map {
          (catalogue.actions[$0].heading, $0.position..<$0.position + 1)
        })
        .filter { $0.0.annotation("deprecated") != nil }.map(\.1)
    )
    let all = set.actions { _ in true }
    let asked = isExplicit ? explicit : all.subtracting(explicit).subtracting(deprecated)
    var rest = asked.subtracting(granted)
    var result: [(what: String, heading: Heading)] = []
    func take(_ what: String, _ heading: Heading, _ actions: Range<Int>) {
      let own = ActionSet([actions])
      guard !own.isEmpty, own.subtracting(rest).isEmpty else { return }
      rest = rest.subtracting(own)
      result.append((what, heading))
    }
    for service in catalogue.services.elements {
      take("service", service.heading, service.actions)
    }
    // Groups around others come before them.
    for group in catalogue.groups.sorted(by: { $0.actions.count > $1.actions.count }) {
      guard group.actions.count > 1 else { continue }
      take("group", group.heading, group.actions)
    }
    for index in catalogue.actions.indices {
      take("", catalogue.actions[index].heading, index.position..<index.position + 1)
    }
    return result
  }
}
