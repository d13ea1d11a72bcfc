import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax

/// What makes an attribute one and the same.
struct AttributeKey: Hashable {
  let space: AttributeSpace
  let name: String
}

extension Checker {
  mutating func declareAttributes(
    _ block: Site,
    service: ServiceIndex?,
    reportsRepetitions: Bool = true
  ) {
    let space: AttributeSpace =
      has(block, .principal) ? .principal : has(block, .context) ? .context : .resource
    for site in nodes(block, .attribute) {
      guard let heading = heading(site, on: .attribute) else { continue }
      let key = AttributeKey(space: space, name: heading.name)
      guard let type = attributeType(of: site) else {
        untypedAttributes.insert(key)
        continue
      }
      guard let known = attributeNames[key] else {
        attributeNames[key] = set.catalogue.attributes.append(
          Attribute(space: space, heading: heading, type: type, services: service.map { [$0] })
        )
        continue
      }
      record(.attribute(known), at: heading.nameSpan, isDeclaration: true)
      let first = set.catalogue.attributes[known]
      let isFirstHere: Bool
      if let service, let services = first.services, !services.contains(service) {
        set.catalogue.attributes[known].services = services + [service]
        isFirstHere = true
      } else {
        isFirstHere = false
      }
      if !same(first.type, type) {
        report(ConflictingAttributeType.at(heading, type: type, first: first))
      } else if !isFirstHere, reportsRepetitions {
        report(DuplicateDeclaration.of("attribute", heading, first: first.heading.nameSpan))
      }
    }
  }

  /// Whether two types are one; the order of the words of a one-of type means nothing.
  func same(_ left: AttributeType, _ right: AttributeType) -> Bool {
    if case .oneOf(let left) = left, case .oneOf(let right) = right {
      return Set(left.map { TextKey($0) }) == Set(right.map { TextKey($0) })
    }
    return left == right
  }

  private mutating func attributeType(of site: Site) -> AttributeType? {
    if let words = first(site, .oneOfType) {
      var seen: [TextKey: SourceSpan] = [:]
      var listed: [String] = []
      for word in nodes(words, .string) {
        let text = string(word)
        if let first = seen[TextKey(text)] {
          report(DuplicateDeclaration.ofWord(text, at: span(word), first: first))
        } else {
          seen[TextKey(text)] = span(word)
          listed.append(text)
        }
      }
      return .oneOf(listed)
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
    case "Set":
      report(UnknownType.setOfNothing(at: span(site)))
      return nil
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
