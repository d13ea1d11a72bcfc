import PolicyEngine
import PolicyModel

/// Values at and around the constants that conditions compare with.
///
/// They are made from the policy set alone, without the classes of the compiler, so that a constant
/// for which it forgot a class is found too.
struct ProbeValues: Sendable {
  private let catalogue: Catalogue
  /// For a term of sets, values of elements.
  private var values: [Term: [Value]] = [:]
  /// The terms that a term is compared with.
  private(set) var partners: [Term: [Term]] = [:]

  /// Values for what the conditions of a set, and other checks, ask.
  ///
  /// - Complexity: O(checks of all conditions).
  init(_ set: PolicySet, and others: [Check] = []) {
    catalogue = set.catalogue
    let conditions =
      set.rules.elements.compactMap(\.guardCondition)
      + set.assignments.elements.compactMap(\.condition)
    var seen: [Term: Set<Value>] = [:]
    var pairs: [[Term]] = []
    var known: Set<[Term]> = []
    for check in conditions.flatMap({ $0.checks.map(\.check) }) + others {
      let terms = check.terms
      if terms.count == 2, known.insert(terms).inserted { pairs.append(terms) }
      guard let term = terms.first, terms.count == 1 else { continue }
      add(ProbeValues.around(check), to: term, &seen)
    }
    for index in set.catalogue.attributes.indices {
      let term = Term.attribute(index)
      add(ProbeValues.always(type(term)), to: term, &seen)
    }
    add([.string("a"), .string("")], to: .resource, &seen)
    for pair in pairs {
      for (term, other) in [(pair[0], pair[1]), (pair[1], pair[0])]
      where !partners[term, default: []].contains(other) {
        partners[term, default: []].append(other)
      }
    }
    // What is compared with each other meets each other's constants.
    for pair in pairs { add(values[pair[0]] ?? [], to: pair[1], &seen) }
    for pair in pairs { add(values[pair[1]] ?? [], to: pair[0], &seen) }
  }

  private mutating func add(_ new: [Value], to term: Term, _ seen: inout [Term: Set<Value>]) {
    let element = type(term).element ?? type(term)
    for value in new where value.fits(element) && seen[term, default: []].insert(value).inserted {
      values[term, default: []].append(value)
    }
  }

  private func type(_ term: Term) -> AttributeType { catalogue.type(of: term) }

  /// Values, of sets those of elements, for a term and all that it is tied to by comparisons, as far
  /// as its type has them; its own come first.
  func tied(_ term: Term) -> [Value] {
    var order = [term]
    var next = 0
    while next < order.count {
      for partner in partners[order[next]] ?? [] where !order.contains(partner) {
        order.append(partner)
      }
      next += 1
    }
    let element = type(term).element ?? type(term)
    var seen: Set<Value> = []
    return order.flatMap { values[$0] ?? [] }
      .filter { $0.fits(element) && seen.insert($0).inserted }
  }

  /// How many values there are for a term, of sets those of one element and the empty one.
  func count(_ term: Term) -> Int {
    (values[term]?.count ?? 0) + (type(term).element == nil ? 0 : 1)
  }

  /// A value of a term by its number, of a set with one element or none.
  func value(_ term: Term, _ number: Int) -> Value? {
    let listed = values[term] ?? []
    guard type(term).element != nil else { return number < listed.count ? listed[number] : nil }
    return WitnessDraft.collection(number < listed.count ? [listed[number]] : [], type(term))
  }

  /// Some value of a term, of a set with up to three elements.
  func random(_ term: Term, _ random: inout SplitMix) -> Value? {
    let listed = values[term] ?? []
    guard type(term).element != nil else {
      return listed.isEmpty ? nil : listed[random.below(listed.count)]
    }
    let count = listed.isEmpty ? 0 : random.below(4)
    return WitnessDraft.collection(
      (0..<count).map { _ in listed[random.below(listed.count)] },
      type(term)
    )
  }
}

extension ProbeValues {
  /// Values that a type has, whatever is asked.
  private static func always(_ type: AttributeType) -> [Value] {
    switch type {
    case .bool: [.bool(false), .bool(true)]
    case .int: [.int(.min), .int(0), .int(.max)]
    case .oneOf(let words): words.map { .string($0) }
    default: [WitnessDraft.sample(type.element ?? type)]
    }
  }

  /// Values at and around the constant of a check.
  private static func around(_ check: Check) -> [Value] {
    switch check {
    case .equals(_, let value), .contains(_, let value), .compare(_, _, let value):
      around(value)
    case .inBlock(_, let block): addresses(block.first) + addresses(block.last)
    case .like(_, let pattern): texts(pattern)
    case .under(_, let path): around(.path(path))
    default: []
    }
  }

  private static func around(_ value: Value) -> [Value] {
    switch value {
    case .int, .time: [-1, 0, 1].compactMap { WitnessDraft.moved(value, by: $0) }
    case .string(let text): [text, text + "x", "x" + text, "x"].map { .string($0) }
    case .path(let path):
      ([path, path + "/x", path + "x", "x/" + path] + parent(path)).map { .path($0) }
    case .principal(let id):
      [
        .principal(id), .principal(.user(id.id)), .principal(.serviceAccount(id.id)),
        .principal(PrincipalID(kind: id.kind, id: id.id + "x")),
      ]
    case .ip(let address): addresses(address)
    default: [value]
    }
  }

  private static func parent(_ path: String) -> [String] {
    let segments = path.utf8.split(separator: UInt8(ascii: "/")).map { String($0) ?? "" }
    return segments.count > 1 ? [segments.dropLast().joined(separator: "/")] : []
  }

  /// An address, its neighbours, and that with the same bits in the other version.
  static func addresses(_ address: IPAddress) -> [Value] {
    let neighbours: [IPAddress]
    if address.isVersion4 {
      let bits = UInt32(truncatingIfNeeded: address.low)
      neighbours =
        [bits, bits &- 1, bits &+ 1].map { IPAddress(version4: $0) }
        + [IPAddress(high: 0, low: UInt64(bits))]
    } else {
      let below = address.low == 0 ? address.high &- 1 : address.high
      let above = address.low == .max ? address.high &+ 1 : address.high
      neighbours = [
        address, IPAddress(high: below, low: address.low &- 1),
        IPAddress(high: above, low: address.low &+ 1),
        IPAddress(version4: UInt32(truncatingIfNeeded: address.low)),
      ]
    }
    return neighbours.map { .ip($0) }
  }

  /// Texts that match a pattern, and some that nearly do.
  private static func texts(_ pattern: LikePattern) -> [Value] {
    func joined(_ filling: String) -> [UInt8] {
      Array(pattern.runs.joined(separator: Array(filling.utf8)))
    }
    let all = [joined(""), joined("x"), Array("x".utf8) + joined(""), joined("") + Array("x".utf8)]
    return all.map { .string(String(decoding: $0, as: UTF8.self)) }
  }
}

extension Value {
  /// Whether the value is one of a type that is no set.
  func fits(_ type: AttributeType) -> Bool {
    switch (self, type) {
    case (.bool, .bool), (.int, .int), (.string, .string), (.ip, .ip), (.time, .time),
      (.path, .path), (.principal, .principal):
      true
    case (.string(let text), .oneOf(let words)):
      words.contains { $0.utf8.elementsEqual(text.utf8) }
    default: false
    }
  }
}
