import PolicyEngine
import PolicyModel
import PolicySource

/// The mistakes that could be made in a condition.
///
/// `has` may stand only where absence restricts, so that nothing with a `has` in it is negated: the
/// language refuses what would come of it.
struct ConditionChanges {
  /// With the narrowest place of each, where the condition has one.
  private(set) var found: [(change: ConditionChange, span: SourceSpan?)] = []

  /// Whether a check counts as true where what it reads is missing, beneath an even number of
  /// negations; nil to make no mistake that nobody can write.
  private let forgiven: Bool?

  /// Looks at a condition; where it is said what would widen access, also at what is missing.
  ///
  /// - Complexity: O(size of the condition²), for its lists.
  init(_ condition: Condition, forgiven: Bool? = nil) {
    self.forgiven = forgiven
    if !condition.isLiteral { negate(condition) }
    walk(condition, isNegated: false)
  }

  private mutating func add(
    _ target: Condition,
    _ replacement: Condition,
    _ kind: ConditionChange.Kind,
    at span: SourceSpan?
  ) {
    let change = ConditionChange(target: target, replacement: replacement, kind: kind)
    found.append((change, span))
  }

  private mutating func negate(_ condition: Condition) {
    guard !condition.hasPresence else { return }
    add(condition, condition.negated, .negated, at: condition.extent)
  }

  private mutating func walk(_ condition: Condition, isNegated: Bool) {
    if condition.isLiteral {
      change(literal: condition)
      return forgive(condition, isNegated)
    }
    switch condition {
    case .constant, .check: break
    case .not(let inner): walk(inner, isNegated: !isNegated)
    case .all(let parts), .any(let parts):
      if parts.count > 1 {
        for index in parts.indices {
          let rest = condition.without(index)
          add(condition, rest, .partDropped(parts[index]), at: parts[index].extent)
        }
      }
      for part in parts { walk(part, isNegated: isNegated) }
    }
  }

  /// A check that is true whatever is said, or false; one that does not mind if something is missing.
  private mutating func forgive(_ literal: Condition, _ isNegated: Bool) {
    guard let forgiven, !literal.hasPresence, let place = literal.onlyPlace else { return }
    for either in [Condition.any([literal, .not(literal)]), .all([literal, .not(literal)])] {
      add(literal, either, .sideIgnored, at: place)
    }
    let terms = literal.checks.flatMap(\.check.terms)
    for term in Set(terms).sorted(by: Term.precedes) where term != .principal {
      let isThere = Condition.check(.has(term), place)
      let replacement: Condition =
        forgiven != isNegated ? .any([literal, .not(isThere)]) : .all([literal, isThere])
      add(literal, replacement, .missingForgiven, at: place)
    }
  }

  /// A check, or what a check with a list stands for.
  private mutating func change(literal: Condition) {
    negate(literal)
    let isNot: Bool
    let core: Condition
    if case .not(let inner) = literal {
      (isNot, core) = (true, inner)
    } else {
      (isNot, core) = (false, literal)
    }
    func put(_ condition: Condition) -> Condition { isNot ? .not(condition) : condition }
    switch core {
    case .check(let check, let span):
      for moved in ConditionChanges.neighbours(of: check) {
        add(literal, put(.check(moved, span)), .moved, at: span)
      }
    case .all(let parts), .any(let parts):
      guard parts.count > 1 else { break }
      for index in parts.indices {
        add(literal, put(core.without(index)), .partDropped(parts[index]), at: literal.extent)
      }
    case .constant, .not: break
    }
  }

