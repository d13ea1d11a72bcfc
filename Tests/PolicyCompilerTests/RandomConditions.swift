import PolicyEngine
import PolicyModel
import PolicyTestSupport

extension RandomSets {
  static let texts = ["", "a", "b", "ab", "ba", "aba", "abc", "a/b", "\u{e9}", "e\u{301}", "aab"]
  static let paths = ["a", "a/b", "a/b/c", "a/bb", "b", "ab", "b/a", "a/c", "other"]
  static let numbers: [Int64] = [.min, -2, -1, 0, 1, 2, 3, 10, .max - 1, .max]
  static let addresses = [
    "0.0.0.0", "10.0.0.0", "10.1.2.3", "10.255.255.255", "11.0.0.0", "255.255.255.255", "::",
    "::1", "2001:db8::1", "2001:db8:ffff::", "::ffff:10.0.0.1", "::fffe:ffff:ffff", "::1:0:0:0",
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
  ]
  static let blocks = [
    "0.0.0.0/0", "10.0.0.0/8", "10.0.0.0/16", "10.1.2.3", "255.255.255.255/32", "::/0", "::1",
    "2001:db8::/32", "::/80", "::fffe:0:0/95", "::ffff:10.0.0.0/104", "ff00::/8",
  ]
  static let times = [
    "2026-01-01T00:00:00Z", "2026-01-01T00:00:00.000000001Z", "2026-06-01T12:00:00+02:00",
    "1969-12-31T23:59:59.999999999Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
  ]
  static let patterns = ["*", "a*", "*a", "*a*", "a*a", "*b*b*", "ab", "*\u{e9}*", "a*b*c", "b*"]

  static func pattern(_ text: String) -> LikePattern {
    LikePattern(
      runs: text.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
        .map { Array($0) }
    )
  }

  mutating func value(of type: AttributeType) -> Value {
    func several<Element>(_ element: (inout RandomSets) -> Element) -> [Element] {
      (0..<random.below(4)).map { _ in element(&self) }
    }
    switch type {
    case .bool: return .bool(random.oneIn(2))
    case .int: return .int(random.element(of: Self.numbers))
    case .string: return .string(random.element(of: Self.texts))
    case .ip: return .ip(IPAddress(random.element(of: Self.addresses)) ?? IPAddress(version4: 0))
    case .time:
      return .time(Instant(random.element(of: Self.times)) ?? Instant(seconds: 0))
    case .path: return .path(random.element(of: Self.paths))
    case .principal: return .principal(principal())
    case .strings: return .strings(several { $0.random.element(of: Self.texts) })
    case .paths: return .paths(several { $0.random.element(of: Self.paths) })
    case .principals: return .principals(several { $0.principal() })
    case .oneOf(let words): return .string(random.element(of: words))
    }
  }

  mutating func condition(_ set: PolicySet, _ depth: Int) -> Condition {
    switch depth == 0 ? 9 : random.below(10) {
    case 0: .not(condition(set, depth - 1))
    case 1, 2: .all((0..<random.below(4)).map { _ in condition(set, depth - 1) })
    case 3, 4: .any((0..<random.below(4)).map { _ in condition(set, depth - 1) })
    case 5 where random.oneIn(4): .constant(random.oneIn(2))
    default: .check(check(set), Self.span)
    }
  }

