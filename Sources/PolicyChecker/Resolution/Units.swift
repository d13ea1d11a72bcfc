import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax

extension Checker {
  mutating func resolveUnits() {
    for site in sites(.ou) {
      guard let root = first(site, .unit) else { continue }
      declare(unit: root, annotatedBy: site, parent: nil, isRepeated: false)
    }
  }

  /// Declares a unit and all below it, in preorder, so that a subtree is contiguous.
  ///
  /// `isRepeated` says that a unit around it is declared twice: it is then known by the first, and
  /// its own repetition is no further mistake.
  private mutating func declare(
    unit site: Site,
    annotatedBy outer: Site?,
    parent: UnitIndex?,
    isRepeated: Bool
  ) {
    guard let heading = unitHeading(site, annotatedBy: outer) else { return }
    let path = parent.map { "\(set.units[$0].path)/\(heading.name)" } ?? heading.name
    let first = unitPaths[path]
    if let first, !isRepeated {
      report(
        DuplicateDeclaration.of("unit", heading, first: set.units[first].heading.nameSpan)
      )
    }
    let position = set.units.count
    let index = set.units.append(
      Unit(heading: heading, path: path, parent: parent, subtree: position..<position + 1)
    )
    if first == nil {
      unitPaths[path] = index
      if let parent {
        childUnits[set.units[parent].path, default: []].append(heading.name)
      } else {
        rootUnits.append(heading.name)
      }
    }
    for child in nodes(site, .unit) {
      declare(unit: child, annotatedBy: nil, parent: index, isRepeated: first != nil)
    }
    set.units[index].subtree = position..<set.units.count
  }

  /// The heading of a unit; that of a root has the annotations and documentation of its `ou`.
  private mutating func unitHeading(_ site: Site, annotatedBy outer: Site?) -> Heading? {
    guard let heading = heading(site, on: .unit) else { return nil }
    guard let outer else { return heading }
    return Heading(
      name: heading.name,
      title: heading.title,
      documentation: trees[outer.tree].documentation(before: outer.node),
      annotations: annotations(of: outer, on: .unit) + heading.annotations,
      nameSpan: heading.nameSpan,
      span: span(outer)
    )
  }

  /// The places of a list; `outside` only where it is allowed.
  mutating func places(_ list: Site?, outsideAllowed: Bool) -> [AssertionPlace]? {
    guard let list else { return [] }
    var result: [AssertionPlace] = []
    var isComplete = true
    for site in nodes(list, .place) {
      let names = nodes(site, .name)
      if has(site, .outside) {
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
            known: depth == 0 ? rootUnits : childUnits[path] ?? [],
            paths: names.count == 1 ? writtenPaths(of: name(site)) : []
          )
        )
        return nil
      }
      if depth == names.count - 1 {
        noteUse(.unit(index), of: set.units[index].heading, as: "unit", at: span(site))
        return index
      }
      record(.unit(index), at: span(site))
      path = next
    }
    return nil
  }

  /// How the places of all units of one name are written.
  private func writtenPaths(of name: String) -> [String] {
    set.units.elements.filter { $0.heading.name == name }.map { unit in
      var names = [unit.heading.name.asName]
      var parent = unit.parent
      while let above = parent {
        names.append(set.units[above].heading.name.asName)
        parent = set.units[above].parent
      }
      return names.reversed().joined(separator: "/")
    }
  }
}
