extension PolicyEngine {
  /// A place in the policies' sources.
  public struct SourcePlace: Hashable, Sendable {
    /// The path as it was compiled.
    public let file: String
    /// From 1.
    public let line: Int
    /// Unicode scalars from the start of the line, plus 1.
    public let column: Int

    /// A place by its three parts.
    public init(file: String, line: Int, column: Int) {
      self.file = file
      self.line = line
      self.column = column
    }
  }

  /// Metadata of a declaration, such as `@owner("team-a")`.
  public struct Annotation: Hashable, Sendable {
    /// Without the `@`.
    public let name: String
    /// As texts.
    public let arguments: [String]
  }

  /// A rule, as its source has it.
  public struct Rule: Hashable, Sendable {
    package let index: RuleIndex
    /// The policy that declares it.
    public let policy: String
    /// Its `@id`, or `policy#number`.
    public let id: String
    /// What it does.
    public let effect: Decision.Effect
    /// The text after `because`.
    public let because: String?
    /// The comments above it.
    public let documentation: String?
    /// All that stand on it.
    public let annotations: [Annotation]
    /// Where it begins.
    public let place: SourcePlace
  }

  /// What gave the principal a policy.
  public enum Grant: Hashable, Sendable {
    /// An assignment, by where it stands.
    case assignment(SourcePlace)
    /// The request says that the policy is held: everywhere, or in a unit.
    case held(unit: String?)
    /// The program granted it while it ran: to whom, in words, which is the principal, a group of it
    /// or everyone; everywhere or in a unit; on a named condition of the policy set or on none.
    case granted(to: String, unit: String?, condition: String?)
  }

  /// A rule that decided.
  public struct Reason: Hashable, Sendable {
    /// The rule.
    public let rule: Rule
    /// The policy that was assigned or held: the rule's own, or one that includes it.
    public let policy: String
    /// What gave the principal that policy.
    public let grant: Grant
    /// What the request does not say, for a deny that applies because it might: attributes by their
    /// paths, groups, the unit.
    public let missing: [String]

    package let policyIndex: PolicyIndex
    /// The assignment; nil for a held policy.
    package let assignment: AssignmentIndex?
    /// The position among the held policies.
    package let holding: Int?
  }

  /// An allow that bears on the action and did not apply.
  public struct NearMiss: Hashable, Sendable {
    /// The rule.
    public let rule: Rule
    /// Whether its policy is surely in force; otherwise that is not known.
    public let isInForce: Bool
    /// Whether its own conditions are false, whatever else the request might say.
    public let isRefused: Bool
    /// What the request does not say of what the rule and its assignment read.
    public let missing: [String]
  }

  /// A decision with its reasons.
  public struct Explanation: Hashable, Sendable {
    /// The decision.
    public let decision: Decision
    /// The applying denies, or else the applying allows, in the order of the rules.
    public let reasons: [Reason]
    /// For a deny by default, the allows that nearly applied, in the order of the rules.
    public let nearMisses: [NearMiss]

    /// A deny by default without near misses.
    static let byDefault = Explanation(
      decision: Decision(cell: 0),
      reasons: [],
      nearMisses: []
    )
  }
}
