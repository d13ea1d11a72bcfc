/// The classes that one value has in two artifacts.
struct ClassPair: Hashable, Comparable {
  let new: UInt32
  let old: UInt32

  static func < (left: ClassPair, right: ClassPair) -> Bool {
    (left.new, left.old) < (right.new, right.old)
  }
}

/// Which classes of two variables, steps of which read the same, a value can have together.
///
/// Values are tried that have, for each pair of classes, one that has both: what comes after a cut, what
/// is compared with, and something else. Automata are walked together.
struct ClassPairs {
  private let new: Tables
  private let old: Tables
  private let names: (new: ConstantNames, old: ConstantNames)
  /// More pairs of states are not walked.
  private static let mostStates = 1 << 14

  init(_ new: ConstantNames, _ old: ConstantNames) {
    self.new = new.tables
    self.old = old.tables
    names = (new, old)
  }

  /// Every pair that occurs, those of a missing value included; nil where that is not known.
  ///
  /// - Complexity: O(n log n) in the constants of both, and O(states × symbols) of automata.
  func pairs(_ step: StepRecord, _ oldStep: StepRecord) -> [ClassPair]? {
    guard let kind = StepKind(rawValue: step.kind),
      let oldKind = StepKind(rawValue: oldStep.kind)
    else { return nil }
    var found: Set<ClassPair> = [ClassPair(new: 0, old: 0)]
    switch kind {
    case .presence: found.insert(ClassPair(new: 1, old: 1))
    case .matches, .relation:
      let count = new.variables[step.slot]
      guard old.variables[oldStep.slot] == count else { return nil }
      for number in 0..<count { found.insert(ClassPair(new: number, old: number)) }
    case .text, .patternText:
      guard let states = states(step, oldStep) else { return nil }
      found.formUnion(states)
    default: break
    }
    let samples = names.new.samples(of: step) + names.old.samples(of: oldStep)
    for value in samples + beyond(step, oldStep) {
      found.insert(
        ClassPair(
          new: new.number(of: value, step, kind),
          old: old.number(of: value, oldStep, oldKind)
        )
      )
    }
    return found.sorted()
  }

  /// Values that neither compares with.
  private func beyond(_ step: StepRecord, _ oldStep: StepRecord) -> [Value] {
    // Longer than every name, so that it is none of them.
    let other = String(repeating: "x", count: max(names.new.longest, names.old.longest) + 1)
    switch StepKind(rawValue: step.kind) {
    case .bool: return [.bool(false), .bool(true)]
    case .int: return [.int(.min)]
    case .time: return [.time(Instant(seconds: .min))]
    case .ip:
      // Those of version 6 begin again behind the ones that stand for version 4.
      return [
        .ip(IPAddress(version4: 0)), .ip(IPAddress(high: 0, low: 0)),
        .ip(IPAddress(high: 0, low: 1 << 48)),
      ]
    case .principal: return [.principal(.user(other)), .principal(.serviceAccount(other))]
    case .path:
      let listed = names.new.texts(in: step.a) + names.old.texts(in: oldStep.a)
      return [.path(other)] + listed.map { .path("\($0)/\(other)") }
    default: return []
    }
  }

  /// The classes of the states that one text leads two automata to.
  private func states(_ step: StepRecord, _ oldStep: StepRecord) -> Set<ClassPair>? {
    let symbols = Set(
      (UInt8.min...UInt8.max).map { byte in
        ClassPair(new: new.symbol(byte, step), old: old.symbol(byte, oldStep))
      }
    ).sorted()
    let start = ClassPair(new: 0, old: 0)
    var seen: Set<ClassPair> = [start]
    var waiting = [start]
    while let states = waiting.popLast() {
      for symbol in symbols {
        let next = ClassPair(
          new: new.state(after: states.new, symbol.new, step),
          old: old.state(after: states.old, symbol.old, oldStep)
        )
        guard seen.insert(next).inserted else { continue }
        guard seen.count <= ClassPairs.mostStates else { return nil }
        waiting.append(next)
      }
    }
    return Set(
      seen.map {
        ClassPair(new: new.number(ofState: $0.new, step), old: old.number(ofState: $0.old, oldStep))
      }
    )
  }
}

extension ConstantNames {
  /// The values that a step compares with, and the first behind each of its cuts.
  fileprivate func samples(of step: StepRecord) -> [Value] {
    switch StepKind(rawValue: step.kind) {
    case .int: (0..<Int(step.b)).map { .int(tables.numbers[Int(step.a) + $0]) }
    case .time: (0..<Int(step.b)).compactMap { tables.time(at: Int(step.a) + 2 * $0) }
    case .ip: tables.addresses(of: step)
    case .text, .patternText: texts(in: step.a).map { .string($0) }
    case .principal:
      texts(in: step.a).map { .principal(.user($0)) }
        + texts(in: step.a &+ 1).map { .principal(.serviceAccount($0)) }
    case .path: texts(in: step.a).map { .path($0) }
    default: []
    }
  }
}

extension Tables {
  /// The first time that is not before a cut; nil when there is none.
  fileprivate func time(at position: Int) -> Value? {
    let (seconds, nanoseconds) = (numbers[position], numbers[position + 1])
    if nanoseconds >= 1_000_000_000 {
      return seconds < .max ? .time(Instant(seconds: seconds + 1)) : nil
    }
    return .time(Instant(seconds: seconds, nanoseconds: UInt32(max(0, nanoseconds))))
  }

  fileprivate func addresses(of step: StepRecord) -> [Value] {
    let version4 = (0..<Int(step.b)).compactMap { index -> Value? in
      UInt32(exactly: max(0, numbers[Int(step.a) + index]))
        .map { .ip(IPAddress(version4: $0)) }
    }
    let version6 = (0..<Int(step.e)).map { index -> Value in
      let place = Int(step.d) + 2 * index
      return .ip(
        IPAddress(
          high: UInt64(bitPattern: numbers[place]),
          low: UInt64(bitPattern: numbers[place + 1])
        )
      )
    }
    return version4 + version6
  }

  /// What an automaton takes a byte for; a step without one has a single state.
  fileprivate func symbol(_ byte: UInt8, _ step: StepRecord) -> UInt32 {
    guard step.kind == StepKind.patternText.rawValue else { return 0 }
    return UInt32(symbols[Int(step.b) * 256 + Int(byte)])
  }

  fileprivate func state(after state: UInt32, _ symbol: UInt32, _ step: StepRecord) -> UInt32 {
    guard step.kind == StepKind.patternText.rawValue else { return 0 }
    return transitions[Int(step.c) + Int(state) * Int(step.d) + Int(symbol)]
  }

  fileprivate func number(ofState state: UInt32, _ step: StepRecord) -> UInt32 {
    step.kind == StepKind.patternText.rawValue ? classes[Int(step.f) + Int(state)] : step.b
  }
}
