/// Proves what the steps of classification refer to.
struct StepValidation {
  private let tables: Tables
  private let base: Validation
  private var numbers = 0
  private var classes = 0
  private var symbols = 0
  private var transitions = 0
  /// For each name space of constants, the number that its positions are below; 0 if unused.
  private var bounds: [UInt32]
  /// For each name space of constants whose positions are classes, the variable, plus 1.
  private var numbered: [UInt32]
  private var sources: VariableSources

  /// How many numbers a cut is made of, and what they are.
  private enum Width {
    case one, time, address

    var numbers: Int { self == .one ? 1 : 2 }
  }

  init(tables: Tables) {
    self.tables = tables
    base = Validation(tables: tables)
    bounds = [UInt32](repeating: 0, count: 2 * tables.steps.count)
    numbered = bounds
    sources = VariableSources(tables)
  }

  func run() throws(ArtifactError) {
    var copy = self
    try copy.runOnce()
  }

  private mutating func runOnce() throws(ArtifactError) {
    try sources.takeDeclared()
    for index in tables.steps.indices {
      let step = tables.steps[index]
      try expect(
        Int(step.slot) < tables.summary(.requestVariableCount),
        "step \(index) has no variable"
      )
      guard let kind = StepKind(rawValue: step.kind) else {
        throw .inconsistent(section: ArtifactSection.steps.name, "a kind is unknown")
      }
      let highest = try check(step, kind, below: tables.variables[step.slot])
      try sources.take(step, kind, upTo: highest)
    }
    try expect(
      numbers == tables.numbers.count && classes == tables.classes.count
        && symbols == tables.symbols.count && transitions == tables.transitions.count,
      "something belongs to no step"
    )
    for slot in tables.names.indices {
      let record = tables.names[slot]
      guard record.space >= NameSpace.constants else { continue }
      let space = Int(record.space - NameSpace.constants)
      try expect(
        space < bounds.count && record.index < bounds[space],
        "a constant leads nowhere"
      )
      if numbered[space] > 0 { sources.number(numbered[space] - 1, upTo: record.index) }
    }
    try sources.checkCounts()
  }

  private func expect(
    _ condition: Bool,
    _ what: @autoclosure () -> String
  ) throws(ArtifactError) {
    try base.expect(condition, .steps, what())
  }

  /// The highest class that a step gives, names apart; nil for a kind with a fixed number of them.
  private mutating func check(
    _ step: StepRecord,
    _ kind: StepKind,
    below count: UInt32
  ) throws(ArtifactError) -> UInt32? {
    switch kind {
    case .bool:
      try expect(max(step.a, step.b) < count, "a class is not there")
      return max(step.a, step.b)
    case .int:
      try cuts(at: step.a, count: step.b, width: .one)
      return try classRun(at: step.c, count: Int(step.b) + 1, below: count)
    case .time:
      try cuts(at: step.a, count: step.b, width: .time)
      return try classRun(at: step.c, count: Int(step.b) + 1, below: count)
    case .ip:
      try cuts(at: step.a, count: step.b, width: .one)
      try cuts(at: step.d, count: step.e, width: .address)
      return try classRun(at: step.c, count: Int(step.b) + Int(step.e) + 2, below: count)
    case .text:
      try space(step.a, below: count, numbering: step.slot)
      try expect(step.b < count, "a class is not there")
      return step.b
    case .patternText:
      try space(step.a, below: count, numbering: step.slot)
      try automaton(step)
      return try classRun(at: step.f, count: Int(step.e), below: count)
    case .principal:
      try neighbours(step.a, below: count, numbering: step.slot)
      try expect(step.b < count, "a class is not there")
      return step.b
    case .path:
      try space(step.a, below: step.d)
      try expect(step.b < count, "a class is not there")
      return max(step.b, try classRun(at: step.c, count: 2 * Int(step.d), below: count))
    default:
      try checkFixed(step, kind, count)
      return nil
    }
  }

  /// Kinds whose variables have as many classes whatever the constants are.
  private mutating func checkFixed(
    _ step: StepRecord,
    _ kind: StepKind,
    _ count: UInt32
  ) throws(ArtifactError) {
    switch kind {
    case .presence: try expect(count == 2, "a class is not there")
    case .elements:
      try neighbours(step.a, below: step.b)
      try slots(at: step.c, count: Int(step.b))
    case .elementsUnder:
      try space(step.a, below: step.b)
      try slots(at: step.c, count: Int(step.b))
    case .matches:
      try expect(
        count == 3 && step.b > 0 && Int(step.a) + Int(step.b) <= tables.strings.count,
        "a pattern is not there"
      )
    case .relation:
      try expect(
        step.a <= 5 && isTerm(step.b) && isTerm(step.c) && count == (step.a == 1 ? 4 : 3),
        "a relation is unknown"
      )
    default: break
    }
  }

