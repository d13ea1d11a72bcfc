/// The three truth values of Kleene's strong logic.
///
/// Source: S. C. Kleene, "Introduction to Metamathematics", 1952, section 64. Ordered from false
/// over unknown to true, `and` is the minimum and `or` the maximum.
package enum Truth: UInt8, CaseIterable, Comparable, Sendable {
  case no = 0
  case unknown = 1
  case yes = 2

  package init(_ value: Bool) {
    self = value ? .yes : .no
  }

  package static func < (left: Truth, right: Truth) -> Bool { left.rawValue < right.rawValue }

  package func and(_ other: Truth) -> Truth { min(self, other) }
  package func or(_ other: Truth) -> Truth { max(self, other) }

  package var negated: Truth {
    switch self {
    case .no: .yes
    case .unknown: .unknown
    case .yes: .no
    }
  }
}
