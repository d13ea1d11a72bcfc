// The format of compiled policies, as Grammar/polc-format.md has it: little-endian, a header, a
// table of sections, the sections in the order of their numbers, each on a multiple of 64 bytes.

/// What is the same in every file of this format.
package enum ArtifactFormat {
  /// As in PNG, the first byte is none of text, and the line breaks show a text-mode copy.
  package static let magic: [UInt8] = [0x89, 0x70, 0x6f, 0x6c, 0x63, 0x0d, 0x0a, 0x1a]
  package static let version: UInt32 = 1
  package static let languageVersion: UInt32 = 1
  package static let headerSize = 80
  package static let entrySize = 32
  package static let alignment = 64
  /// Stands for no table, no text, no name space.
  package static let none = UInt32.max
}

/// The sections of a file, by number.
package enum ArtifactSection: UInt32, CaseIterable, Sendable {
  case summary, text, displacements, names, services, actions, attributes, attributeServices
  case strings, units, groups, groupLists, principals, policies, policyLists, rules, ruleRanges
  case annotations, assignments, assignmentLists, grants, variables, steps, numbers, classes
  case symbols, transitions, maps, mapValues, tables, readers, outcomes, nodes, derivations
  case pages, planes, cells, separations

  /// How long one element is, in bytes.
  package var elementSize: Int {
    switch self {
    case .text, .symbols, .outcomes: 1
    case .strings, .readers, .nodes, .numbers, .separations: 8
    case .names, .units, .principals, .ruleRanges, .annotations, .grants, .maps, .tables: 16
    case .services, .actions, .assignments, .groups, .steps, .planes: 32
    case .attributes: 48
    case .policies, .rules: 64
    case .summary, .displacements, .attributeServices, .groupLists, .policyLists,
      .assignmentLists, .variables, .classes, .transitions, .mapValues, .derivations, .pages,
      .cells:
      4
    }
  }

  package var name: String { "section `\(self)`" }
}

/// The name spaces of the one perfect hash.
package enum NameSpace {
  package static let action: UInt32 = 0
  package static let policy: UInt32 = 1
  package static let unit: UInt32 = 2
  package static let group: UInt32 = 3
  package static let user: UInt32 = 4
  package static let serviceAccount: UInt32 = 5
  package static let principalAttribute: UInt32 = 6
  package static let contextAttribute: UInt32 = 7
  package static let resourceAttribute: UInt32 = 8
  /// The first one for the constants of an attribute.
  package static let constants: UInt32 = 16
}

/// The numbers of section `summary`, by position.
package enum SummaryField: Int, CaseIterable, Sendable {
  case catalogueOffset, catalogueLength
  case fileStart, fileCount
  case everyoneStart, everyoneCount, anonymousStart, anonymousCount
  case namedUserStart, namedUserCount, namedServiceAccountStart, namedServiceAccountCount
  case openGroupStart, openGroupCount, userGroupStart, userGroupCount
  case serviceAccountGroupStart, serviceAccountGroupCount
  case principalStepStart, principalStepCount, resourceStepStart, resourceStepCount
  /// The slot of the kind of principal, plus 1; 0 when nothing asks for it.
  case kindSlot
  /// How many variables classify requests; the others are derived.
  case requestVariableCount
  case wordCount
  /// What the hash of names begins with.
  case hashSeed
  /// The most variables that one cell reads.
  case readBound
}

/// How a step classifies a value; the numbers are those of the format.
package enum StepKind: UInt32, Sendable {
  case bool = 1
  case int = 2
  case time = 3
  case ip = 4
  case text = 5
  case patternText = 6
  case principal = 7
  case path = 8
  case presence = 9
  case elements = 10
  case elementsUnder = 11
  case matches = 12
  case relation = 13
}

/// A term as steps name it: an attribute by its position, or one of these.
package enum TermCode {
  package static let principal = UInt32.max - 1
  package static let resource = UInt32.max
}

/// The flags of groups.
package enum GroupFlag {
  package static let isOpen: UInt32 = 1
  /// It is open, or a group in it is.
  package static let holdsOpen: UInt32 = 2
  package static let holdsUsers: UInt32 = 4
  package static let holdsServiceAccounts: UInt32 = 8
}

/// The flags of policies.
package enum PolicyFlag {
  package static let isBuiltIn: UInt32 = 1
  package static let isRole: UInt32 = 2
  /// Some cell is conditional.
  package static let isConditional: UInt32 = 4
}

/// The flags of actions.
package enum ActionFlag {
  package static let isExplicit: UInt32 = 1
  package static let isSensitive: UInt32 = 2
}

/// The numbers that stand for attribute types; one-of types have words besides.
package enum TypeCode {
  package static func code(of type: AttributeType) -> UInt32 {
    switch type {
    case .bool: 0
    case .int: 1
    case .string: 2
    case .ip: 3
    case .time: 4
    case .path: 5
    case .principal: 6
    case .strings: 7
    case .paths: 8
    case .principals: 9
    case .oneOf: 10
    }
  }

  package static func type(_ code: UInt32, words: [String]) -> AttributeType? {
    switch code {
    case 0: .bool
    case 1: .int
    case 2: .string
    case 3: .ip
    case 4: .time
    case 5: .path
    case 6: .principal
    case 7: .strings
    case 8: .paths
    case 9: .principals
    case 10: .oneOf(words)
    default: nil
    }
  }
}
