/// Compares whom policies are given by the assignments of two artifacts, and the members of groups.
///
/// An allow needs that its policy is given surely, a deny only that it is given perhaps. So a new gift of
/// a policy that allows something must be one that was there for at least the same principals, in the same
/// place and on the same condition; and an old gift of a policy that denies something must still be there.
struct GrantComparison {
  private let names: CommonNames
  private let groups: GroupChanges
  private var cells: CellComparison
  private let gifts: Gifts
  private let oldGifts: Gifts
  private var outcomes: [UInt32: UInt8] = [:]
  private var oldOutcomes: [UInt32: UInt8] = [:]

  private static let allow: UInt8 = 0b010
  private static let deny: UInt8 = 0b100
  /// So many gifts of the same to the same in the same place are looked at, on different conditions.
  private static let mostAlike = 16

  init(_ names: CommonNames, _ groups: GroupChanges, _ cells: CellComparison) {
    self.names = names
    self.groups = groups
    self.cells = cells
    gifts = Gifts(
      names.new,
      principals: names.newPrincipals,
      groups: names.newGroups,
      policies: names.newPolicies,
      units: names.newUnits,
      isTree: names.new.strayUnit == nil
    )
    oldGifts = Gifts(
      names.old,
      principals: names.oldPrincipals,
      groups: names.oldGroups,
      policies: names.oldPolicies,
      units: names.oldUnits,
      isTree: names.old.strayUnit == nil
    )
  }

  /// - Complexity: O(gifts), and the sizes of conditions.
  mutating func add(to list: inout ChangeList) {
    var isWider = false
    for gift in gifts.all where !gift.isPerhaps {
      guard let change = change(gift, isNew: true) else { continue }
      isWider = isWider || change
      list.add(.assignments, isWidening: change) { subject(gift, isNew: true) }
    }
    for gift in oldGifts.all where !gift.isPerhaps || !isWider {
      guard let change = change(gift, isNew: false), change || !gift.isPerhaps else { continue }
      isWider = isWider || change
      list.add(.assignments, isWidening: change) { subject(gift, isNew: false) }
    }
    addNamedConditions(to: &list)
    addGroups(to: &list)
  }

  /// Whether a gift widens by being new or gone; nil where it changes nothing.
  private mutating func change(_ gift: Gift, isNew: Bool) -> Bool? {
    guard !hasEqual(gift, isNew: isNew) else { return nil }
    let outcomes = outcomes(of: gift.policy, isNew: isNew)
    // What widens: to be given an allow, and to be spared a deny.
    let (wider, narrower) = isNew ? (Self.allow, Self.deny) : (Self.deny, Self.allow)
    if outcomes & wider != 0, !isCovered(gift, isNew: isNew, wider) { return true }
    if outcomes & narrower != 0, !isCovered(gift, isNew: isNew, narrower) { return false }
    return nil
  }

  /// Whether the other artifact has the same gift.
  private mutating func hasEqual(_ gift: Gift, isNew: Bool) -> Bool {
    gift.key.place != .other && hasGift(gift.key, like: gift, isNew: isNew, .same)
  }

  /// Whether a gift of the other artifact is in force wherever this one is: surely for an allow, perhaps
  /// for a deny.
  private mutating func isCovered(_ gift: Gift, isNew: Bool, _ outcome: UInt8) -> Bool {
    let covering: OutcomePairs =
      outcome == Self.allow ? .trueOnlyWhereOldIs : OutcomePairs.falseOnlyWhereOldIs.reversed
    var places: [Gift.Place] = [.everywhere]
    if case .unit(let unit) = gift.key.place {
      places += names.unitAndAbove(unit).map { .unit($0) }
    }
    for recipient in [gift.key.recipient, .everyone] {
      for place in places {
        let key = Gift.Key(recipient: recipient, policy: gift.key.policy, place: place)
        if hasGift(key, like: gift, isNew: isNew, covering) { return true }
      }
    }
    return false
  }

