import PolicyEngine
package import PolicyModel

/// The diagrams of a policy set: conditions and guards as functions of the variables' classes.
package struct Diagrams: Sendable {
  package var store: DiagramStore
  package let table: VariableTable
  private var known: [Condition: Diagram] = [:]

  /// Makes the variables for every condition of the set: rules, assignments and assertions.
  package init(_ set: PolicySet) {
    var conditions: [Condition] = []
    for rule in set.rules.elements {
      if let condition = rule.guardCondition { conditions.append(condition) }
    }
    for assignment in set.assignments.elements {
      if let condition = assignment.condition { conditions.append(condition) }
    }
    for assertion in set.assertions {
      if let condition = assertion.condition { conditions.append(condition) }
    }
    table = makeVariables(for: conditions, in: set)
    store = DiagramStore(classCounts: table.variables.map(\.classCount))
  }

  package var variables: [Variable] { table.variables }

  /// The diagram of a condition of the set; no condition at all is true.
  ///
  /// - Complexity: that of the diagrams of its parts, combined one after another.
  package mutating func lower(_ condition: Condition?) -> Diagram {
    guard let condition else { return .high }
    if case .check(let check, _) = condition { return lower(check) }
    let key = condition.withoutPlaces
    if let diagram = known[key] { return diagram }
    let diagram: Diagram
    switch condition {
    case .constant(let value):
      diagram = value ? .high : .low
    case .not(let inner):
      diagram = store.map(lower(inner), .negation)
    case .all(let parts):
      diagram = parts.reduce(.high) { store.minimum($0, lower($1)) }
    case .any(let parts):
      diagram = parts.reduce(.low) { store.maximum($0, lower($1)) }
    case .check(let check, _):
      diagram = lower(check)
    }
    known[key] = diagram
    return diagram
  }

  private mutating func lower(_ check: Check) -> Diagram {
    guard let reading = table.readings[check] else {
      preconditionFailure("every check of the set has a variable")
    }
    return store.node(reading.variable, reading.answers.map { Diagram.leaves[Int($0)] })
  }
}
