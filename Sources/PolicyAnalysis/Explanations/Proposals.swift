import PolicyEngine
import PolicyModel

extension WitnessDraft {
  /// Values for the terms of a check, some of which make it true and some false.
  func proposals(_ check: Check) -> [(Term, Value)] {
    switch check {
    case .inGroup, .isKind: []
    case .has(let term):
      [(term, type(term).element == nil ? WitnessDraft.sample(type(term)) : empty(term))]
    case .isTrue(let term): [(term, .bool(true)), (term, .bool(false))]
    case .equals(let term, let value):
      [(term, value), (term, WitnessDraft.other(than: value, type(term)))]
    case .compare(let term, _, let value):
      [-1, 0, 1].compactMap { step in
        WitnessDraft.moved(value, by: step).map { (term, $0) }
      }
    case .inBlock(let term, let block):
      [(term, .ip(block.first))] + outside(block).map { (term, .ip($0)) }
    case .like(let term, let pattern):
      [
        (term, .string(String(decoding: pattern.runs.flatMap { $0 }, as: UTF8.self))),
        (term, .string(String(decoding: pattern.runs.flatMap { $0 + [0x2d] }, as: UTF8.self))),
      ]
    case .under(let term, let path):
      type(term).element == nil
        ? [(term, .path(path)), (term, .path("elsewhere"))]
        : [(term, with(.path(path), in: term)), (term, empty(term))]
    case .contains(let term, let value):
      [(term, with(value, in: term)), (term, without(value, in: term))]
    // `TiedValues` has values for what is compared with each other.
    case .equalTerms, .compareTerms, .underTerm, .containsTerm, .containsAny, .containsAll: []
    }
  }

  private func empty(_ term: Term) -> Value { with(nil, in: term) }

  private func with(_ element: Value?, in term: Term) -> Value {
    var draft = self
    if element == nil { draft.set(term, nil) }
    draft.makePresent(term)
    if let element { draft.insert(element, into: term) }
    return draft[term] ?? .strings([])
  }

  private func without(_ element: Value, in term: Term) -> Value {
    var draft = self
    draft.setElements(term, (self[term]?.elements ?? []).filter { $0 != element })
    return draft[term] ?? .strings([])
  }

  /// An address just outside a block, on the side where there is one, or of the other version.
  private func outside(_ block: IPBlock) -> [IPAddress] {
    guard block.first.isVersion4 else { return [IPAddress(version4: 0x0a00_0001)] }
    let (last, first) = (block.last.low, block.first.low)
    if last < UInt64(UInt32.max) { return [IPAddress(version4: UInt32(last + 1))] }
    return [first > 0 ? IPAddress(version4: UInt32(first - 1)) : IPAddress(high: 0, low: 1)]
  }
}
