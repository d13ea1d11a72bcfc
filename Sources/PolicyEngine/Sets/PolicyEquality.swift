extension PolicyEngine {
  /// The first built-in policy that decides otherwise than another engine's of the same name, or
  /// may; nil when all decide every action as before, and none was added or removed.
  ///
  /// - Complexity: O(built-in policies × actions), and O(classes that its cells tell apart) for each
  ///   pair of different tables.
  package func changedBuiltInPolicy(since old: PolicyEngine) -> String? {
    var comparison = TableComparison(tables, old.tables)
    for (engine, other) in [(self, old), (old, self)] {
      for policy in engine.tables.policies.indices {
        let record = engine.tables.policies[policy]
        guard record.flags & PolicyFlag.isBuiltIn != 0 else { continue }
        let name = engine.tables.text(record.name) ?? ""
        guard let found = other.policyIndex(record.name, engine),
          other.tables.policies[found].flags & PolicyFlag.isBuiltIn != 0
        else { return name }
        // The other way round only finds what was removed.
        guard engine === self else { continue }
        if !isSame(UInt32(policy), found, old, &comparison) { return name }
      }
    }
    return nil
  }

  private func isSame(
    _ policy: UInt32,
    _ before: UInt32,
    _ old: PolicyEngine,
    _ comparison: inout TableComparison
  ) -> Bool {
    let (now, then) = (tables.deciding, old.tables.deciding)
    var matched = 0
    for action in tables.actions.indices {
      let record = tables.actions[action]
      let plane = now.plane(policy, record)
      let name = tables.text(record.name) ?? ""
      guard let index = old.tables.position(of: name, in: NameSpace.action) else {
        if plane.cell(record.bit) == 0 { continue }
        return false
      }
      matched += 1
      let oldRecord = old.tables.actions[index]
      let oldPlane = then.plane(before, oldRecord)
      let cell = plane.cell(record.bit)
      guard cell == oldPlane.cell(oldRecord.bit) else { return false }
      guard cell == 3 else { continue }
      let table = plane.table(record.bit, in: now.cells)
      let oldTable = oldPlane.table(oldRecord.bit, in: then.cells)
      if !comparison.areSame(table, oldTable) { return false }
    }
    if matched == old.tables.actions.count { return true }
    return old.tables.actions.indices.allSatisfy { action in
      let record = old.tables.actions[action]
      let name = old.tables.text(record.name) ?? ""
      return tables.position(of: name, in: NameSpace.action) != nil
        || then.plane(before, record).cell(record.bit) == 0
    }
  }
}

extension PolicyEngine {
  /// The policies and actions that both engines have, answer with the same `PolicyChange.Answer`,
  /// and on conditions of which tables cannot show that they are the same: by name, in the order of
  /// this engine's policies and actions.
  ///
  /// - Complexity: O(policies × actions), and O(classes that its cells tell apart) for each pair of
  ///   different tables.
  package func unsettledConditions(
    since old: PolicyEngine
  ) -> [(policy: String, action: String)] {
    var comparison = TableComparison(tables, old.tables)
    let (now, then) = (tables.deciding, old.tables.deciding)
    let olds = tables.actions.indices.map { action in
      tables.text(tables.actions[action].name)
        .flatMap { old.tables.position(of: $0, in: NameSpace.action) }
    }
    var found: [(policy: String, action: String)] = []
    for policy in tables.policies.indices {
      let name = tables.policies[policy].name
      guard let before = old.policyIndex(name, self) else { continue }
      for action in tables.actions.indices {
        guard let oldAction = olds[Int(action)] else { continue }
        let (record, oldRecord) = (tables.actions[action], old.tables.actions[oldAction])
        let plane = now.plane(UInt32(policy), record)
        let oldPlane = then.plane(before, oldRecord)
        let (cell, oldCell) = (plane.cell(record.bit), oldPlane.cell(oldRecord.bit))
        // What is conditional on one side alone has another answer, or one that never varies.
        guard cell == 3 || oldCell == 3,
          reach(of: UInt32(policy), UInt32(action)) == old.reach(of: before, oldAction)
        else { continue }
        if cell == oldCell {
          let table = plane.table(record.bit, in: now.cells)
          let oldTable = oldPlane.table(oldRecord.bit, in: then.cells)
          if comparison.areSame(table, oldTable) { continue }
        }
        found.append((tables.text(name) ?? "", tables.text(record.name) ?? ""))
      }
    }
    return found
  }
}

