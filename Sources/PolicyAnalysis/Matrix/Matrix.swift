package import PolicyModel

/// Who may do what, whole: policies, principals and units, each against every action.
///
/// A cell is there once however many places show it, and so is a page, the cells of one service.
/// A thousand policies with twenty thousand actions are a few thousand pages, not twenty million
/// cells.
package struct Matrix: Sendable {
  /// Some actions in a row that share a cell.
  package struct Run: Hashable, Sendable {
    package let count: Int
    /// A position in `cells`.
    package let cell: Int
  }

  /// In the order of their actions, of which every one is in exactly one service.
  package internal(set) var services: [MatrixService] = []
  package internal(set) var actions: [MatrixAction] = []
  package internal(set) var rules: [MatrixRule] = []
  package internal(set) var grants: [MatrixGrant] = []
  /// The first says nothing.
  package internal(set) var cells: [MatrixCell] = []
  package internal(set) var pages: [[Run]] = []
  /// What each policy says to whoever holds it.
  package internal(set) var policies: [MatrixRow] = []
  /// What is decided for each principal that the set names, by what the set gives it.
  package internal(set) var principals: [MatrixRow] = []
  /// Who of the principals is allowed what in each unit, and outside of all.
  package internal(set) var units: [MatrixRow] = []
  /// Whether two sets are compared, so that cells say what they were.
  package let isCompared: Bool

  init(isCompared: Bool) { self.isCompared = isCompared }

  /// The cell of a row for an action.
  ///
  /// - Complexity: O(log services + runs of the page).
  package func cell(_ row: MatrixRow, _ action: Int) -> Int {
    var low = 0
    var high = services.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if services[middle].actions.lowerBound <= action { low = middle } else { high = middle }
    }
    var rest = action - services[low].actions.lowerBound
    for run in pages[row.pages[low]] {
      if rest < run.count { return run.cell }
      rest -= run.count
    }
    return 0
  }
}

/// What can be decided where a cell applies.
///
/// Where it is one, that is proved. Where it is several, conditions say which; of these one may be
/// out of reach, if the values that lead to it exclude each other in ways that are not tracked.
package struct Outcomes: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let nothing = Outcomes(rawValue: 1)
  package static let allow = Outcomes(rawValue: 2)
  package static let deny = Outcomes(rawValue: 4)

  /// `nothing`, `allow`, `deny` or `conditional`.
  package var word: String {
    switch self {
    case .allow: "allow"
    case .deny: "deny"
    case .nothing, []: "nothing"
    default: "conditional"
    }
  }
}

/// A rule that bears on a cell, and what gives it to the principal.
package struct MatrixEntry: Hashable, Sendable {
  /// A position in `Matrix.rules`.
  package let rule: Int
  /// Positions in `Matrix.grants`; none where the policy itself is what is shown.
  package let grants: [Int]
}

/// A principal that is allowed something in a unit.
package struct MatrixHolder: Hashable, Sendable {
  /// A position in `Matrix.principals`.
  package let row: Int
  package let isAlways: Bool
}

/// A cell, wherever it stands.
package struct MatrixCell: Sendable {
  package internal(set) var outcomes: Outcomes
  /// The rules that decide: all that bear on the cell, without those that another overrules always.
  package internal(set) var entries: [MatrixEntry] = []
  /// In a row of a unit, the first of those who are allowed.
  package internal(set) var holders: [MatrixHolder] = []
  /// How many more there are.
  package internal(set) var moreHolders = 0
  /// The position of the cell that was there in the old set, if it decided otherwise.
  package internal(set) var before: Int?
  package internal(set) var change: ChangeKind?
}

/// A policy, a principal or a unit.
package struct MatrixRow: Sendable {
  /// Which side of a comparison has it.
  package enum Presence: String, Sendable {
    case both, old, new
  }

  /// Such as `policy`, `built-in role`, `user`, `group`, `everyone` or `unit`.
  package let kind: String
  package let name: String
  package internal(set) var title: String?
  /// What it was called, if that is another name.
  package internal(set) var formerName: String?
  package internal(set) var presence = Presence.both
  /// How far down a tree it stands, from 0; only units have a depth.
  package internal(set) var depth = 0
  /// A page of each service.
  package internal(set) var pages: [Int]
}

package struct MatrixService: Sendable {
  package let name: String
  package let title: String?
  package let actions: Range<Int>
}

package struct MatrixAction: Sendable {
  /// `service.action`.
  package let path: String
  package let title: String?
  /// The names of the action groups around it, from the outermost.
  package let groups: [String]
  package let isSensitive: Bool
  package let presence: MatrixRow.Presence
}

/// A rule as people read it.
package struct MatrixRule: Sendable {
  package let policy: String
  package let id: String
  package let effect: Effect
  /// As it is written, on one line.
  package let text: String
  /// When it applies, with `let`s expanded; nil for always.
  package let condition: String?
  package let because: String?
  package let place: MatrixPlace
  /// Whether it is a rule of the old set.
  package let isOld: Bool
}

/// An assignment as people read it.
package struct MatrixGrant: Sendable {
  /// Such as "assigned to everyone in acme".
  package let text: String
  package let place: MatrixPlace
  package let isOld: Bool
}

/// Where something is written; line and column count from 1.
package struct MatrixPlace: Sendable {
  package let file: String
  package let line: Int
  package let column: Int

  /// `file:line:column`.
  package var text: String { "\(file):\(line):\(column)" }
}
