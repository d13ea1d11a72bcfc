package import PolicyEngine
package import PolicyModel

/// Where something is so: everywhere, or in some units and not in others, nearest first.
package struct AccessPlaces: Hashable, Sendable {
  /// The units in which it is so, with what is below them, but for those that are left out.
  package let units: [UnitIndex]
  /// The units below others, or of all, in which it is not so.
  package let exceptions: [UnitIndex]
  /// Whether it is so outside every unit.
  package let isOutside: Bool
  package let isEverywhere: Bool

  /// From whether it is so in each unit.
  init(_ isThere: [Bool], isOutside: Bool, in set: PolicySet) {
    var units: [UnitIndex] = []
    var exceptions: [UnitIndex] = []
    for index in set.units.indices {
      // What is outside every unit is around the outermost ones.
      let around = set.units[index].parent.map { isThere[$0.position] } ?? isOutside
      guard isThere[index.position] != around else { continue }
      if isThere[index.position] { units.append(index) } else { exceptions.append(index) }
    }
    self.units = units
    self.exceptions = exceptions
    self.isOutside = isOutside
    isEverywhere = isOutside && units.isEmpty && exceptions.isEmpty
  }

  /// In words, such as "in `acme`, but not in `acme/plant-1`"; nothing for everywhere.
  package func words(in set: PolicySet) -> String {
    func list(_ units: [UnitIndex]) -> String {
      units.map { "`\(describe($0, in: set))`" }.joined(separator: ", ")
    }
    if isEverywhere { return "" }
    if isOutside, units.isEmpty { return "everywhere but in \(list(exceptions))" }
    let but = exceptions.isEmpty ? "" : ", but not in \(list(exceptions))"
    if units.isEmpty { return "outside every unit\(but)" }
    return "in \(list(units))\(isOutside ? " and outside every unit" : "")\(but)"
  }
}

/// The parts of the unit tree that the places of some policies tell apart.
struct AccessRegions {
  /// For each part, the places that have it; the first is outside all of them.
  let covering: [Set<UnitIndex>]
  /// The part of each unit.
  let regionOfUnit: [Int]

  /// - Complexity: O(units + places²).
  init(_ places: Set<UnitIndex>, in set: PolicySet) {
    var covering: [Set<UnitIndex>] = [[]]
    var regionOfUnit = [Int](repeating: 0, count: set.units.count)
    guard !places.isEmpty else {
      self.covering = covering
      self.regionOfUnit = regionOfUnit
      return
    }
    for index in set.units.indices {
      let around = set.units[index].parent.map { regionOfUnit[$0.position] } ?? 0
      guard places.contains(index) else {
        regionOfUnit[index.position] = around
        continue
      }
      regionOfUnit[index.position] = covering.count
      covering.append(covering[around].union([index]))
    }
    self.covering = covering
    self.regionOfUnit = regionOfUnit
  }
}
