import PolicyEngine
import PolicyModel

/// Values that are worth trying for terms that conditions compare with each other.
///
/// Neither side of such a comparison has a constant of its own. So each takes what the other is
/// compared with, at and around the cuts of either side, what is said of the other already, and some
/// values that nobody names: two that are equal, one below another, one more than another. Sets have
/// up to two of these besides what they must have, since one element shows that sets meet, and a
/// second one that none contains the other.
struct TiedValues {
  /// Of the elements of sets no more are put together in pairs.
  private static let mostPaired = 8
  /// Values beyond these are not tried for one term.
  private static let most = 300

  let catalogue: Catalogue
  /// What conditions compare a term and all that it is tied to with.
  private var constants: [Term: [Value]] = [:]
  private var partners: [Term: [Term]] = [:]

  /// - Complexity: O(checks of all conditions + values × terms that are tied together).
  init(_ set: PolicySet, and others: [Check] = []) {
    catalogue = set.catalogue
    let probes = ProbeValues(set, and: others)
    partners = probes.partners
    for term in partners.keys { constants[term] = Array(probes.tied(term).prefix(Self.most)) }
  }

  /// The terms that a term is compared with.
  func partners(of term: Term) -> [Term] { partners[term] ?? [] }

  /// Values for a term, of sets those of elements; first what is known: values of the term, and of what
  /// it is compared with.
  private func elements(_ term: Term, known: [Value]) -> [Value] {
    let type = catalogue.type(of: term)
    let element = type.element ?? type
    var found: [Value] = []
    var seen: Set<Value> = []
    func add(_ values: [Value]) {
      for value in values where value.fits(element) && seen.insert(value).inserted {
        found.append(value)
      }
    }
    let known = known.flatMap { $0.isSet ? $0.elements : [$0] }
    add(known)
    add(known.flatMap { TiedValues.near($0, element) })
    add(TiedValues.fresh(element))
    add(constants[term] ?? [])
    return Array(found.prefix(Self.most))
  }

  /// Values for a term: of a set, the bases, and those with up to two elements more than these or none.
  ///
  /// What is known are values of the term, and of what it is compared with.
  func values(_ term: Term, bases: [Value], known: [Value]) -> [Value] {
    let elements = elements(term, known: known)
    let type = catalogue.type(of: term)
    guard type.element != nil else { return elements }
    let paired = elements.prefix(Self.mostPaired)
    var found: [Value] = []
    var seen: Set<Value> = []
    func add(_ base: [Value], _ more: [Value]) {
      let value = WitnessDraft.collection(base + more.filter { !base.contains($0) }, type)
      if seen.insert(value).inserted { found.append(value) }
    }
    let starts = bases.map(\.elements) + [[]]
    for base in starts { add(base, []) }
    for base in starts {
      for element in elements { add(base, [element]) }
      for (index, first) in paired.enumerated() {
        for second in paired.dropFirst(index + 1) { add(base, [first, second]) }
      }
    }
    return Array(found.prefix(Self.most))
  }

  /// Values that stand to another as comparisons can tell: not equal, below, less and more.
  private static func near(_ value: Value, _ type: AttributeType) -> [Value] {
    switch value {
    case .int, .time: [1, -1, 2, -2].compactMap { WitnessDraft.moved(value, by: $0) }
    case .path(let path): [.path(path + "/x"), WitnessDraft.other(than: value, type)]
    case .ip(let address): ProbeValues.addresses(address)
    case .bool, .string, .principal: [WitnessDraft.other(than: value, type)]
    case .strings, .paths, .principals: []
    }
  }

  /// Values that are told apart by being compared with each other.
  private static func fresh(_ type: AttributeType) -> [Value] {
    switch type {
    case .oneOf(let words): return words.map { .string($0) }
    case .strings, .paths, .principals: return []
    case .ip:
      return [WitnessDraft.sample(type), .ip(IPAddress(high: 0, low: 1))]
    case .bool, .int, .string, .time, .path, .principal:
      let sample = WitnessDraft.sample(type)
      let other = WitnessDraft.other(than: sample, type)
      let third = type == .bool ? sample : WitnessDraft.other(than: other, type)
      let service: [Value] = type == .principal ? [.principal(.serviceAccount("a"))] : []
      return [sample] + near(sample, type) + [other, third] + service
    }
  }
}
