/// Which variables of two artifacts read the same, and which of their classes go together.
///
/// Variables without a link are taken to be free of each other. So more is held possible than is, and
/// never less.
struct VariableLinks {
  private let new: Tables
  private let old: Tables
  private let classes: ClassPairs
  private let newKeys: [VariableKeys.Variable?]
  private let oldKeys: [VariableKeys.Variable?]
  private let groups: GroupChanges?
  /// By the slots of the new artifact.
  private var oldSlots: [Int?]
  private var pairs: [[ClassPair]?]

  /// `groups` says how groups changed; nil is to take the truth of a membership as given.
  init(_ new: Tables, _ old: Tables, _ groups: GroupChanges?) {
    self.new = new
    self.old = old
    self.groups = groups
    let names = (ConstantNames(new), ConstantNames(old))
    classes = ClassPairs(names.0, names.1)
    newKeys = VariableKeys(names.0).variables
    oldKeys = VariableKeys(names.1).variables
    var places: [[UInt8]: Int] = [:]
    for (slot, variable) in oldKeys.enumerated() {
      guard let variable, places[variable.key] == nil else { continue }
      places[variable.key] = slot
    }
    oldSlots = newKeys.map { variable in
      variable.flatMap { places.removeValue(forKey: $0.key) }
    }
    pairs = Array(repeating: nil, count: newKeys.count)
  }

  /// The variable of the old artifact that reads the same; nil when there is none.
  func oldSlot(of slot: Int) -> Int? { oldSlots[slot] }

  /// Links variables that stand for the same function.
  mutating func link(_ slot: Int, _ oldSlot: Int) {
    oldSlots[slot] = oldSlot
    pairs[slot] = ClassPair.equal(3)
  }

  /// The classes that go together of a variable and the linked one; nil where nothing is known.
  mutating func pairs(of slot: Int) -> [ClassPair]? {
    if let known = pairs[slot] { return known }
    guard let oldSlot = oldSlots[slot] else { return nil }
    guard let found = find(slot, oldSlot) else {
      oldSlots[slot] = nil
      return nil
    }
    pairs[slot] = found
    return found
  }

  /// Whether a variable always has the class of another.
  mutating func areEqual(_ slot: Int, _ oldSlot: Int) -> Bool {
    guard oldSlots[slot] == oldSlot, new.variables[slot] == old.variables[oldSlot] else {
      return false
    }
    return pairs(of: slot)?.allSatisfy { $0.new == $0.old } == true
  }

  private func find(_ slot: Int, _ oldSlot: Int) -> [ClassPair]? {
    switch (newKeys[slot]?.source, oldKeys[oldSlot]?.source) {
    case (.kind, .kind), (.element, .element): return ClassPair.equal(3)
    case (.group(let group), .group(let oldGroup)):
      return groups?.change(of: group, oldGroup).pairs ?? ClassPair.equal(3)
    case (.step(let step), .step(let oldStep)):
      return classes.pairs(new.steps[step], old.steps[oldStep])
    default: return nil
    }
  }
}

extension ClassPair {
  /// Each class with itself.
  static func equal(_ count: UInt32) -> [ClassPair] {
    (0..<count).map { ClassPair(new: $0, old: $0) }
  }
}

extension GroupChange {
  /// The truths of a membership that go together: 0 unknown, 1 no, 2 yes.
  fileprivate var pairs: [ClassPair] {
    let truths: [UInt32] = [1, 0, 2]
    var found: [ClassPair] = []
    for (rank, new) in truths.enumerated() {
      for (oldRank, old) in truths.enumerated() {
        let isPossible = rank == oldRank || (rank > oldRank ? hasGrown : hasShrunk)
        if isPossible { found.append(ClassPair(new: new, old: old)) }
      }
    }
    return found
  }
}