/// Whether tables of two artifacts are the same function, by trying every vector of classes.
private struct TableComparison {
  private let new: Tables
  private let old: Tables
  private let newKeys: [String?]
  private let oldKeys: [String?]
  private var known: [UInt64: Bool] = [:]
  /// So many vectors are tried at most; more are not the same, for all we know.
  private static let limit = 1 << 18

  init(_ new: Tables, _ old: Tables) {
    self.new = new
    self.old = old
    newKeys = VariableKeys(new).keys
    oldKeys = VariableKeys(old).keys
  }

  mutating func areSame(_ table: UInt32, _ oldTable: UInt32) -> Bool {
    let key = UInt64(table) << 32 | UInt64(oldTable)
    if let found = known[key] { return found }
    let result = compare(table, oldTable)
    known[key] = result
    return result
  }

  /// A variable that one table or the other reads.
  private struct Variable {
    var new: Int?
    var old: Int?
    var classCount: UInt32
  }

  private func compare(_ table: UInt32, _ oldTable: UInt32) -> Bool {
    var variables: [String: Variable] = [:]
    for slot in new.deciding.slots(of: table) {
      guard let key = newKeys[slot] else { return false }
      variables[key] = Variable(new: slot, old: nil, classCount: new.variables[slot])
    }
    for slot in old.deciding.slots(of: oldTable) {
      guard let key = oldKeys[slot] else { return false }
      var variable =
        variables[key] ?? Variable(new: nil, old: nil, classCount: old.variables[slot])
      // A class of one is a position in the other's maps too.
      guard variable.classCount == old.variables[slot] else { return false }
      variable.old = slot
      variables[key] = variable
    }
    let all = Array(variables.values)
    var size = 1
    for variable in all {
      size = size.multipliedReportingOverflow(by: Int(variable.classCount)).partialValue
      guard (1...TableComparison.limit).contains(size) else { return false }
    }
    var left = [UInt32](repeating: 0, count: max(1, new.variables.count))
    var right = [UInt32](repeating: 0, count: max(1, old.variables.count))
    for number in 0..<size {
      var rest = number
      for variable in all {
        let pick = UInt32(rest % Int(variable.classCount))
        rest /= Int(variable.classCount)
        if let slot = variable.new { left[slot] = pick }
        if let slot = variable.old { right[slot] = pick }
      }
      let isSame = unsafe left.withUnsafeBufferPointer { left in
        unsafe right.withUnsafeBufferPointer { right in
          guard let left = left.baseAddress, let right = right.baseAddress else { return false }
          return unsafe new.deciding.outcome(table, left) == old.deciding.outcome(oldTable, right)
        }
      }
      guard isSame else { return false }
    }
    return true
  }
}

extension DecisionTables {
  /// The variables that a table or a diagram reads.
  fileprivate func slots(of table: UInt32) -> [Int] {
    let record = tables[table]
    guard record.form == 1 else { return record.readers.range.map { Int(readers[$0].slot) } }
    var seen: Set<UInt32> = []
    var found: Set<Int> = []
    var stack = [record.root]
    while let reference = stack.popLast() {
      guard reference > 2, seen.insert(reference).inserted else { continue }
      let node = nodes[reference - 3]
      found.insert(Int(node.slot))
      for index in maps[node.map].values { stack.append(mapValues[index]) }
    }
    return found.sorted()
  }
}
