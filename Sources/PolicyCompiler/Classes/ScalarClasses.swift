import PolicyEngine
import PolicyModel

/// Makes the variable of a term that is not a set, from every check that reads it.
///
/// - Parameters:
///   - term: The term.
///   - type: The type of its values.
///   - checks: The distinct checks on it, in a fixed order.
func scalarVariable(_ term: Term, type: AttributeType, checks: [Check]) -> BuiltVariable {
  var builder = ClassBuilder(checks: checks)
  let classifier: Classifier
  switch type {
  case .bool:
    classifier = .bool(no: builder.add(.bool(false)), yes: builder.add(.bool(true)))
  case .int:
    classifier = integerClasses(&builder)
  case .time:
    classifier = instantClasses(&builder)
  case .ip:
    classifier = addressClasses(&builder)
  case .string:
    classifier = textClasses(&builder)
  case .oneOf(let words):
    classifier = .texts(
      constants: words.map { ($0, builder.add(.string($0))) },
      automaton: nil,
      others: [0]
    )
  case .path:
    classifier = pathClasses(&builder)
  case .principal:
    classifier = principalClasses(&builder)
  case .strings, .paths, .principals:
    preconditionFailure("sets have a variable for each element that is asked for")
  }
  return BuiltVariable(
    variable: Variable(
      subject: .term(term),
      witnesses: builder.witnesses,
      classifier: classifier
    ),
    answers: Dictionary(
      uniqueKeysWithValues: checks.enumerated().map { index, check in
        (check, builder.answers.map { $0.isEmpty ? nil : $0[index] })
      }
    )
  )
}

/// A variable with the answer of each check in each of its classes; nil in class *missing*.
struct BuiltVariable {
  let variable: Variable
  let answers: [Check: [Bool?]]
}

private func integerClasses(_ builder: inout ClassBuilder) -> Classifier {
  var cuts: Set<Int64> = []
  for check in builder.checks {
    switch check {
    case .equals(_, .int(let value)):
      cuts.insert(value)
      if value < .max { cuts.insert(value + 1) }
    case .compare(_, .less, .int(let value)):
      cuts.insert(value)
    case .compare(_, .lessOrEqual, .int(let value)):
      if value < .max { cuts.insert(value + 1) }
    default: break
    }
  }
  cuts.remove(.min)
  let sorted = cuts.sorted()
  // A cut itself is the least value of its interval; what lies just below the first cut is shown
  // by a value near it, not by the least integer.
  var classes = [builder.add(.int(sorted.first.map { $0 - 1 } ?? 0))]
  for cut in sorted { classes.append(builder.add(.int(cut))) }
  return .integers(cuts: sorted, classes: classes)
}

private func instantClasses(_ builder: inout ClassBuilder) -> Classifier {
  var cuts: Set<Instant> = []
  for check in builder.checks {
    switch check {
    case .equals(_, .time(let value)):
      cuts.insert(value)
      cuts.insert(value.successor)
    case .compare(_, .less, .time(let value)):
      cuts.insert(value)
    case .compare(_, .lessOrEqual, .time(let value)):
      cuts.insert(value.successor)
    default: break
    }
  }
  let sorted = cuts.sorted()
  let below = sorted.first.map { Instant(seconds: $0.seconds - 1, nanoseconds: $0.nanoseconds) }
  var classes = [builder.add(.time(below ?? Instant(seconds: 0)))]
  for cut in sorted { classes.append(builder.add(.time(cut))) }
  return .instants(cuts: sorted, classes: classes)
}

extension Instant {
  /// The instant one nanosecond later.
  fileprivate var successor: Instant {
    nanoseconds == 999_999_999
      ? Instant(seconds: seconds + 1)
      : Instant(seconds: seconds, nanoseconds: nanoseconds + 1)
  }
}

private func addressClasses(_ builder: inout ClassBuilder) -> Classifier {
  let lowest4 = IPAddress(version4: 0)
  let lowest6 = IPAddress(high: 0, low: 0)
  var cuts: Set<IPAddress> = []
  func cut(_ first: IPAddress, _ last: IPAddress) {
    cuts.insert(first)
    if let next = last.successor { cuts.insert(next) }
  }
  for check in builder.checks {
    switch check {
    case .equals(_, .ip(let address)): cut(address, address)
    case .inBlock(_, let block): cut(block.first, block.last)
    default: break
    }
  }
  cuts.subtract([lowest4, lowest6])
  func classes(_ lowest: IPAddress, _ cuts: [IPAddress]) -> [Int] {
    ([lowest] + cuts).map { builder.add(.ip($0)) }
  }
  let version4 = cuts.filter(\.isVersion4).sorted()
  let version6 = cuts.filter { !$0.isVersion4 }.sorted()
  let classes4 = classes(lowest4, version4)
  return .addresses(
    version4: version4,
    classes4: classes4,
    version6: version6,
    classes6: classes(lowest6, version6)
  )
}

extension IPAddress {
  /// The next address of the same version; nil after the last.
  ///
  /// The IPv6 addresses that map IPv4 ones are none of their own, and are stepped over.
  fileprivate var successor: IPAddress? {
    if isVersion4 {
      return low == 0xffff_ffff
        ? nil : IPAddress(version4: UInt32(truncatingIfNeeded: low) + 1)
    }
    let (nextLow, carry) = low.addingReportingOverflow(1)
    if carry, high == .max { return nil }
    let next = (high: carry ? high + 1 : high, low: nextLow)
    if next.high == 0, next.low >> 32 == 0xffff {
      return IPAddress(high: 0, low: 0x1_0000_0000_0000)
    }
    return IPAddress(high: next.high, low: next.low)
  }
}

private func pathClasses(_ builder: inout ClassBuilder) -> Classifier {
  var constants: Set<Value> = []
  for check in builder.checks {
    switch check {
    case .equals(_, .path(let path)), .under(_, let path): constants.insert(.path(path))
    default: break
    }
  }
  let paths = constants.compactMap { if case .path(let path) = $0 { path } else { nil } }
    .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  // A name that no constant has: longer than any of them.
  let fresh = String(repeating: "x", count: 1 + (paths.map(\.utf8.count).max() ?? 0))
  let rows = paths.map { path in
    (path: path, at: builder.add(.path(path)), below: builder.add(.path("\(path)/\(fresh)")))
  }
  return .paths(constants: rows, other: builder.add(.path(fresh)))
}

private func principalClasses(_ builder: inout ClassBuilder) -> Classifier {
  var constants: [PrincipalID] = []
  for check in builder.checks {
    if case .equals(_, .principal(let id)) = check { constants.append(id) }
  }
  let rows = constants.map { (id: $0, class: builder.add(.principal($0))) }
  let fresh = String(repeating: "x", count: 1 + (constants.map(\.id.utf8.count).max() ?? 0))
  return .principals(constants: rows, other: builder.add(.principal(.user(fresh))))
}
