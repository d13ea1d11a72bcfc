import PolicyEngine
import PolicyModel
import PolicySource

/// Writes a test in which a rule decides, by trying values that its conditions speak of; the
/// interpreter says whether it does.
struct TestWriter {
  /// So many requests are tried.
  private static let budget = 4096
  /// So many of them are decided by the whole set.
  private static let decisions = 64
  private static let someone = "someone"

  /// The test; nil where no request was found in which the rule decides.
  let text: String?

  init(_ set: PolicySet, of index: RuleIndex) {
    let rule = set.rules[index]
    let denies = Overruling.of(rule, in: set).filter { $0.reach != .holders }
    let guards =
      [rule] + (rule.effect == .allow ? denies.map { set.rules[$0.deny] } : [])
    let checks = guards.compactMap(\.guardCondition).flatMap { $0.checks.map(\.check) }
    let pools = Self.pools(of: checks, in: set)
    let isNamed = checks.contains { $0.terms.contains(.principal) }
    var tried = 0
    for number in 0..<Self.budget {
      guard let request = Self.request(number, pools, rule, isNamed: isNamed) else { break }
      let force = truth(of: rule, for: request, in: set)
      // A deny applies unless it is known not to.
      guard rule.effect == .deny ? force != .no : force == .yes else { continue }
      tried += 1
      guard tried <= Self.decisions else { break }
      let actions = rule.actions.actions.prefix(3).filter { action in
        var request = request
        request.action = action
        let decision = interpret(request, in: set)
        return decision.effect == rule.effect && decision.deciding.contains { $0.rule == index }
      }
      guard !actions.isEmpty else { continue }
      text = Self.text(rule, actions, request, isNamed: isNamed, set)
      return
    }
    text = nil
  }

  /// The values that an attribute may be given; first none.
  private typealias Pool = (attribute: AttributeIndex, values: [Value?])

  private static func pools(of checks: [Check], in set: PolicySet) -> [Pool] {
    var values: [AttributeIndex: [Value]] = [:]
    var order: [AttributeIndex] = []
    for check in checks {
      for case .attribute(let index) in check.terms {
        if values[index] == nil { order.append(index) }
        let type = set.catalogue.attributes[index].type
        values[index, default: []] += candidates(check, type)
      }
    }
    return order.map { index in
      var seen: Set<Value> = []
      let distinct = (values[index] ?? []).filter { seen.insert($0).inserted }
      return (index, [nil] + distinct.prefix(7).map(Optional.some))
    }
  }

  /// Values for which a check is true or false.
  private static func candidates(_ check: Check, _ type: AttributeType) -> [Value] {
    switch check {
    case .equals(_, let value): return [value] + usual(type)
    case .compare(_, _, .int(let number)):
      return [number, number == .max ? number : number + 1, number == .min ? number : number - 1]
        .map { .int($0) }
    case .compare(_, _, let value): return [value]
    case .inBlock(_, let block): return [.ip(block.first)]
    case .under(_, let path):
      if type == .paths { return [.paths([path])] }
      return [.path(path), .path(path + "/part")]
    case .like(_, let pattern):
      let text = pattern.runs.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "x")
      return [.string(text)]
    case .contains(_, let value):
      switch value {
      case .string(let text): return [.strings([text])]
      case .path(let text): return [.paths([text])]
      case .principal(let id): return [.principals([id])]
      default: return []
      }
    default: return usual(type)
    }
  }

  private static func usual(_ type: AttributeType) -> [Value] {
    let id = PrincipalID(kind: .user, id: someone)
    switch type {
    case .bool: return [.bool(true), .bool(false)]
    case .int: return [.int(0), .int(1)]
    case .string: return [.string("a"), .string("b")]
    case .path: return [.path("a"), .path("a/b")]
    case .principal:
      return [.principal(id), .principal(PrincipalID(kind: .user, id: "someone-else"))]
    case .strings: return [.strings(["a"])]
    case .paths: return [.paths(["a"])]
    case .principals: return [.principals([id])]
    case .oneOf(let words): return words.prefix(2).map { .string($0) }
    case .ip, .time: return []
    }
  }

  /// The n-th combination of values, the last pool turning fastest; nil after the last.
  private static func request(
    _ number: Int,
    _ pools: [Pool],
    _ rule: Rule,
    isNamed: Bool
  ) -> RequestData? {
    guard let action = rule.actions.actions.first else { return nil }
    var request = RequestData(
      kind: .user,
      identity: isNamed ? .named(someone) : .someone,
      groups: [],
      held: [Holding(rule.policy)],
      action: action,
      unit: .unknown
    )
    var rest = number
    for pool in pools.reversed() {
      if let value = pool.values[rest % pool.values.count] {
        request.values[pool.attribute] = value
      }
      rest /= pool.values.count
    }
    return rest == 0 ? request : nil
  }

  private static func text(
    _ rule: Rule,
    _ actions: [ActionIndex],
    _ request: RequestData,
    isNamed: Bool,
    _ set: PolicySet
  ) -> String {
    let paths = actions.map { index in
      let action = set.catalogue.actions[index]
      return describe(name: set.catalogue.services[action.service].heading.name) + "."
        + describe(name: action.heading.name)
    }
    let bindings = request.values.sorted { $0.key < $1.key }.map { attribute, value in
      "\(describe(.attribute(attribute), in: set)) = \(describe(value))"
    }
    var who = describe(rule.policy, in: set)
    if isNamed { who += ", user \(describe(string: someone))" }
    var lines = ["test \(describe(string: title(rule, paths, set))) {", "  as \(who)"]
    if !bindings.isEmpty { lines.append("  with " + bindings.joined(separator: ", ")) }
    lines.append("  \(rule.effect.word) " + paths.joined(separator: ", "))
    return (lines + ["}"]).joined(separator: "\n")
  }

  /// A title that no test has.
  private static func title(_ rule: Rule, _ paths: [String], _ set: PolicySet) -> String {
    let verb = rule.effect == .allow ? "allows" : "denies"
    let title = "\(rule.id) \(verb) \(paths.first ?? "")"
    let known = Set(set.tests.map(\.title))
    guard known.contains(title) else { return title }
    let number = (2...).first { !known.contains("\(title) (\($0))") } ?? 2
    return "\(title) (\(number))"
  }
}
