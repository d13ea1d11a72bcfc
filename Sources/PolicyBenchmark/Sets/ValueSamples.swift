import PolicyEngine

/// For each attribute that conditions read, some values on either side of what they compare with.
struct ValueSamples {
  /// By the position of the attribute; empty for one that nothing reads.
  let values: [[Value]]

  init(_ tables: Tables) {
    let names = NameSamples(tables)
    values = tables.attributes.indices.map { index in
      let record = tables.attributes[index]
      guard record.steps.count > 0 else { return [] }
      let words = record.words.range.compactMap { tables.text(tables.strings[$0]) }
      guard let type = TypeCode.type(record.type, words: words) else { return [] }
      let steps = record.steps.range.map { tables.steps[$0] }
      return Self.values(of: type, steps, tables, names)
    }
  }

  private static func values(
    of type: AttributeType,
    _ steps: [StepRecord],
    _ tables: Tables,
    _ names: NameSamples
  ) -> [Value] {
    func numbers(_ kind: StepKind, each: Int) -> [Int] {
      steps.filter { $0.kind == kind.rawValue }.flatMap { step in
        (0..<min(8, Int(step.b))).map { Int(step.a) + each * $0 }
      }
    }
    let texts = names.texts(steps)
    switch type {
    case .bool: return [.bool(true), .bool(false)]
    case .int:
      return [.int(0), .int(7)]
        + numbers(.int, each: 1).flatMap { index -> [Value] in
          [.int(tables.numbers[index]), .int(tables.numbers[index] &- 1)]
        }
    case .time:
      let now = Value.time(Instant(seconds: 1_795_219_200))
      return [now]
        + numbers(.time, each: 2).flatMap { index -> [Value] in
          let seconds = tables.numbers[index]
          return [.time(Instant(seconds: seconds)), .time(Instant(seconds: seconds &- 1))]
        }
    case .ip:
      return [.ip(IPAddress(version4: 0x0a00_0001))]
        + numbers(.ip, each: 1).flatMap { index -> [Value] in
          let bits = UInt32(truncatingIfNeeded: tables.numbers[index])
          return [.ip(IPAddress(version4: bits)), .ip(IPAddress(version4: bits &- 1))]
        }
    case .string: return (texts + ["something else"]).map { .string($0) }
    case .oneOf(let words): return words.map { .string($0) }
    case .path:
      let paths = texts.filter { PathText.isValid($0) }
      return (paths + paths.map { $0 + "/below" } + ["elsewhere"])
        .filter { PathText.isValid($0) }.map { .path($0) }
    case .principal: return names.principals(steps).map { .principal($0) }
    case .strings: return sets(texts + ["something else"]).map { .strings($0) }
    case .paths: return sets(texts.filter { PathText.isValid($0) }).map { .paths($0) }
    case .principals: return sets(names.principals(steps)).map { .principals($0) }
    }
  }

  /// No element, single ones, pairs of neighbours, and all.
  private static func sets<Element>(_ elements: [Element]) -> [[Element]] {
    [[]] + elements.map { [$0] } + zip(elements, elements.dropFirst()).map { [$0, $1] } + [elements]
  }
}

/// A few of the texts that conditions compare with, by the name space of the perfect hash.
private struct NameSamples {
  private var bySpace: [UInt32: [String]] = [:]

  init(_ tables: Tables) {
    for index in tables.names.indices {
      let record = tables.names[index]
      guard record.space >= NameSpace.constants || record.space == NameSpace.user,
        bySpace[record.space, default: []].count < 8, let text = tables.text(record.text)
      else { continue }
      bySpace[record.space, default: []].append(text)
    }
  }

  /// The texts of steps that look texts up.
  func texts(_ steps: [StepRecord]) -> [String] {
    let kinds: [StepKind] = [.text, .patternText, .path, .elements, .elementsUnder]
    return steps.filter { step in kinds.contains { $0.rawValue == step.kind } }
      .flatMap { bySpace[$0.a] ?? [] }
  }

  /// Users that steps look up, and some that are declared.
  func principals(_ steps: [StepRecord]) -> [PrincipalID] {
    let kinds: [StepKind] = [.principal, .elements]
    let compared = steps.filter { step in kinds.contains { $0.rawValue == step.kind } }
      .flatMap { bySpace[$0.a] ?? [] }
    return (compared + (bySpace[NameSpace.user] ?? []) + ["somebody"]).map { .user($0) }
  }
}
