import PolicyEngine

/// The sections of an artifact while they are filled.
struct ArtifactContents: Sendable {
  var summary = [UInt32](repeating: 0, count: SummaryField.allCases.count)
  var text = TextPool()
  var displacements: [UInt32] = []
  var names: [NameRecord] = []
  var services: [ServiceRecord] = []
  var actions: [ActionRecord] = []
  var attributes: [AttributeRecord] = []
  var attributeServices: [UInt32] = []
  var strings: [TextRef] = []
  var units: [UnitRecord] = []
  var groups: [GroupRecord] = []
  var groupLists: [UInt32] = []
  var principals: [PrincipalRecord] = []
  var policies: [PolicyRecord] = []
  var policyLists: [UInt32] = []
  var rules: [RuleRecord] = []
  var ruleRanges: [RuleRangeRecord] = []
  var annotations: [AnnotationRecord] = []
  var assignments: [AssignmentRecord] = []
  var assignmentLists: [UInt32] = []
  var grants: [GrantRecord] = []
  var variables: [UInt32] = []
  var steps: [StepRecord] = []
  var numbers: [Int64] = []
  var classes: [UInt32] = []
  var symbols: [UInt8] = []
  var transitions: [UInt32] = []
  var maps: [MapRecord] = []
  var mapValues: [UInt32] = []
  var tables: [TableRecord] = []
  var readers: [ReaderRecord] = []
  var outcomes: [UInt8] = []
  var nodes: [ReaderRecord] = []
  var derivations: [UInt32] = []
  var pages: [UInt32] = []
  var planes: [PlaneRecord] = []
  var cells: [UInt32] = []
  var separations: [Run] = []
  /// What the perfect hash is built of.
  var keys: [NameRecord] = []

  subscript(field: SummaryField) -> Int {
    get { Int(summary[field.rawValue]) }
    set { summary[field.rawValue] = UInt32(newValue) }
  }

  /// Adds a name to a name space.
  mutating func add(_ name: TextRef, _ index: Int, to space: UInt32) {
    keys.append(NameRecord(space: space, index: UInt32(index), text: name))
  }

  mutating func list(
    _ elements: some Sequence<Int>,
    in section: WritableKeyPath<Self, [UInt32]>
  )
    -> Run
  {
    let start = self[keyPath: section].count
    self[keyPath: section].append(contentsOf: elements.map { UInt32($0) })
    return Run(start: UInt32(start), count: UInt32(self[keyPath: section].count - start))
  }

  mutating func strings(_ texts: [String]) -> Run {
    let start = strings.count
    for text in texts { strings.append(self.text.add(text)) }
    return Run(start: UInt32(start), count: UInt32(texts.count))
  }

  /// The bytes of a section.
  ///
  /// - Complexity: O(bytes).
  func bytes(of section: ArtifactSection) -> [UInt8] {
    func raw<Element: BitwiseCopyable>(_ elements: [Element]) -> [UInt8] {
      unsafe elements.withUnsafeBytes { unsafe Array($0) }
    }
    return switch section {
    case .summary: raw(summary)
    case .text: text.bytes
    case .displacements: raw(displacements)
    case .names: raw(names)
    case .services: raw(services)
    case .actions: raw(actions)
    case .attributes: raw(attributes)
    case .attributeServices: raw(attributeServices)
    case .strings: raw(strings)
    case .units: raw(units)
    case .groups: raw(groups)
    case .groupLists: raw(groupLists)
    case .principals: raw(principals)
    case .policies: raw(policies)
    case .policyLists: raw(policyLists)
    case .rules: raw(rules)
    case .ruleRanges: raw(ruleRanges)
    case .annotations: raw(annotations)
    case .assignments: raw(assignments)
    case .assignmentLists: raw(assignmentLists)
    case .grants: raw(grants)
    case .variables: raw(variables)
    case .steps: raw(steps)
    case .numbers: raw(numbers)
    case .classes: raw(classes)
    case .symbols: symbols
    case .transitions: raw(transitions)
    case .maps: raw(maps)
    case .mapValues: raw(mapValues)
    case .tables: raw(tables)
    case .readers: raw(readers)
    case .outcomes: outcomes
    case .nodes: raw(nodes)
    case .derivations: raw(derivations)
    case .pages: raw(pages)
    case .planes: raw(planes)
    case .cells: raw(cells)
    case .separations: raw(separations)
    }
  }
}

/// Texts, each stored once.
struct TextPool: Sendable {
  private(set) var bytes: [UInt8] = []
  private var known: [TextKey: TextRef] = [:]

  /// Where a text is.
  ///
  /// - Complexity: O(length).
  mutating func add(_ text: String) -> TextRef { add(bytes: Array(text.utf8)) }

  mutating func add(bytes text: [UInt8]) -> TextRef {
    let key = TextKey(text)
    if let found = known[key] { return found }
    let ref = TextRef(offset: UInt32(bytes.count), length: UInt32(text.count))
    bytes.append(contentsOf: text)
    known[key] = ref
    return ref
  }

  /// A text again, at a place of its own.
  ///
  /// - Complexity: O(length).
  mutating func addCopy(of ref: TextRef) -> TextRef {
    let copy = TextRef(offset: UInt32(bytes.count), length: ref.length)
    bytes.append(contentsOf: Array(bytes[Int(ref.offset)..<Int(ref.offset) + Int(ref.length)]))
    return copy
  }

  mutating func add(_ text: String?) -> TextRef { text.map { add($0) } ?? .none }
}
