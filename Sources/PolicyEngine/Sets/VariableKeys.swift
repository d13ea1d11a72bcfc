/// What tells the variables of one artifact from those of another.
///
/// It is what they read, and how its values fall into classes. Variables with the same key have the same classes.
struct VariableKeys {
  /// By slot; nil for variables that stand for diagrams.
  private(set) var keys: [String?]
  private let tables: Tables
  private var constants: [UInt32: [String]] = [:]

  /// - Complexity: O(sections of classification).
  init(_ tables: Tables) {
    self.tables = tables
    keys = Array(repeating: nil, count: tables.variables.count)
    var listed: [UInt32: [(index: UInt32, text: String)]] = [:]
    for slot in tables.names.indices {
      let record = tables.names[slot]
      guard record.space >= NameSpace.constants else { continue }
      let text = tables.text(record.text) ?? ""
      listed[record.space, default: []].append((record.index, "\(text.utf8.count):\(text)"))
    }
    constants = listed.mapValues { names in
      names.map { "\($0.index)=\($0.text)" }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
    let kind = tables.summary(.kindSlot)
    if kind > 0 { keys[kind - 1] = "kind" }
    for index in tables.groups.indices where tables.groups[index].slot > 0 {
      keys[Int(tables.groups[index].slot) - 1] =
        "group \(tables.text(tables.groups[index].name) ?? "")"
    }
    for index in tables.attributes.indices {
      add(tables.attributes[index].steps.range, of: tables.name(ofAttribute: index))
    }
    add(tables.run(.principalStepStart, .principalStepCount), of: "principal")
    add(tables.run(.resourceStepStart, .resourceStepCount), of: "resource")
  }

  private mutating func add(_ run: Range<Int>, of term: String) {
    for index in run {
      let step = tables.steps[index]
      let start = "\(term) \(step.kind) "
      switch StepKind(rawValue: step.kind) {
      case .elements, .elementsUnder:
        for offset in 0..<step.b {
          let slot = tables.classes[Int(step.c) + Int(offset)]
          let texts = names(step.a, at: offset)
          let others = step.kind == StepKind.elements.rawValue ? names(step.a + 1, at: offset) : []
          keys[Int(slot)] = start + "\(texts) \(others)"
        }
      case .none: break
      default: keys[Int(step.slot)] = start + content(of: step)
      }
    }
  }

  private func names(_ space: UInt32, at index: UInt32) -> [String] {
    (constants[space] ?? []).filter { $0.utf8.starts(with: "\(index)=".utf8) }
      .map { String($0.drop { $0 != "=" }) }
  }

  /// How a step makes a class of a value.
  private func content(of step: StepRecord) -> String {
    func numbers(_ start: UInt32, _ count: UInt32) -> [Int64] {
      (Int(start)..<Int(start) + Int(count)).map { tables.numbers[$0] }
    }
    func classes(_ start: UInt32, _ count: UInt32) -> [UInt32] {
      (Int(start)..<Int(start) + Int(count)).map { tables.classes[$0] }
    }
    func names(_ space: UInt32) -> [String] { constants[space] ?? [] }
    switch StepKind(rawValue: step.kind) {
    case .bool: return "\(step.a) \(step.b)"
    case .int: return "\(numbers(step.a, step.b)) \(classes(step.c, step.b + 1))"
    case .time: return "\(numbers(step.a, 2 * step.b)) \(classes(step.c, step.b + 1))"
    case .ip:
      let cuts = (numbers(step.a, step.b), numbers(step.d, 2 * step.e))
      return "\(cuts) \(classes(step.c, step.b + step.e + 2))"
    case .text: return "\(names(step.a)) \(step.b)"
    case .patternText:
      let symbols = (0..<256).map { tables.symbols[Int(step.b) * 256 + $0] }
      let states = (0..<Int(step.d * step.e)).map { tables.transitions[Int(step.c) + $0] }
      return "\(names(step.a)) \(symbols) \(states) \(classes(step.f, step.e))"
    case .principal: return "\(names(step.a)) \(names(step.a &+ 1)) \(step.b)"
    case .path: return "\(names(step.a)) \(step.b) \(classes(step.c, 2 * step.d))"
    case .matches:
      return "\((Int(step.a)..<Int(step.a + step.b)).map { tables.text(tables.strings[$0]) ?? "" })"
    case .relation: return "\(step.a) \(term(step.b)) \(term(step.c))"
    default: return ""
    }
  }

  private func term(_ code: UInt32) -> String {
    switch code {
    case TermCode.principal: "principal"
    case TermCode.resource: "resource"
    default: tables.name(ofAttribute: Int(code))
    }
  }
}
