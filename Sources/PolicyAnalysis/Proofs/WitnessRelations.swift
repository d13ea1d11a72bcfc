import PolicyCompiler
import PolicyEngine
import PolicyModel

extension WitnessDraft {
  /// The drafts in which two terms stand to each other as a class of their relation says: this one
  /// if they do, and those that change one of the two.
  func related(
    _ relation: TermRelation,
    _ left: Term,
    _ right: Term,
    _ wanted: ClassWitness
  )
    -> [WitnessDraft]
  {
    var drafts: [WitnessDraft] = []
    func add(_ change: (inout WitnessDraft) -> Void) {
      var draft = self
      change(&draft)
      // The principal is whom the proof is about.
      guard draft[.principal] == self[.principal], draft.stands(relation, left, right, wanted)
      else { return }
      drafts.append(draft)
    }
    add { _ in }
    switch (relation, wanted) {
    case (_, .missing):
      add { $0.set(left, nil) }
      add { $0.set(right, nil) }
    case (.equal, .related(let isEqual)):
      equal(left, right, isEqual, add)
    case (.order, .ordered(let order)):
      let start = WitnessDraft.sample(type(left))
      add { $0.set(left, $0[right].flatMap { WitnessDraft.moved($0, by: order) }) }
      add { $0.set(right, $0[left].flatMap { WitnessDraft.moved($0, by: -order) }) }
      add {
        $0.set(right, start)
        $0.set(left, WitnessDraft.moved(start, by: order))
      }
    case (.under, .related(let isUnder)): under(left, right, isUnder, add)
    case (.contains, .related(let isThere)): contains(left, right, isThere, add)
    case (.containsAny, .related(let meets)), (.containsAll, .related(let meets)):
      sets(left, right, meets, add)
    default: break
    }
    return drafts
  }

  private typealias Add = ((inout WitnessDraft) -> Void) -> Void

  /// One of two terms from the other, or both from a sample.
  private func equal(_ left: Term, _ right: Term, _ isEqual: Bool, _ add: Add) {
    func partner(_ value: Value?, _ term: Term) -> Value? {
      isEqual ? value : value.map { WitnessDraft.other(than: $0, type(term)) }
    }
    let sample = WitnessDraft.sample(type(left))
    add { $0.set(left, partner($0[right], left)) }
    add { $0.set(right, partner($0[left], right)) }
    add {
      $0.set(left, sample)
      $0.set(right, partner(sample, right))
    }
  }

  private func under(_ left: Term, _ right: Term, _ isUnder: Bool, _ add: Add) {
    let isSet = type(left).element != nil
    func put(_ path: Value, _ draft: inout WitnessDraft) {
      if isSet { draft.insert(path, into: left) } else { draft.set(left, path) }
    }
    guard isUnder else {
      add { draft in
        if isSet { draft.setElements(left, []) } else { draft.set(left, .path("a")) }
        if draft[right] == nil { draft.set(right, .path("b")) }
      }
      add { draft in
        draft.set(right, .path("nowhere"))
        if isSet { draft.makePresent(left) }
      }
      return
    }
    add { draft in
      let ancestor = draft[right] ?? .path("a")
      draft.set(right, ancestor)
      put(ancestor, &draft)
    }
    add { draft in
      draft.set(right, isSet ? draft[left]?.elements.first : draft[left])
    }
  }

  private func contains(_ left: Term, _ right: Term, _ isThere: Bool, _ add: Add) {
    let sample = WitnessDraft.sample(type(right))
    add { draft in
      let element = draft[right] ?? sample
      draft.set(right, element)
      guard !isThere else { return draft.insert(element, into: left) }
      draft.setElements(left, (draft[left]?.elements ?? []).filter { $0 != element })
    }
    add { draft in
      guard isThere else {
        draft.makePresent(left)
        return draft.set(right, WitnessDraft.other(than: draft[right] ?? sample, type(right)))
      }
      draft.set(right, draft[left]?.elements.first)
    }
  }

  private func sets(_ left: Term, _ right: Term, _ meets: Bool, _ add: Add) {
    let sample = WitnessDraft.sample(type(left).element ?? .string)
    add { draft in
      draft.makePresent(left)
      draft.makePresent(right)
    }
    add { draft in
      let element = draft[right]?.elements.first ?? draft[left]?.elements.first ?? sample
      draft.insert(element, into: left)
      draft.insert(element, into: right)
    }
    add { draft in
      draft.makePresent(right)
      draft.makePresent(left)
      for element in draft[right]?.elements ?? [] { draft.insert(element, into: left) }
    }
    guard !meets else { return }
    add { draft in
      draft.makePresent(right)
      draft.setElements(left, [])
    }
    add { draft in
      draft.makePresent(left)
      draft.setElements(right, [])
    }
    add { draft in
      draft.makePresent(left)
      draft.insert(WitnessDraft.other(than: sample, .string), into: right)
    }
  }

  /// Whether the two terms do stand so.
  private func stands(
    _ relation: TermRelation,
    _ left: Term,
    _ right: Term,
    _ wanted: ClassWitness
  ) -> Bool {
    guard let first = self[left], let second = self[right] else { return wanted == .missing }
    switch (relation, wanted) {
    case (.equal, .related(let holds)): return first.isSame(as: second) == holds
    case (.order, .ordered(let order)):
      let actual = Order.less.holds(first, second) ? -1 : Order.less.holds(second, first) ? 1 : 0
      return actual == order
    case (.under, .related(let holds)): return first.isUnder(second) == holds
    case (.contains, .related(let holds)): return first.containsElement(second) == holds
    case (.containsAny, .related(let holds)):
      return second.elements.contains { first.containsElement($0) } == holds
    case (.containsAll, .related(let holds)):
      return second.elements.allSatisfy { first.containsElement($0) } == holds
    default: return false
    }
  }
}
