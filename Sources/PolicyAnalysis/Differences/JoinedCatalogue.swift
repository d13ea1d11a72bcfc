import PolicyEngine
import PolicyModel

/// The catalogues of two policy sets as one, and where the things of each are in it.
///
/// Names tell what is the same: a service, action or attribute of both sets is there once. A new
/// catalogue's order comes first, so that its ranges of actions stay ranges. Names are in NFC, so
/// that equal strings have equal bytes.
struct JoinedCatalogue {
  private(set) var catalogue = Catalogue()
  private(set) var services: SidePair<[ServiceIndex]> = SidePair([], [])
  private(set) var actions: SidePair<[Int]> = SidePair([], [])
  private(set) var attributes: SidePair<[AttributeIndex]> = SidePair([], [])

  /// - Complexity: O(names of both).
  init(_ sets: SidePair<PolicySet>) {
    joinServices(sets)
    joinActions(sets)
    joinAttributes(sets)
  }

  private mutating func joinServices(_ sets: SidePair<PolicySet>) {
    var known: [String: ServiceIndex] = [:]
    for side in [Side.new, .old] {
      for service in sets[side].catalogue.services.elements {
        let name = service.heading.name
        let index =
          known[name]
          ?? catalogue.services.append(Service(heading: service.heading, actions: 0..<0))
        known[name] = index
        services[side].append(index)
      }
    }
  }

  private mutating func joinActions(_ sets: SidePair<PolicySet>) {
    var own = SidePair<[Int]>([], [])
    var ofService = [[(side: Side, action: ActionIndex)]](
      repeating: [],
      count: catalogue.services.count
    )
    for side in [Side.new, .old] {
      let source = sets[side].catalogue
      own[side] = [Int](repeating: 0, count: source.actions.count)
      for index in source.actions.indices {
        let service = services[side][source.actions[index].service.position]
        ofService[service.position].append((side, index))
      }
    }
    var known: [String: Int] = [:]
    for service in catalogue.services.indices {
      let start = catalogue.actions.count
      for (side, index) in ofService[service.position] {
        let action = sets[side].catalogue.actions[index]
        if let joined = known[action.path] {
          own[side][index.position] = joined
          continue
        }
        let joined = catalogue.actions.append(
          Action(
            heading: action.heading,
            service: service,
            isExplicit: action.isExplicit,
            isSensitive: action.isSensitive,
            groups: action.groups,
            path: action.path
          )
        )
        known[action.path] = joined.position
        own[side][index.position] = joined.position
      }
      catalogue.services[service].actions = start..<catalogue.actions.count
    }
    actions = own
  }

  /// Attributes of one name are one if some type has the values of both; else they are two, and
  /// each set reads its own.
  private mutating func joinAttributes(_ sets: SidePair<PolicySet>) {
    var known: [String: AttributeIndex] = [:]
    for side in [Side.new, .old] {
      for attribute in sets[side].catalogue.attributes.elements {
        let declaring = attribute.services?.map { services[side][$0.position] }
        if let index = known[attribute.path],
          let type = catalogue.attributes[index].type.joined(with: attribute.type)
        {
          let before = catalogue.attributes[index]
          let both = before.services.flatMap { first in declaring.map { Set(first + $0).sorted() } }
          catalogue.attributes[index] = Attribute(
            space: before.space,
            heading: before.heading,
            type: type,
            services: both
          )
          attributes[side].append(index)
          continue
        }
        let index = catalogue.attributes.append(
          Attribute(
            space: attribute.space,
            heading: attribute.heading,
            type: attribute.type,
            services: declaring
          )
        )
        known[attribute.path] = known[attribute.path] ?? index
        attributes[side].append(index)
      }
    }
  }
}

extension AttributeType {
  /// A type with the values of both; nil where there is none.
  fileprivate func joined(with other: AttributeType) -> AttributeType? {
    if self == other { return self }
    switch (self, other) {
    case (.oneOf(let first), .oneOf(let second)):
      return .oneOf(first + second.filter { !first.contains($0) })
    case (.oneOf, .string), (.string, .oneOf): return .string
    default: return nil
    }
  }
}
