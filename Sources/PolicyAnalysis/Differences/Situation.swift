import PolicyCompiler
import PolicyModel

/// What is decided before and after, and in between: after, but with the one thing undone whose
/// effect is asked.
///
/// What `before` does not allow, and `between` does not either, but `after` does, the one thing
/// allows.
struct Passage: Hashable {
  let before: Diagram
  let between: Diagram
  let after: Diagram

  /// Nothing is to be found out about it.
  static let none = Passage(before: .nothing, between: .nothing, after: .nothing)
}

/// A change of some cells for somebody, as diagrams; equal situations have equal answers.
struct Situation: Hashable {
  /// From the old set to the new one, and back.
  let widening: Passage
  let narrowing: Passage
  /// Yes for the classes that the principal can have.
  let known: Diagram
  let isAnonymous: Bool

  func passage(_ direction: Direction) -> Passage {
    direction == .widening ? widening : narrowing
  }
}

/// Whether access is looked for that came, or access that went.
package enum Direction: CaseIterable, Hashable, Sendable {
  case widening, narrowing

  /// The side that allows.
  package var allowing: Side { self == .widening ? .new : .old }
}

/// Where a passage lets something through.
struct Gain: Hashable {
  /// Yes where the after allows, and the others do not.
  let direct: Diagram
  /// Yes where the others deny and the after no longer does: whoever is allowed it by another
  /// policy gains.
  let lifted: Diagram

  static let none = Gain(direct: .no, lifted: .no)
}

/// Combines the diagrams of two sets; equal questions are asked once.
struct GainFinder {
  private(set) var diagrams: PolicyDiagrams
  private struct Key: Hashable {
    let passage: Passage
    let known: Diagram
    let isAnonymous: Bool
  }
  private var gains: [Key: Gain] = [:]
  private var tied: [Diagram: Bool] = [:]

  /// What goes together of principals of whom little is known; nil where more is.
  private let principalTies: PrincipalTies?

  init(_ diagrams: PolicyDiagrams, principalTies: PrincipalTies? = nil) {
    self.diagrams = diagrams
    self.principalTies = principalTies
  }

  mutating func withStore<Result>(_ body: (inout PolicyDiagrams) -> Result) -> Result {
    body(&diagrams)
  }

  mutating func gain(_ situation: Situation, _ direction: Direction) -> Gain {
    let passage = situation.passage(direction)
    let key = Key(passage: passage, known: situation.known, isAnonymous: situation.isAnonymous)
    if let known = gains[key] { return known }
    let direct = possible(
      map(.notAllowing, passage.before),
      map(.notAllowing, passage.between),
      map(.isAllowing, passage.after),
      situation
    )
    let lifted = possible(
      map(.isDenying, passage.before),
      map(.isDenying, passage.between),
      map(.isSilent, passage.after),
      situation
    )
    let gain = Gain(direct: direct, lifted: lifted)
    gains[key] = gain
    return gain
  }

  /// Yes where a gain that is lifted is taken up by a policy that allows.
  mutating func taken(_ lifted: Diagram, by cell: Diagram) -> Diagram {
    diagrams.store.combine(.and, lifted, map(.isAllowing, cell))
  }

  /// What some policies, each as far as it is in force, decide together.
  mutating func decision(_ parts: [(force: Diagram, cell: Diagram)]) -> Diagram {
    var result = Diagram.nothing
    for part in parts where part.cell != .nothing && part.force != .no {
      let active = diagrams.store.combine(.activate, part.force, part.cell)
      result = diagrams.store.combine(.or, result, active)
    }
    return result
  }

  mutating func union(_ left: Diagram, _ right: Diagram) -> Diagram {
    diagrams.store.combine(.or, left, right)
  }

  /// Whether the variables of a diagram may be tied together, so that some way to yes may be one
  /// that no request can take.
  mutating func isTied(_ diagram: Diagram) -> Bool {
    if let known = tied[diagram] { return known }
    var seen: Set<Term> = []
    let isTied = diagrams.store.support(of: diagram).contains { index in
      guard index.position < diagrams.variables.count else { return true }
      switch diagrams.variables[index.position].subject {
      case .relation, .derived: return true
      case .group, .kind, .unit: return false
      default:
        let term = diagrams.variables[index.position].subject.onlyTerm
        return term.map { $0 == .principal || !seen.insert($0).inserted } ?? true
      }
    }
    tied[diagram] = isTied
    return isTied
  }

  private mutating func map(_ mapping: Mapping, _ diagram: Diagram) -> Diagram {
    diagrams.store.map(mapping, diagram)
  }

  private mutating func possible(
    _ before: Diagram,
    _ between: Diagram,
    _ after: Diagram,
    _ situation: Situation
  ) -> Diagram {
    var result = diagrams.store.combine(.and, before, after)
    guard result != .no else { return .no }
    result = diagrams.store.combine(.and, result, between)
    guard result != .no else { return .no }
    result = diagrams.store.combine(.and, result, situation.known)
    guard result != .no else { return .no }
    // Somebody who is not anonymous may still not say who it is.
    let isAnonymous = principalTies != nil && !situation.isAnonymous ? nil : situation.isAnonymous
    let ties = Ties(variables: diagrams.variables, isAnonymous: isAnonymous)
      .diagram(of: diagrams.store.support(of: result), &diagrams.store)
    result = diagrams.store.combine(.and, result, ties)
    guard result != .no, let principalTies else { return result }
    let support = diagrams.store.support(of: result)
    return diagrams.store.combine(
      .and,
      result,
      principalTies.diagram(of: support, &diagrams.store)
    )
  }
}

extension Mapping {
  /// Yes for an allow.
  fileprivate static let isAllowing = Mapping(no: 0, unknown: 2, yes: 0)
  /// Yes for a deny, and for nothing.
  fileprivate static let notAllowing = Mapping(no: 2, unknown: 0, yes: 2)
  /// Yes for a deny.
  fileprivate static let isDenying = Mapping(no: 0, unknown: 0, yes: 2)
  /// Yes for nothing.
  fileprivate static let isSilent = Mapping(no: 2, unknown: 0, yes: 0)
}