  private mutating func check(_ set: PolicySet) -> Check {
    switch random.below(12) {
    case 0 where !set.groups.isEmpty: return .inGroup(GroupIndex(random.below(set.groups.count)))
    case 1: return .isKind(random.element(of: PrincipalKind.allCases))
    case 2: return pair(set)
    case 3: return .equals(.principal, .principal(principal()))
    case 4: return .equals(.resource, .string(random.element(of: Self.texts)))
    default: break
    }
    let index = random.below(set.catalogue.attributes.count)
    let term = Term.attribute(AttributeIndex(index))
    if random.oneIn(8) { return .has(term) }
    let type = Self.attributes[index].2
    switch type {
    case .bool: return .isTrue(term)
    case .int, .time:
      return random.oneIn(3)
        ? .equals(term, value(of: type))
        : .compare(term, random.oneIn(2) ? .less : .lessOrEqual, value(of: type))
    case .string:
      return random.oneIn(2)
        ? .equals(term, value(of: type))
        : .like(term, Self.pattern(random.element(of: Self.patterns)))
    case .ip:
      guard random.oneIn(4), let block = try? IPBlock(random.element(of: Self.blocks)) else {
        return .inBlock(term, (try? IPBlock(random.element(of: Self.blocks))) ?? Self.everything)
      }
      return .equals(term, .ip(block.first))
    case .path:
      return random.oneIn(3)
        ? .equals(term, value(of: type)) : .under(term, random.element(of: Self.paths))
    case .principal, .oneOf: return .equals(term, value(of: type))
    case .strings: return .contains(term, .string(random.element(of: Self.texts)))
    case .paths:
      return random.oneIn(2)
        ? .contains(term, .path(random.element(of: Self.paths)))
        : .under(term, random.element(of: Self.paths))
    case .principals: return .contains(term, .principal(principal()))
    }
  }

  private static var everything: IPBlock {
    guard let block = try? IPBlock("0.0.0.0/0") else { preconditionFailure("a block") }
    return block
  }

  private mutating func pair(_ set: PolicySet) -> Check {
    func term(_ name: String) -> Term {
      .attribute(AttributeIndex(Self.attributes.firstIndex { $0.1 == name } ?? 0))
    }
    let order = random.oneIn(2) ? Order.less : .lessOrEqual
    switch random.below(14) {
    case 0: return .equalTerms(term("owner"), .principal)
    case 1: return .equalTerms(.principal, term("boss"))
    case 2: return .compareTerms(term("time"), order, term("until"))
    case 3: return .compareTerms(term("until"), order, term("time"))
    case 4: return .equalTerms(term("amount"), term("level"))
    case 5: return .compareTerms(term("level"), order, term("amount"))
    case 6: return .underTerm(term("path"), term("home"))
    case 7: return .underTerm(term("trees"), term("home"))
    case 8: return .containsTerm(term("tags"), term("name"))
    case 9: return .containsTerm(term("readers"), .principal)
    case 10: return .containsAny(term("tags"), term("teams"))
    case 11: return .containsAll(term("teams"), term("tags"))
    case 12: return .equalTerms(.resource, term("title"))
    default:
      return random.oneIn(2)
        ? .compareTerms(term("level"), order, term("level"))
        : .containsAny(term("tags"), term("tags"))
    }
  }

  mutating func request(_ set: PolicySet) -> RequestData {
    var request = RequestData(action: ActionIndex(random.below(set.catalogue.actions.count)))
    request.kind = random.element(of: [.user, .user, .serviceAccount, .anonymous])
    if request.kind != .anonymous {
      switch random.below(5) {
      case 0: request.identity = .unknown
      case 1: request.identity = .someone
      default: request.identity = .named(principal().id)
      }
    }
    if !random.oneIn(3) {
      // A test may state a group that is declared with members.
      request.groups = Set(set.groups.indices.filter { _ in random.oneIn(3) })
    }
    request.held = (0..<random.below(3)).map { _ in
      Holding(
        PolicyIndex(random.below(set.policies.count)),
        in: set.units.isEmpty || random.oneIn(2) ? nil : UnitIndex(random.below(set.units.count))
      )
    }
    switch random.below(4) {
    case 0: request.unit = .unknown
    case 1: request.unit = .outside
    default:
      request.unit = set.units.isEmpty ? .outside : .unit(UnitIndex(random.below(set.units.count)))
    }
    if random.oneIn(2) { request.resourceID = random.element(of: Self.texts) }
    for index in set.catalogue.attributes.indices where !random.oneIn(3) {
      request.values[index] = value(of: set.catalogue.attributes[index].type)
    }
    return request
  }
}
