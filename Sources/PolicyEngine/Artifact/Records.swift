// The elements of the sections: trivial structs whose memory is the format's.

/// A run of section `text`; an offset of `ArtifactFormat.none` is no text at all.
package struct TextRef: Hashable, BitwiseCopyable, Sendable {
  package var offset: UInt32
  package var length: UInt32
  package init(offset: UInt32, length: UInt32) {
    self.offset = offset
    self.length = length
  }
  package static let none = TextRef(offset: ArtifactFormat.none, length: 0)
}

/// A run of another section.
package struct Run: Hashable, BitwiseCopyable, Sendable {
  package var start: UInt32
  package var count: UInt32
  package init(start: UInt32, count: UInt32) {
    self.start = start
    self.count = count
  }
  package var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
}

package struct NameRecord: Hashable, BitwiseCopyable, Sendable {
  package var space: UInt32
  package var index: UInt32
  package var text: TextRef
  package init(space: UInt32, index: UInt32, text: TextRef) {
    self.space = space
    self.index = index
    self.text = text
  }
}

package struct ServiceRecord: BitwiseCopyable, Sendable {
  package var name: TextRef
  package var title: TextRef
  package var actions: Run
  /// Its words in planes that cover all services.
  package var words: Run
  package init(name: TextRef, title: TextRef, actions: Run, words: Run) {
    self.name = name
    self.title = title
    self.actions = actions
    self.words = words
  }
}

package struct ActionRecord: BitwiseCopyable, Sendable {
  package var name: TextRef
  package var title: TextRef
  package var service: UInt32
  /// The word of the action's bit, within its service.
  package var word: UInt32
  package var bit: UInt32
  package var flags: UInt32
  package init(
    name: TextRef,
    title: TextRef,
    service: UInt32,
    word: UInt32,
    bit: UInt32,
    flags: UInt32
  ) {
    self.name = name
    self.title = title
    self.service = service
    self.word = word
    self.bit = bit
    self.flags = flags
  }
}

package struct AttributeRecord: BitwiseCopyable, Sendable {
  /// Without its space.
  package var name: TextRef
  package var title: TextRef
  /// 0 principal, 1 context, 2 resource.
  package var space: UInt32
  package var type: UInt32
  /// The words of a one-of type, in section `strings`.
  package var words: Run
  /// The services that have it, in section `attributeServices`; none at `none` is every request.
  package var services: Run
  package var steps: Run
  package init(
    name: TextRef,
    title: TextRef,
    space: UInt32,
    type: UInt32,
    words: Run,
    services: Run,
    isEverywhere: Bool,
    steps: Run
  ) {
    self.name = name
    self.title = title
    self.space = space
    self.type = type
    self.words = words
    self.services = isEverywhere ? Run(start: ArtifactFormat.none, count: 0) : services
    self.steps = steps
  }
}

package struct UnitRecord: BitwiseCopyable, Sendable {
  package var path: TextRef
  /// The unit after the last one below.
  package var end: UInt32
  package var reserved: UInt32 = 0
  package init(path: TextRef, end: UInt32) {
    self.path = path
    self.end = end
  }
}

package struct GroupRecord: BitwiseCopyable, Sendable {
  package var name: TextRef
  package var flags: UInt32
  /// The slot of membership, plus 1; 0 when nothing asks for it.
  package var slot: UInt32
  /// Itself and every group that holds it, in section `groupLists`.
  package var containers: Run
  package var assignments: Run
  package init(name: TextRef, flags: UInt32, slot: UInt32, containers: Run, assignments: Run) {
    self.name = name
    self.flags = flags
    self.slot = slot
    self.containers = containers
    self.assignments = assignments
  }
}

package struct PrincipalRecord: BitwiseCopyable, Sendable {
  /// Every group that it is a declared member of, nested ones included.
  package var groups: Run
  package var assignments: Run
  package init(groups: Run, assignments: Run) {
    self.groups = groups
    self.assignments = assignments
  }
}

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

/// What is done with the value of a term; the meaning of `a` to `f` depends on the kind.
package struct StepRecord: BitwiseCopyable, Sendable {
  package var kind: UInt32
  package var slot: UInt32
  package var a: UInt32 = 0
  package var b: UInt32 = 0
  package var c: UInt32 = 0
  package var d: UInt32 = 0
  package var e: UInt32 = 0
  package var f: UInt32 = 0
  package init(_ kind: StepKind, slot: UInt32) {
    self.kind = kind.rawValue
    self.slot = slot
  }
}

/// What classes are taken to: dense (`runs` 0), or by runs: first classes, then their values.
package struct MapRecord: Hashable, BitwiseCopyable, Sendable {
  package var offset: UInt32
  package var runs: UInt32
  package var classCount: UInt32
  package var highest: UInt32
  package init(offset: UInt32, runs: UInt32, classCount: UInt32, highest: UInt32) {
    self.offset = offset
    self.runs = runs
    self.classCount = classCount
    self.highest = highest
  }
}

/// A variable and what its classes are taken to.
package struct ReaderRecord: Hashable, BitwiseCopyable, Sendable {
  package var slot: UInt32
  package var map: UInt32
  package init(slot: UInt32, map: UInt32) {
    self.slot = slot
    self.map = map
  }
}

/// A function of classes to 0, 1 and 2.
package struct TableRecord: Hashable, BitwiseCopyable, Sendable {
  /// 0: the readers' sum is the position of the outcome.
  ///
  /// 1: a diagram.
  package var form: UInt32
  package var readers: Run
  /// The first outcome's byte, four to a byte; or the root: 0 to 2 constants, else a node plus 3.
  package var root: UInt32
  package init(form: UInt32, readers: Run, root: UInt32) {
    self.form = form
    self.readers = readers
    self.root = root
  }
}

/// The cells of up to 64 actions of one service in one policy.
package struct PlaneRecord: Hashable, BitwiseCopyable, Sendable {
  /// With `high`: 00 nothing, 01 allow, 10 deny, 11 conditional (low bit first named).
  package var low: UInt64
  package var high: UInt64
  /// Conditional cells whose table is not that of the conditional cell before.
  package var change: UInt64
  /// The position in `cells` of the table after the last change before this word.
  package var base: UInt64
  package init(low: UInt64, high: UInt64, change: UInt64, base: UInt64) {
    self.low = low
    self.high = high
    self.change = change
    self.base = base
  }
}