  /// Whether the other artifact has a gift whose condition has only some outcomes beside this one's.
  private mutating func hasGift(
    _ key: Gift.Key,
    like gift: Gift,
    isNew: Bool,
    _ outcomes: OutcomePairs
  ) -> Bool {
    let others = isNew ? oldGifts : gifts
    for index in (others.places[key] ?? []).prefix(Self.mostAlike)
    where conditions(gift, others.all[index], isNew: isNew).isSubset(of: outcomes) {
      return true
    }
    return false
  }

  /// The outcomes of the conditions of two gifts, the first one's as if it were the new one.
  private mutating func conditions(_ gift: Gift, _ other: Gift, isNew: Bool) -> OutcomePairs {
    isNew
      ? cells.conditions(gift.condition, other.condition)
      : cells.conditions(other.condition, gift.condition).reversed
  }

  /// What a policy comes to over all actions, a bit each.
  private mutating func outcomes(of policy: UInt32, isNew: Bool) -> UInt8 {
    if let known = isNew ? outcomes[policy] : oldOutcomes[policy] { return known }
    let found = cells.outcomes(of: policy, isNew: isNew)
    if isNew { outcomes[policy] = found } else { oldOutcomes[policy] = found }
    return found
  }

  /// Conditions that assignments name: programs grant policies on them.
  private mutating func addNamedConditions(to list: inout ChangeList) {
    let (now, then) = (names.new.namedConditions, names.old.namedConditions)
    for name in now.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      guard let conditions = now[name], let before = then[name] else { continue }
      var pairs: OutcomePairs = []
      for condition in conditions.sorted() {
        for old in before.sorted() { pairs.formUnion(cells.conditions(condition, old)) }
      }
      guard !pairs.isSubset(of: .same) else { continue }
      let isNarrower =
        pairs.isSubset(of: .trueOnlyWhereOldIs)
        && pairs.isSubset(of: .falseOnlyWhereOldIs)
      list.add(.conditions, isWidening: !isNarrower) {
        .namedCondition(String(decoding: name, as: UTF8.self))
      }
    }
  }

  /// Groups with other members, where assignments say what that means; conditions are compared by it.
  private mutating func addGroups(to list: inout ChangeList) {
    for group in names.new.groups.indices {
      let number = UInt32(group)
      addGroup(number, groups.change(of: group, names.oldGroup(number)), to: &list)
    }
    for (group, number) in names.oldGroups.enumerated() where number >= names.new.groups.count {
      addGroup(number, groups.change(of: nil, group), to: &list)
    }
  }

  private mutating func addGroup(
    _ number: UInt32,
    _ change: GroupChange,
    to list: inout ChangeList
  ) {
    guard change.hasGrown || change.hasShrunk else { return }
    let isWidening =
      change.hasGrown && gives(number, isNew: true, Self.allow)
      || change.hasShrunk && gives(number, isNew: false, Self.deny)
    list.add(.groups, isWidening: isWidening) { .group(names.group(number)) }
  }

  /// Whether a group is given a policy that has an outcome.
  private mutating func gives(_ group: UInt32, isNew: Bool, _ outcome: UInt8) -> Bool {
    let policies = (isNew ? gifts : oldGifts).policiesOfGroups[group] ?? []
    return policies.contains { outcomes(of: $0, isNew: isNew) & outcome != 0 }
  }

  private func subject(_ gift: Gift, isNew: Bool) -> PolicyChange.Subject {
    let tables = isNew ? names.new : names.old
    let place: String? =
      switch gift.key.place {
      case .everywhere: nil
      case .unit(let number): names.unit(number)
      case .other: "several units"
      }
    return .assignment(
      policy: tables.text(tables.policies[gift.policy].name) ?? "",
      to: names.text(of: gift.key.recipient),
      in: place
    )
  }
}
