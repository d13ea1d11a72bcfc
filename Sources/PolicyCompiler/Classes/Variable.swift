package import PolicyEngine
package import PolicyModel

/// How two terms are compared with each other.
package enum TermRelation: UInt32, Hashable, Sendable {
  /// Missing, unequal, equal.
  case equal = 0
  /// Missing, less, equal, greater: integers and points in time.
  case order = 1
  /// The left one, or an element of it, is the right one or below it.
  case under = 2
  /// The left one has the right one as an element.
  case contains = 3
  case containsAny = 4
  case containsAll = 5
}

/// What a variable of the diagrams tells apart.
package enum VariableSubject: Hashable, Sendable {
  /// The value of a term that is no set.
  case value(Term)
  /// Whether a set is there at all.
  case presence(Term)
  /// Whether a set has an element.
  case element(Term, Value)
  /// Whether an element of a set of paths is a path or below it.
  case elementUnder(Term, String)
  /// Whether a text matches a pattern that is not part of its value's classes.
  case matches(Term, LikePattern)
  case relation(TermRelation, Term, Term)
  /// Membership: 0 unknown, 1 no, 2 yes.
  case group(GroupIndex)
  /// The kind of principal, by raw value; never missing.
  case kind
  /// The unit of the resource: 0 unknown; only analysis asks for it.
  case unit
  /// The value of a diagram, 0 to 2.
  case derived
}

/// Something that is in a class, for examples in messages.
package enum ClassWitness: Hashable, Sendable {
  /// The term is missing, or the membership or unit is not known.
  case missing
  case value(Value)
  /// A set that is there.
  case present
  /// Whether the set has the element.
  case element(Value, Bool)
  /// Whether the set has an element that is the path or below it.
  case elementUnder(String, Bool)
  case matches(LikePattern, Bool)
  /// Whether the relation holds.
  case related(Bool)
  /// How the left term stands to the right one: -1 less, 0 equal, 1 greater.
  case ordered(Int)
  case member(Bool)
  case kind(PrincipalKind)
  case unit(ResourceUnit)
  /// The value of a derived variable.
  case derived(UInt8)
}

/// A variable of the diagrams: what it reads, and something in each of its classes.
package struct Variable: Sendable {
  package let subject: VariableSubject
  /// One for each class.
  package let witnesses: [ClassWitness]
  /// How values are classified; only variables of values have one.
  let classifier: Classifier?

  package var classCount: Int { witnesses.count }
}

/// How a value is taken to its class.
enum Classifier: Sendable {
  case bool(no: UInt32, yes: UInt32)
  /// Ascending cuts, and the classes before, between and after them.
  case int(cuts: [Int64], classes: [UInt32])
  case time(cuts: [Instant], classes: [UInt32])
  case ip(IPClassifier)
  case text(TextClassifier)
  /// The class of each listed principal, and of all others.
  case principal(constants: [(id: PrincipalID, number: UInt32)], other: UInt32)
  case path(PathClassifier)
}

/// Cuts of IPv4 and of IPv6 addresses, each ascending, with one class more than cuts.
struct IPClassifier: Sendable {
  let cuts4: [UInt32]
  let classes4: [UInt32]
  let cuts6: [Wide]
  let classes6: [UInt32]
}

/// The listed texts' classes, and how all others are classified.
struct TextClassifier: Sendable {
  let constants: [(text: String, number: UInt32)]
  /// The class of other texts where there is no automaton.
  let other: UInt32
  let automaton: PatternAutomaton?
  /// The class for each state of the automaton.
  let stateClasses: [UInt32]
}

/// For each listed path its own class and that of what is below it and below no deeper one.
struct PathClassifier: Sendable {
  let constants: [(path: String, exact: UInt32, below: UInt32)]
  let elsewhere: UInt32
}

/// An IPv6 address as one number.
struct Wide: Hashable, Comparable, Sendable {
  let high: UInt64
  let low: UInt64

  static func < (left: Wide, right: Wide) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }

  /// The next number; nil after the last.
  var successor: Wide? {
    guard low == .max else { return Wide(high: high, low: low + 1) }
    return high == .max ? nil : Wide(high: high + 1, low: 0)
  }
}
