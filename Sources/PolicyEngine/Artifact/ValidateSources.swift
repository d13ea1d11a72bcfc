/// Where the classes of each variable come from, and how high they go.
///
/// A variable has one source, and no class that its source never gives. So variables with the same
/// source have as many classes, in whatever file they are, and comparing two files can go by sources.
struct VariableSources {
  private let tables: Tables
  private let base: Validation
  private var isTaken: [Bool]
  /// How many classes steps and names give; 0 where that is the same for every step of the kind.
  private var counts: [UInt32]
  /// A relation is a step of both of its terms.
  private var relations: [UInt32: StepRecord] = [:]

  init(_ tables: Tables) {
    self.tables = tables
    base = Validation(tables: tables)
    // The summary is proved already, so that there are no more of them than variables.
    isTaken = [Bool](repeating: false, count: tables.summary(.requestVariableCount))
    counts = [UInt32](repeating: 0, count: isTaken.count)
  }

  /// Takes the variables of the kind of principal and of groups, which have no step.
  mutating func takeDeclared() throws(ArtifactError) {
    let kind = tables.summary(.kindSlot)
    if kind > 0 { try take(UInt32(kind - 1)) }
    for index in tables.groups.indices where tables.groups[index].slot > 0 {
      try take(tables.groups[index].slot - 1)
    }
  }

  /// Takes the variables of a step that is proved.
  ///
  /// - Parameters:
  ///   - step: The step.
  ///   - kind: Its kind.
  ///   - highest: The highest class that it gives; nil where its kind has so many.
  /// - Throws: `ArtifactError` when another one has taken a variable.
  mutating func take(
    _ step: StepRecord,
    _ kind: StepKind,
    upTo highest: UInt32?
  ) throws(ArtifactError) {
    switch kind {
    case .elements, .elementsUnder:
      for offset in 0..<Int(step.b) { try take(tables.classes[Int(step.c) + offset]) }
    case .relation:
      if let known = relations[step.slot] {
        let isSame = known.a == step.a && known.b == step.b && known.c == step.c
        try base.expect(isSame, .steps, "variable \(step.slot) is of two relations")
      } else {
        relations[step.slot] = step
        try take(step.slot)
      }
    default:
      try take(step.slot)
      if let highest { number(step.slot, upTo: highest) }
    }
  }

  /// Notes a class that a step gives.
  mutating func number(_ slot: UInt32, upTo highest: UInt32) {
    counts[Int(slot)] = max(counts[Int(slot)], highest + 1)
  }

  /// Variables have the classes that their steps give, and no others.
  func checkCounts() throws(ArtifactError) {
    for slot in counts.indices {
      try base.expect(
        counts[slot] == 0 || counts[slot] == tables.variables[slot],
        .variables,
        "variable \(slot) has another number of classes than its step"
      )
    }
  }

  private mutating func take(_ slot: UInt32) throws(ArtifactError) {
    try base.expect(!isTaken[Int(slot)], .steps, "variable \(slot) is set twice")
    isTaken[Int(slot)] = true
  }
}