  private func isTerm(_ code: UInt32) -> Bool {
    code >= TermCode.principal || Int(code) < tables.attributes.count
  }

  /// Cuts follow each other in the section, and ascend.
  private mutating func cuts(
    at start: UInt32,
    count: UInt32,
    width: Width
  ) throws(ArtifactError) {
    let length = Int(count) * width.numbers
    try expect(
      Int(start) == numbers && numbers + length <= tables.numbers.count,
      "cuts are not there"
    )
    for index in 1..<max(1, Int(count)) {
      let here = numbers + index * width.numbers
      try expect(ascends(here - width.numbers, here, width), "cuts do not ascend")
    }
    numbers += length
  }

  /// Whether one cut is below another: an integer, a point in time, or an IPv6 address, whose halves
  /// are unsigned.
  private func ascends(_ left: Int, _ right: Int, _ width: Width) -> Bool {
    let numbers = tables.numbers
    return switch width {
    case .one: numbers[left] < numbers[right]
    case .time: (numbers[left], numbers[left + 1]) < (numbers[right], numbers[right + 1])
    case .address:
      (UInt64(bitPattern: numbers[left]), UInt64(bitPattern: numbers[left + 1]))
        < (UInt64(bitPattern: numbers[right]), UInt64(bitPattern: numbers[right + 1]))
    }
  }

  /// The highest of some classes that follow each other in the section; 0 of none.
  private mutating func classRun(
    at start: UInt32,
    count: Int,
    below limit: UInt32
  ) throws(ArtifactError) -> UInt32 {
    try expect(
      Int(start) == classes && classes + count <= tables.classes.count,
      "classes are not there"
    )
    var highest: UInt32 = 0
    for index in 0..<count { highest = max(highest, tables.classes[classes + index]) }
    try expect(highest < limit, "a class is not there")
    classes += count
    return highest
  }

  /// A list of variables that are true or not.
  private mutating func slots(at start: UInt32, count: Int) throws(ArtifactError) {
    try expect(
      Int(start) == classes && classes + count <= tables.classes.count,
      "variables are not there"
    )
    for index in 0..<count {
      let slot = tables.classes[classes + index]
      try expect(
        Int(slot) < tables.summary(.requestVariableCount) && tables.variables[slot] == 3,
        "a variable is not there"
      )
    }
    classes += count
  }

  /// The name spaces of users and of service accounts.
  private mutating func neighbours(
    _ first: UInt32,
    below limit: UInt32,
    numbering slot: UInt32? = nil
  ) throws(ArtifactError) {
    try expect(first != ArtifactFormat.none, "a name space is not there")
    try space(first, below: limit, numbering: slot)
    try space(first + 1, below: limit, numbering: slot)
  }

  /// Each name space belongs to one step, and is none of those of declarations, whose positions are
  /// no classes.
  ///
  /// The positions are classes of a variable, or of what else there are so many.
  private mutating func space(
    _ space: UInt32,
    below limit: UInt32,
    numbering slot: UInt32? = nil
  ) throws(ArtifactError) {
    if space == ArtifactFormat.none { return }
    let position = Int(space) - Int(NameSpace.constants)
    try expect(
      position >= 0 && position < bounds.count && bounds[position] == 0,
      "a name space is used twice"
    )
    bounds[position] = limit
    numbered[position] = slot.map { $0 + 1 } ?? 0
  }

  private mutating func automaton(_ step: StepRecord) throws(ArtifactError) {
    let (width, states) = (Int(step.d), Int(step.e))
    try expect(
      (1...256).contains(width) && states > 0 && Int(step.b) * 256 == symbols
        && symbols + 256 <= tables.symbols.count && Int(step.c) == transitions
        && states <= (tables.transitions.count - transitions) / width,
      "an automaton is not there"
    )
    for index in symbols..<symbols + 256 {
      try expect(Int(tables.symbols[index]) < width, "a symbol is not there")
    }
    for index in transitions..<transitions + width * states {
      try expect(Int(tables.transitions[index]) < states, "a state is not there")
    }
    symbols += 256
    transitions += width * states
  }
}
