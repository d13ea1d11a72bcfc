/// Numbers that two artifacts have in common for what has the same name: those of the new one, and for
/// what it does not have, numbers above them.
struct CommonNames {
  /// A principal that is declared.
  struct Principal {
    let number: UInt32
    let index: UInt32
    /// Its kind and id.
    let name: NameRecord
  }

  let new: Tables
  let old: Tables
  let newPrincipals: [Principal]
  let oldPrincipals: [Principal]
  let newGroups: [UInt32]
  let oldGroups: [UInt32]
  let newPolicies: [UInt32]
  let oldPolicies: [UInt32]
  let newUnits: [UInt32]
  let oldUnits: [UInt32]

  /// - Complexity: O(names).
  init(_ new: Tables, _ old: Tables) {
    self.new = new
    self.old = old
    newGroups = new.groups.indices.map { UInt32($0) }
    newPolicies = new.policies.indices.map { UInt32($0) }
    newUnits = new.units.indices.map { UInt32($0) }
    func numbers(
      _ count: Int,
      above newCount: Int,
      _ space: UInt32,
      _ name: (Int) -> TextRef
    ) -> [UInt32] {
      (0..<count).map { index in
        new.position(old.bytes(of: name(index)), in: space) ?? UInt32(newCount + index)
      }
    }
    oldGroups = numbers(old.groups.count, above: new.groups.count, NameSpace.group) {
      old.groups[$0].name
    }
    oldPolicies = numbers(old.policies.count, above: new.policies.count, NameSpace.policy) {
      old.policies[$0].name
    }
    oldUnits = numbers(old.units.count, above: new.units.count, NameSpace.unit) {
      old.units[$0].path
    }
    newPrincipals = Self.principals(of: new) { slot, _ in UInt32(slot) }
    oldPrincipals = Self.principals(of: old) { slot, record in
      new.nameSlot(old.bytes(of: record.text), in: record.space)
        ?? UInt32(new.names.count + slot)
    }
  }

  private static func principals(
    of tables: Tables,
    _ number: (Int, NameRecord) -> UInt32
  ) -> [Principal] {
    tables.names.indices.compactMap { slot in
      let record = tables.names[slot]
      guard record.space == NameSpace.user || record.space == NameSpace.serviceAccount else {
        return nil
      }
      return Principal(number: number(slot, record), index: record.index, name: record)
    }
  }
}

extension CommonNames {
  /// Where a group is in the old artifact.
  func oldGroup(_ number: UInt32) -> Int? {
    guard Int(number) < new.groups.count else { return Int(number) - new.groups.count }
    let name = new.bytes(of: new.groups[number].name)
    return old.position(name, in: NameSpace.group).map { Int($0) }
  }

  /// A unit and all those above it, from itself on.
  func unitAndAbove(_ number: UInt32) -> [UInt32] {
    let count = UInt32(new.units.count)
    guard number >= count else { return new.unitAndAbove(number) }
    return old.unitAndAbove(number - count).map { oldUnits[Int($0)] }
  }

  /// The path of a unit.
  func unit(_ number: UInt32) -> String {
    let count = UInt32(new.units.count)
    let path =
      number < count
      ? new.text(new.units[number].path) : old.text(old.units[number - count].path)
    return path ?? ""
  }

  /// The name of a group.
  func group(_ number: UInt32) -> String {
    let count = UInt32(new.groups.count)
    let name =
      number < count
      ? new.text(new.groups[number].name) : old.text(old.groups[number - count].name)
    return name ?? ""
  }

  /// Whom a gift is for, as policy text has it where there is such a text.
  func text(of recipient: Gift.Recipient) -> String {
    switch recipient {
    case .everyone: "everyone"
    case .anonymous: "anonymous"
    case .group(let number): "group \(group(number))"
    case .someUser: "some user"
    case .someServiceAccount: "some service-account"
    case .principal(let number):
      principal(Int(number))
    }
  }

  private func principal(_ number: Int) -> String {
    let isNew = number < new.names.count
    let record = isNew ? new.names[number] : old.names[number - new.names.count]
    let id = (isNew ? new : old).text(record.text) ?? ""
    return "\(record.space == NameSpace.user ? "user" : "service-account") \"\(id)\""
  }
}

extension Tables {
  /// - Complexity: O(length of the path).
  fileprivate func unitAndAbove(_ unit: UInt32) -> [UInt32] {
    var found = [unit]
    var path = bytes(of: units[unit].path)[...]
    while let slash = path.lastIndex(of: UInt8(ascii: "/")) {
      path = path[..<slash]
      guard let above = position(Array(path), in: NameSpace.unit) else { break }
      found.append(above)
    }
    return found
  }

  /// The first unit that is not where its path says: behind the one above it, with all below it in a
  /// row; nil in whatever a compiler wrote.
  ///
  /// - Complexity: O(lengths of the paths).
  var strayUnit: Int? {
    var above: [(path: [UInt8], end: UInt32)] = []
    for index in units.indices {
      let unit = units[index]
      let path = bytes(of: unit.path)
      while let last = above.last, Int(last.end) <= index { above.removeLast() }
      let parent = path.lastIndex(of: UInt8(ascii: "/")).map { Array(path[..<$0]) }
      guard parent == above.last?.path, unit.end > UInt32(index),
        Int(unit.end) <= units.count, unit.end <= above.last?.end ?? .max
      else { return index }
      above.append((path, unit.end))
    }
    return nil
  }

  /// The tables of the conditions that assignments name, by the bytes of the names.
  ///
  /// - Complexity: O(assignments and their annotations).
  var namedConditions: [[UInt8]: Set<UInt32>] {
    var found: [[UInt8]: Set<UInt32>] = [:]
    for index in assignments.indices {
      guard let name = conditionName(ofAssignment: AssignmentIndex(index)) else { continue }
      found[Array(name.utf8), default: []].insert(assignments[index].condition)
    }
    return found
  }

  /// The position that a name space gives to a name; nil for a name that it does not have.
  func position(_ bytes: [UInt8], in space: UInt32) -> UInt32? {
    unsafe bytes.withUnsafeBytes { unsafe position($0, in: space) }
  }

  /// Where a name is among all; nil for one that the space does not have.
  func nameSlot(_ bytes: [UInt8], in space: UInt32) -> UInt32? {
    unsafe bytes.withUnsafeBytes { unsafe nameSlot($0, in: space) }.map { UInt32($0) }
  }
}
