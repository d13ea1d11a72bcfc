/// What conditions come to when only the subject is known: its kind, its groups and its id.
///
/// A cell that reads nothing else is decided when the subject is prepared.
struct SubjectKnowledge {
  private let cells: Section<UInt32>
  /// What tables come to; nil when there is no variable that no request of the subject changes.
  private var outcomes: PossibleOutcomes?

  /// - Parameters:
  ///   - tables: The tables of the engine.
  ///   - classes: The classes of what is known of the subject, which stay while this is used.
  init(_ tables: Tables, _ classes: UnsafePointer<UInt32>) {
    cells = tables.cells
    var fixed: [Int] = []
    if tables.summary(.kindSlot) > 0 { fixed.append(tables.summary(.kindSlot) - 1) }
    for group in tables.groups.indices where tables.groups[group].slot > 0 {
      fixed.append(Int(tables.groups[group].slot) - 1)
    }
    for index in tables.run(.principalStepStart, .principalStepCount) {
      // How the principal stands to an attribute is not known before the attribute is.
      guard tables.steps[index].kind != StepKind.relation.rawValue else { continue }
      fixed.append(Int(tables.steps[index].slot))
    }
    guard !fixed.isEmpty else { return }
    var isOpen = [Bool](repeating: true, count: tables.variables.count)
    for slot in fixed { isOpen[slot] = false }
    // Preparing is to be quick: a diagram that begins with something else is left to the request.
    outcomes = unsafe PossibleOutcomes(
      tables,
      classes,
      isOpen: isOpen,
      limits: PossibleOutcomes.Limits(sums: 64, nodes: 0)
    )
  }

  /// A plane with the conditional cells decided that depend on the subject alone.
  ///
  /// - Complexity: O(changes of tables in the plane).
  mutating func closed(_ plane: PlaneRecord) -> (low: UInt64, high: UInt64) {
    var (low, high) = (plane.low, plane.high)
    var rest = outcomes == nil ? 0 : low & high
    while rest != 0 {
      let bit = rest.trailingZeroBitCount
      // The cells up to the next change have the same table.
      let changes = plane.change & ~(UInt64.max >> UInt64(63 - bit))
      let below = changes == 0 ? UInt64.max : (changes & (0 &- changes)) - 1
      let run = rest & below
      rest &= ~run
      switch outcomes?.of(plane.table(UInt32(bit), in: cells)).only {
      case 0: (low, high) = (low & ~run, high & ~run)
      case 1: high &= ~run
      case 2: low &= ~run
      default: break
      }
    }
    return (low, high)
  }

  /// A grant with its condition decided, if that depends on the subject alone; nil if it is never in
  /// force.
  mutating func closed(_ grant: SubjectGrant) -> SubjectGrant? {
    guard grant.condition != ArtifactFormat.none,
      let truth = outcomes?.of(grant.condition).only
    else { return grant }
    return truth == 0 ? nil : grant.inForce(atMost: truth)
  }
}

extension SubjectGrant {
  /// The same grant without its condition, which comes to this.
  fileprivate func inForce(atMost truth: UInt32) -> SubjectGrant {
    SubjectGrant(
      policy: policy,
      low: low,
      high: high,
      condition: ArtifactFormat.none,
      truth: min(self.truth, truth),
      assignment: assignment,
      holding: holding
    )
  }
}
