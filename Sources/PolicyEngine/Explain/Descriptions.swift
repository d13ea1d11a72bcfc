extension PolicyEngine {
  /// A rule with all that its source says of it.
  package func rule(_ index: UInt32) -> Rule {
    let record = tables.rules[index]
    return Rule(
      index: RuleIndex(Int(index)),
      policy: tables.text(tables.policies[record.policy].name) ?? "",
      id: tables.text(record.id) ?? "",
      effect: record.effect == 0 ? .allow : .deny,
      because: tables.text(record.because),
      documentation: tables.text(record.documentation),
      annotations: annotations(record.annotations),
      place: place(record.file, record.line, record.column)
    )
  }

  func place(ofAssignment index: UInt32) -> SourcePlace {
    let record = tables.assignments[index]
    return place(record.file, record.line, record.column)
  }

  private func place(_ file: UInt32, _ line: UInt32, _ column: UInt32) -> SourcePlace {
    let path = tables.strings[tables.summary(.fileStart) + Int(file)]
    return SourcePlace(file: tables.text(path) ?? "", line: Int(line), column: Int(column))
  }

  private func annotations(_ run: Run) -> [Annotation] {
    run.range.map { index in
      let record = tables.annotations[index]
      return Annotation(
        name: tables.text(record.name) ?? "",
        arguments: record.arguments.range.map { tables.text(tables.strings[$0]) ?? "" }
      )
    }
  }
}

extension Tables {
  /// The variables that a table or a diagram reads; of a diagram, those on the way taken.
  private func reads(
    of table: UInt32,
    _ classes: UnsafePointer<UInt32>
  ) -> [UInt32] {
    let record = tables[table]
    guard record.form == 1 else { return record.readers.range.map { readers[$0].slot } }
    var found: [UInt32] = []
    var reference = record.root
    while reference > 2 {
      let node = nodes[reference - 3]
      found.append(node.slot)
      reference = unsafe deciding.value(maps[node.map], class: classes[Int(node.slot)])
    }
    return found
  }

  /// What a table reads that is missing, in the order of the variables, by names for people.
  func missing(in table: UInt32, _ classes: UnsafePointer<UInt32>) -> [String] {
    let first = variables.count - derivations.count
    var names: [String] = []
    // Derived variables may share what they are derived from, and be derived from each other in a long
    // row: each is gone into once, and not by recursion.
    var seen: Set<UInt32> = []
    var waiting = unsafe Array(reads(of: table, classes).reversed())
    while let slot = waiting.popLast() {
      guard seen.insert(slot).inserted else { continue }
      if Int(slot) >= first {
        guard unsafe classes[Int(slot)] == 1 else { continue }
        unsafe waiting += reads(of: derivations[Int(slot) - first], classes).reversed()
      } else if unsafe classes[Int(slot)] == 0, Int(slot) + 1 != summary(.kindSlot) {
        names += self.names(ofSlot: slot)
      }
    }
    return names
  }

  /// What a variable reads; a relation reads two terms.
  ///
  /// - Complexity: O(steps + groups): for explanations only.
  private func names(ofSlot slot: UInt32) -> [String] {
    for index in groups.indices where groups[index].slot == slot + 1 {
      return ["membership of group \(text(groups[index].name) ?? "")"]
    }
    var found: [String] = []
    for index in attributes.indices {
      if attributes[index].steps.range.contains(where: { sets(slot, steps[$0]) }) {
        found.append(name(ofAttribute: index))
      }
    }
    let principal = run(.principalStepStart, .principalStepCount)
    if principal.contains(where: { sets(slot, steps[$0]) }) { found.append("principal") }
    let resource = run(.resourceStepStart, .resourceStepCount)
    if resource.contains(where: { sets(slot, steps[$0]) }) { found.append("resource") }
    return found
  }

  private func sets(_ slot: UInt32, _ step: StepRecord) -> Bool {
    switch StepKind(rawValue: step.kind) {
    case .elements, .elementsUnder:
      (0..<Int(step.b)).contains { classes[Int(step.c) + $0] == slot }
    default: step.slot == slot
    }
  }

  func name(ofAttribute index: Int) -> String {
    let space = RequestSpace.allCases[Int(attributes[index].space)]
    return "\(space.rawValue).\(text(attributes[index].name) ?? "")"
  }
}
