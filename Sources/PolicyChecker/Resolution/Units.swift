import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax

extension Checker {
  mutating func resolveUnits() {
    for site in sites(.ou) {
      guard let root = first(site, .unit) else { continue }
      declare(unit: root, annotatedBy: site, parent: nil)
    }
  }

  /// Declares a unit and all below it, in preorder, so that a subtree is contiguous.
  private mutating func declare(unit site: Site, annotatedBy outer: Site?, parent: UnitIndex?) {
    guard var heading = heading(site, on: .unit) else { return }
    if let outer {
      heading = Heading(
        name: heading.name,
        title: heading.title,
        documentation: trees[outer.tree].documentation(before: outer.node),
        annotations: annotations(of: outer, on: .unit) + heading.annotations,
        nameSpan: heading.nameSpan,
        span: span(outer)
      )
    }
    if parent == nil, heading.name == "outside", let nameSite = first(site, .name),
      !trees[site.tree].isQuoted(nameSite.node)
    {
      report(ReservedUnit.outside(at: heading.nameSpan))
    }
    if heading.name.utf8.contains(UInt8(ascii: "/")) {
      report(InvalidNames.slashInUnit(heading))
    }
    let path = parent.map { "\(set.units[$0].path)/\(heading.name)" } ?? heading.name
    if let first = unitPaths[path] {
      report(
        DuplicateDeclaration.of("unit", heading, first: set.units[first].heading.nameSpan)
      )
      return
    }
    let position = set.units.count
    let index = set.units.append(
      Unit(heading: heading, path: path, parent: parent, subtree: position..<position + 1)
    )
    unitPaths[path] = index
    if let parent {
      childUnits[set.units[parent].path, default: []].append(heading.name)
    } else {
      rootUnits.append(heading.name)
    }
    for child in nodes(site, .unit) {
      declare(unit: child, annotatedBy: nil, parent: index)
    }
    set.units[index].subtree = position..<set.units.count
  }

  /// The places of a list; `outside` only where it is allowed.
  mutating func places(_ list: Site?, outsideAllowed: Bool) -> [AssertionPlace]? {
    guard let list else { return [] }
    var result: [AssertionPlace] = []
    var isComplete = true
    for site in nodes(list, .place) {
      let names = nodes(site, .name)
      if names.isEmpty {
        if outsideAllowed {
          result.append(.outside)
        } else {
          report(OutsideNotAllowed.at(span(site)))
          isComplete = false
        }
      } else if let unit = unit(names) {
        result.append(.unit(unit))
      } else {
        isComplete = false
      }
    }
    return isComplete ? result : nil
  }

  private mutating func unit(_ names: [Site]) -> UnitIndex? {
    var path = ""
    for (depth, site) in names.enumerated() {
      let next = depth == 0 ? name(site) : "\(path)/\(name(site))"
      guard let index = unitPaths[next] else {
        report(
          UnknownUnit.at(
            span(site),
            name: name(site),
            parent: depth == 0 ? nil : path,
            known: depth == 0 ? rootUnits : childUnits[path] ?? []
          )
        )
        return nil
      }
      if depth == names.count - 1 {
        noteUse(of: set.units[index].heading, as: "unit", at: span(site))
        return index
      }
      path = next
    }
    return nil
  }
}
