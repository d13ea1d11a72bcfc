/// What the variables of an artifact read, so that those of another that read the same are found.
///
/// Names are bytes: as texts, different ones could be equal.
struct VariableKeys {
  /// What gives a variable its class.
  enum Source {
    /// The kind of principal.
    case kind
    /// Whether the principal is in the group of this position.
    case group(Int)
    /// The step of this position.
    case step(Int)
    /// Whether a set has an element, or one below it.
    case element
  }

  /// A variable that is known by what it reads.
  struct Variable {
    let key: [UInt8]
    let source: Source
  }

  /// By slot; nil for what stands for a diagram, and for what two steps write.
  private(set) var variables: [Variable?]
  private var isTaken: [Bool]
  private let tables: Tables
  private let constants: ConstantNames

  /// - Complexity: O(names + steps), and the lengths of what they compare with.
  init(_ constants: ConstantNames) {
    tables = constants.tables
    self.constants = constants
    variables = Array(repeating: nil, count: tables.variables.count)
    isTaken = Array(repeating: false, count: variables.count)
    let kind = tables.summary(.kindSlot)
    if kind > 0 { add(kind - 1, .kind, Key()) }
    for index in tables.groups.indices where tables.groups[index].slot > 0 {
      var key = Key(tag: 1)
      key.add(tables.bytes(of: tables.groups[index].name))
      add(Int(tables.groups[index].slot) - 1, .group(index), key)
    }
    for index in tables.attributes.indices {
      add(tables.attributes[index].steps.range, of: term(UInt32(index)))
    }
    add(tables.run(.principalStepStart, .principalStepCount), of: term(TermCode.principal))
    add(tables.run(.resourceStepStart, .resourceStepCount), of: term(TermCode.resource))
  }

  private mutating func add(_ slot: Int, _ source: Source, _ key: Key) {
    // A relation is a step of both of its terms.
    if isTaken[slot], variables[slot]?.key != key.bytes {
      variables[slot] = nil
    } else {
      variables[slot] = Variable(key: key.bytes, source: source)
    }
    isTaken[slot] = true
  }

  private mutating func add(_ run: Range<Int>, of term: Key) {
    var texts: UInt32 = 0
    for index in run {
      let step = tables.steps[index]
      guard let kind = StepKind(rawValue: step.kind) else { continue }
      var key = term
      switch kind {
      case .elements, .elementsUnder:
        key.add(step.kind)
        addElements(step, kind, key)
        continue
      case .text, .patternText:
        // With a pattern or without, it is the same variable. Several are known by their order.
        key.add(StepKind.text.rawValue)
        key.add(texts)
        texts += 1
      case .matches:
        key.add(step.kind)
        for text in Int(step.a)..<Int(step.a) + Int(step.b) {
          key.add(tables.bytes(of: tables.strings[text]))
        }
      case .relation:
        key = Key(tag: 3)
        key.add(step.a)
        key.add(self.term(step.b).bytes)
        key.add(self.term(step.c).bytes)
      default: key.add(step.kind)
      }
      add(Int(step.slot), .step(index), key)
    }
  }

  private mutating func addElements(_ step: StepRecord, _ kind: StepKind, _ term: Key) {
    var keys = Array(repeating: term, count: Int(step.b))
    // The second name space of a set of principals is that of service accounts.
    for (space, offset) in [(step.a, 0 as UInt32), (step.a &+ 1, 1)].prefix(
      kind == .elements ? 2 : 1
    ) {
      for record in constants.records(in: space) {
        let name = tables.bytes(of: record.text)
        keys[Int(record.index)].add(offset)
        keys[Int(record.index)].add(name)
        // Longer ones are not looked for below a path.
        if kind == .elementsUnder {
          keys[Int(record.index)].add(name.count <= Int(step.d) ? 1 : 0)
        }
      }
    }
    for (index, key) in keys.enumerated() {
      add(Int(tables.classes[Int(step.c) + index]), .element, key)
    }
  }

  private func term(_ code: UInt32) -> Key {
    var key = Key(tag: 2)
    guard Int(code) < tables.attributes.count else {
      key.add(code)
      return key
    }
    key.add(tables.attributes[code].space)
    key.add(tables.bytes(of: tables.attributes[code].name))
    return key
  }

  /// Numbers and texts that are told apart, one after the other.
  private struct Key {
    private(set) var bytes: [UInt8]

    init(tag: UInt8 = 0) { bytes = [tag] }

    mutating func add(_ number: UInt32) {
      for shift in stride(from: UInt32(0), to: 32, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: number >> shift))
      }
    }

    mutating func add(_ text: [UInt8]) {
      add(UInt32(text.count))
      bytes += text
    }
  }
}

/// The names that steps compare with, by their spaces.
struct ConstantNames {
  let tables: Tables
  /// The length of the longest, in bytes.
  let longest: Int
  private let bySpace: [UInt32: [NameRecord]]

  /// - Complexity: O(names × log names).
  init(_ tables: Tables) {
    self.tables = tables
    var found: [UInt32: [NameRecord]] = [:]
    var longest: UInt32 = 0
    for slot in tables.names.indices {
      let record = tables.names[slot]
      guard record.space >= NameSpace.constants else { continue }
      found[record.space, default: []].append(record)
      longest = max(longest, record.text.length)
    }
    // Where the hash puts them depends on the others.
    bySpace = found.mapValues { records in
      let named = records.map { ($0, tables.bytes(of: $0.text)) }
      return named.sorted { $0.1.lexicographicallyPrecedes($1.1) }.map { $0.0 }
    }
    self.longest = Int(longest)
  }

  /// The names of a space, in the order of their bytes.
  func records(in space: UInt32) -> [NameRecord] { bySpace[space] ?? [] }

  /// The names of a space as texts.
  func texts(in space: UInt32) -> [String] {
    records(in: space).compactMap { tables.text($0.text) }
  }
}

extension Tables {
  /// The bytes of a text; none of no text.
  func bytes(of ref: TextRef) -> [UInt8] {
    guard ref.offset != ArtifactFormat.none else { return [] }
    return unsafe text.withElements(Int(ref.offset)..<Int(ref.offset) + Int(ref.length)) {
      unsafe Array($0)
    }
  }
}
