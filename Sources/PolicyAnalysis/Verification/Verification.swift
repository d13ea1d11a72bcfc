package import PolicyEngine
package import PolicyModel

/// How much is compared.
package struct VerificationOptions: Sendable {
  /// About how many requests are decided both ways: half of them for cells by their classes, the
  /// rest for constants and for whole decisions.
  package var budget: Int
  package var seed: UInt64

  package init(budget: Int = 400_000, seed: UInt64 = 1) {
    self.budget = budget
    self.seed = seed
  }
}

/// What a comparison of tables with their sources covered.
package struct VerificationCoverage: Hashable, Sendable {
  package var policies = 0
  package var actions = 0
  /// Of policies × actions, how many were looked at.
  package var cells = 0
  /// Of these, how many with every vector of classes that they read.
  package var exhaustiveCells = 0
  /// Requests that were made for vectors of classes.
  package var vectors = 0
  /// Vectors for which no request was found, since their classes contradict each other.
  package var unmetVectors = 0
  /// Requests with values at and around the constants of conditions.
  package var boundaries = 0
  /// Principals with their groups, known and unknown.
  package var principals = 0
  package var units = 0
  /// Whole decisions compared, with their deciding rules.
  package var decisions = 0
  /// Whether each principal was asked for each action in each unit.
  package var hasEveryPrincipal = true

  /// Whether every vector of every cell was compared.
  package var isExhaustive: Bool { exhaustiveCells == policies * actions }

  /// Requests decided both ways.
  package var requests: Int { vectors + boundaries + decisions }
}

/// A request that tables decide otherwise than the interpreter.
package struct VerificationDifference: Sendable {
  package let request: RequestData
  /// Of a cell, the one policy that was asked.
  package let policy: PolicyIndex?
  package let decided: Decision
  package let meant: Decision
}

/// What a comparison of tables with their sources came to.
package enum Verification: Sendable {
  /// The tables speak of other actions, policies, attributes, groups or units: one phrase.
  case otherDeclarations(String)
  case compared(VerificationCoverage, VerificationDifference?)
}

/// Compares tables with the meaning of their sources, request by request, up to the first difference.
///
/// Three ways, each through the plain interpreter: every cell alone over the vectors of the classes
/// that it reads; every cell with the values at and around the constants of its rules; and whole
/// decisions, for every principal in every unit, with their deciding rules. What does not fit the
/// budget is drawn at random.
/// - Complexity: O(budget × size of a policy).
package func verify(
  _ engine: PolicyEngine,
  against set: PolicySet,
  _ options: VerificationOptions = VerificationOptions()
) -> Verification {
  if let difference = declarationDifference(engine, set) { return .otherDeclarations(difference) }
  var verifier = Verifier(engine, set, options)
  verifier.compareCells()
  if verifier.difference == nil { verifier.compareDecisions() }
  return .compared(verifier.coverage, verifier.difference)
}

/// The first declaration that tables and sources do not share, in order; nil if they share all.
private func declarationDifference(_ engine: PolicyEngine, _ set: PolicySet) -> String? {
  let tables = engine.tables
  func compare(_ noun: String, _ compiled: [String], _ declared: [String]) -> String? {
    for (left, right) in zip(compiled, declared) where !left.utf8.elementsEqual(right.utf8) {
      return "the tables have the \(noun) `\(left)` where the sources have `\(right)`"
    }
    if compiled.count > declared.count {
      return "the sources do not have the \(noun) `\(compiled[declared.count])` of the tables"
    }
    if compiled.count < declared.count {
      return "the tables do not have the \(noun) `\(declared[compiled.count])` of the sources"
    }
    return nil
  }
  let attributes = set.catalogue.attributes.elements
  let types = tables.attributes.indices.map { index in
    let type = AttributeIndex(index)
    return engine.knownType(of: type).map(\.word) ?? ""
  }
  return compare("action", engine.actionNames, set.catalogue.actions.elements.map(\.path))
    ?? compare("policy", engine.policyNames, set.policies.elements.map(\.heading.name))
    ?? compare("unit", engine.unitPaths, set.units.elements.map(\.path))
    ?? compare(
      "group",
      tables.groups.indices.map { tables.text(tables.groups[$0].name) ?? "" },
      set.groups.elements.map(\.heading.name)
    )
    ?? compare(
      "attribute",
      tables.attributes.indices.map { tables.text(tables.attributes[$0].name) ?? "" },
      attributes.map(\.heading.name)
    )
    ?? compare("type of an attribute", types, attributes.map(\.type.word))
    ?? compare(
      "rule",
      tables.rules.indices.map { tables.text(tables.rules[$0].id) ?? "" },
      set.rules.elements.map(\.id)
    )
}