  /// The check with the other sign, and the one with the next constant on the other side.
  ///
  /// Instants are moved by a second, the step in which they are mostly written; blocks by one bit, and
  /// paths to the one above.
  private static func neighbours(of check: Check) -> [Check] {
    switch check {
    case .compare(let term, let order, let value):
      let other: Order = order == .less ? .lessOrEqual : .less
      let beyond = stepped(value, by: order == .less ? -1 : 1)
      return [.compare(term, other, value)] + (beyond.map { [.compare(term, order, $0)] } ?? [])
    case .compareTerms(let left, let order, let right):
      return [.compareTerms(left, order == .less ? .lessOrEqual : .less, right)]
    case .inBlock(let term, let block):
      return widened(block).map { [.inBlock(term, $0)] } ?? []
    case .under(let term, let path):
      let segments = path.utf8.split(separator: UInt8(ascii: "/")).compactMap { String($0) }
      guard segments.count > 1 else { return [] }
      return [.under(term, segments.dropLast().joined(separator: "/"))]
    default: return []
    }
  }

  private static func stepped(_ value: Value, by step: Int) -> Value? {
    guard case .time(let instant) = value else { return WitnessDraft.moved(value, by: step) }
    let seconds = instant.seconds + Int64(step)
    return .time(Instant(seconds: seconds, nanoseconds: instant.nanoseconds))
  }

  /// The block of twice the size around a block; nil for one of all addresses.
  private static func widened(_ block: IPBlock) -> IPBlock? {
    guard let length = block.prefixLength, length > 0 else { return nil }
    do throws(IPBlock.Malformation) {
      return try IPBlock("\(block.first)/\(length - 1)")
    } catch {
      guard case .hostBits(let meant) = error else { return nil }
      return try? IPBlock(meant)
    }
  }
}

extension Term {
  /// Attributes in their order, then the resource, then the principal.
  fileprivate static func precedes(_ left: Term, _ right: Term) -> Bool {
    switch (left, right) {
    case (.attribute(let left), .attribute(let right)): left < right
    case (.attribute, _): true
    case (.resource, .principal): true
    default: false
    }
  }
}

extension IPBlock {
  /// How many bits its addresses share.
  fileprivate var prefixLength: Int? {
    let host =
      64 - (first.high ^ last.high).leadingZeroBitCount
      + (64 - (first.low ^ last.low).leadingZeroBitCount)
    return (first.isVersion4 ? 32 : 128) - host
  }
}

extension Condition {
  /// The one place of all its checks; nil if they have several, or there are none.
  var onlyPlace: SourceSpan? {
    var place: SourceSpan?
    var isOne = true
    forEachCheck { _, span in
      isOne = isOne && (place ?? span) == span
      place = span
    }
    return isOne ? place : nil
  }

  /// Whether it is one check as it is written: with a list, it stands for several.
  var isLiteral: Bool { onlyPlace != nil }

  /// From its first check to its last, as far as they are in one file.
  var extent: SourceSpan? {
    var extent: SourceSpan?
    forEachCheck { _, span in
      guard let known = extent else { return extent = span }
      if known.file == span.file { extent = known.union(span) }
    }
    return extent
  }

  /// Whether it asks whether something is there.
  var hasPresence: Bool {
    var found = false
    forEachCheck { check, _ in if case .has = check { found = true } }
    return found
  }

  /// A junction without one of its parts.
  fileprivate func without(_ index: Int) -> Condition {
    func rest(_ parts: [Condition], _ join: ([Condition]) -> Condition) -> Condition {
      var parts = parts
      parts.remove(at: index)
      return parts.count == 1 ? parts[0] : join(parts)
    }
    switch self {
    case .all(let parts): return rest(parts) { .all($0) }
    case .any(let parts): return rest(parts) { .any($0) }
    case .constant, .not, .check: return self
    }
  }

  /// The condition with another in the place of every part that is equal, places included.
  ///
  /// - Complexity: O(size of the condition × size of the target).
  func replacing(_ target: Condition, with replacement: Condition) -> Condition {
    if self == target { return replacement }
    switch self {
    case .constant, .check: return self
    case .not(let inner): return .not(inner.replacing(target, with: replacement))
    case .all(let parts): return .all(parts.map { $0.replacing(target, with: replacement) })
    case .any(let parts): return .any(parts.map { $0.replacing(target, with: replacement) })
    }
  }
}
