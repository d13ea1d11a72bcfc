// The elements of the sections of policies, rules and assignments.

package struct PolicyRecord: BitwiseCopyable, Sendable {
  package var name: TextRef
  package var title: TextRef
  package var flags: UInt32
  package var reserved: UInt32 = 0
  /// Itself and all that it includes, in section `policyLists`.
  package var closure: Run
  /// Those that it declares itself.
  package var rules: Run
  package var ruleRanges: Run
  package var annotations: Run
  package var documentation: TextRef
  package init(
    name: TextRef,
    title: TextRef,
    flags: UInt32,
    closure: Run,
    rules: Run,
    ruleRanges: Run,
    annotations: Run,
    documentation: TextRef
  ) {
    self.name = name
    self.title = title
    self.flags = flags
    self.closure = closure
    self.rules = rules
    self.ruleRanges = ruleRanges
    self.annotations = annotations
    self.documentation = documentation
  }
}

package struct RuleRecord: BitwiseCopyable, Sendable {
  package var id: TextRef
  package var because: TextRef
  package var documentation: TextRef
  package var policy: UInt32
  package var number: UInt32
  /// 0 allow, 1 deny.
  package var effect: UInt32
  /// The table of its own conditions; none when there are none.
  package var guardTable: UInt32
  package var file: UInt32
  package var line: UInt32
  package var column: UInt32
  package var reserved: UInt32 = 0
  package var annotations: Run
  package init(
    id: TextRef,
    because: TextRef,
    documentation: TextRef,
    policy: UInt32,
    number: UInt32,
    effect: UInt32,
    guardTable: UInt32,
    file: UInt32,
    line: UInt32,
    column: UInt32,
    annotations: Run
  ) {
    self.id = id
    self.because = because
    self.documentation = documentation
    self.policy = policy
    self.number = number
    self.effect = effect
    self.guardTable = guardTable
    self.file = file
    self.line = line
    self.column = column
    self.annotations = annotations
  }
}

/// Actions of a rule; those of one policy are sorted and form an implicit interval tree.
package struct RuleRangeRecord: BitwiseCopyable, Sendable {
  package var lower: UInt32
  package var upper: UInt32
  /// The highest upper bound in the subtree of which this is the root.
  package var highest: UInt32
  package var rule: UInt32
  package init(lower: UInt32, upper: UInt32, highest: UInt32, rule: UInt32) {
    self.lower = lower
    self.upper = upper
    self.highest = highest
    self.rule = rule
  }
}

package struct AnnotationRecord: BitwiseCopyable, Sendable {
  package var name: TextRef
  /// In section `strings`.
  package var arguments: Run
  package init(name: TextRef, arguments: Run) {
    self.name = name
    self.arguments = arguments
  }
}

package struct AssignmentRecord: BitwiseCopyable, Sendable {
  package var grants: Run
  /// The table of its condition; none when there is none.
  package var condition: UInt32
  package var file: UInt32
  package var line: UInt32
  package var column: UInt32
  package var annotations: Run
  package init(
    grants: Run,
    condition: UInt32,
    file: UInt32,
    line: UInt32,
    column: UInt32,
    annotations: Run
  ) {
    self.grants = grants
    self.condition = condition
    self.file = file
    self.line = line
    self.column = column
    self.annotations = annotations
  }
}

/// A policy in a place: units from `low` up to `high`; 0 and `none` are everywhere.
package struct GrantRecord: BitwiseCopyable, Sendable {
  package var policy: UInt32
  package var low: UInt32
  package var high: UInt32
  package var assignment: UInt32
  package init(policy: UInt32, low: UInt32, high: UInt32, assignment: UInt32) {
    self.policy = policy
    self.low = low
    self.high = high
    self.assignment = assignment
  }
}
