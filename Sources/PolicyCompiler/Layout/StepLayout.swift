import PolicyEngine
import PolicyModel

/// What is done with the value of each term, gathered from the variables.
struct StepLayout {
  private struct Plan {
    var classifiers: [(slot: UInt32, classifier: Classifier)] = []
    var presence: UInt32?
    var elements: [(value: Value, slot: UInt32)] = []
    var elementsUnder: [(path: String, slot: UInt32)] = []
    var patterns: [(pattern: LikePattern, slot: UInt32)] = []
    var relations: [StepRecord] = []
  }

  private var plans: [Term: Plan] = [:]
  private var spaceCount: UInt32 = 0
  private(set) var kindSlot: UInt32?
  private(set) var slotOfGroup: [GroupIndex: UInt32] = [:]

  init(_ variables: [Variable]) {
    for (position, variable) in variables.enumerated() {
      let slot = UInt32(position)
      switch variable.subject {
      case .value(let term):
        if let classifier = variable.classifier {
          plans[term, default: Plan()].classifiers.append((slot, classifier))
        }
      case .presence(let term): plans[term, default: Plan()].presence = slot
      case .element(let term, let value):
        plans[term, default: Plan()].elements.append((value, slot))
      case .elementUnder(let term, let path):
        plans[term, default: Plan()].elementsUnder.append((path, slot))
      case .matches(let term, let pattern):
        plans[term, default: Plan()].patterns.append((pattern, slot))
      case .relation(let relation, let left, let right):
        var step = StepRecord(.relation, slot: slot)
        step.a = relation.rawValue
        step.b = left.code
        step.c = right.code
        plans[left, default: Plan()].relations.append(step)
        if left != right { plans[right, default: Plan()].relations.append(step) }
      case .group(let group): slotOfGroup[group] = slot
      case .kind: kindSlot = slot
      case .unit, .derived: break
      }
    }
  }

  /// Adds the steps of a term; says where they are.
  mutating func add(_ term: Term, to contents: inout ArtifactContents) -> Run {
    let start = contents.steps.count
    guard let plan = plans[term] else { return Run(start: UInt32(start), count: 0) }
    for (slot, classifier) in plan.classifiers { add(classifier, slot, &contents) }
    if let slot = plan.presence { contents.steps.append(StepRecord(.presence, slot: slot)) }
    if !plan.elements.isEmpty { addElements(plan.elements, &contents) }
    if !plan.elementsUnder.isEmpty { addElementsUnder(plan.elementsUnder, &contents) }
    for (pattern, slot) in plan.patterns {
      var step = StepRecord(.matches, slot: slot)
      step.a = UInt32(contents.strings.count)
      step.b = UInt32(pattern.runs.count)
      for run in pattern.runs { contents.strings.append(contents.text.add(bytes: run)) }
      contents.steps.append(step)
    }
    contents.steps += plan.relations
    return Run(start: UInt32(start), count: UInt32(contents.steps.count - start))
  }

  /// The next name space for constants; those of users and service accounts are neighbours.
  private mutating func space(_ count: UInt32 = 1) -> UInt32 {
    defer { spaceCount += count }
    return NameSpace.constants + spaceCount
  }

  private mutating func add(
    _ classifier: Classifier,
    _ slot: UInt32,
    _ contents: inout ArtifactContents
  ) {
    var step: StepRecord
    switch classifier {
    case .bool(let no, let yes):
      step = StepRecord(.bool, slot: slot)
      step.a = no
      step.b = yes
    case .int(let cuts, let classes):
      step = StepRecord(.int, slot: slot)
      step.a = contents.add(numbers: cuts)
      step.b = UInt32(cuts.count)
      step.c = contents.add(classes: classes)
    case .time(let cuts, let classes):
      step = StepRecord(.time, slot: slot)
      step.a = contents.add(numbers: cuts.flatMap { [$0.seconds, Int64($0.nanoseconds)] })
      step.b = UInt32(cuts.count)
      step.c = contents.add(classes: classes)
    case .ip(let ip):
      step = StepRecord(.ip, slot: slot)
      step.a = contents.add(numbers: ip.cuts4.map { Int64($0) })
      step.b = UInt32(ip.cuts4.count)
      step.c = contents.add(classes: ip.classes4 + ip.classes6)
      step.d = contents.add(
        numbers: ip.cuts6.flatMap { [Int64(bitPattern: $0.high), Int64(bitPattern: $0.low)] }
      )
      step.e = UInt32(ip.cuts6.count)
    case .text(let text): step = textStep(text, slot, &contents)
    case .principal(let constants, let other):
      step = StepRecord(.principal, slot: slot)
      step.a = space(2)
      step.b = other
      for (id, number) in constants {
        contents.add(
          contents.text.add(id.id),
          Int(number),
          to: step.a + UInt32(id.kind.rawValue)
        )
      }
    case .path(let path): step = pathStep(path, slot, &contents)
    }
    contents.steps.append(step)
  }

  private mutating func textStep(
    _ text: TextClassifier,
    _ slot: UInt32,
    _ contents: inout ArtifactContents
  ) -> StepRecord {
    var step = StepRecord(text.automaton == nil ? .text : .patternText, slot: slot)
    step.a = text.constants.isEmpty ? ArtifactFormat.none : space()
    for (constant, number) in text.constants {
      contents.add(contents.text.add(constant), Int(number), to: step.a)
    }
    if let automaton = text.automaton {
      step.b = UInt32(contents.symbols.count / 256)
      step.c = UInt32(contents.transitions.count)
      step.d = UInt32(automaton.symbolCount)
      step.e = UInt32(automaton.stateCount)
      step.f = contents.add(classes: text.stateClasses)
      contents.symbols += automaton.symbols
      contents.transitions += automaton.transitions
    } else {
      step.b = text.other
    }
    return step
  }

  private mutating func pathStep(
    _ path: PathClassifier,
    _ slot: UInt32,
    _ contents: inout ArtifactContents
  ) -> StepRecord {
    var step = StepRecord(.path, slot: slot)
    step.a = path.constants.isEmpty ? ArtifactFormat.none : space()
    step.b = path.elsewhere
    step.c = contents.add(classes: path.constants.flatMap { [$0.exact, $0.below] })
    step.d = UInt32(path.constants.count)
    for (index, constant) in path.constants.enumerated() {
      step.e = max(step.e, UInt32(constant.path.utf8.count))
      contents.add(contents.text.add(constant.path), index, to: step.a)
    }
    return step
  }

  private mutating func addElements(
    _ elements: [(value: Value, slot: UInt32)],
    _ contents: inout ArtifactContents
  ) {
    var step = StepRecord(.elements, slot: elements[0].slot)
    step.a = space(2)
    step.b = UInt32(elements.count)
    step.c = contents.add(classes: elements.map(\.slot))
    for (index, element) in elements.enumerated() {
      switch element.value {
      case .string(let text), .path(let text):
        contents.add(contents.text.add(text), index, to: step.a)
      case .principal(let id):
        contents.add(
          contents.text.add(id.id),
          index,
          to: step.a + UInt32(id.kind.rawValue)
        )
      default: break
      }
    }
    contents.steps.append(step)
  }

  private mutating func addElementsUnder(
    _ elements: [(path: String, slot: UInt32)],
    _ contents: inout ArtifactContents
  ) {
    var step = StepRecord(.elementsUnder, slot: elements[0].slot)
    step.a = space()
    step.b = UInt32(elements.count)
    step.c = contents.add(classes: elements.map(\.slot))
    for (index, element) in elements.enumerated() {
      step.d = max(step.d, UInt32(element.path.utf8.count))
      contents.add(contents.text.add(element.path), index, to: step.a)
    }
    contents.steps.append(step)
  }
}

extension Term {
  /// The term as steps name it.
  var code: UInt32 {
    switch self {
    case .attribute(let index): UInt32(index.position)
    case .principal: TermCode.principal
    case .resource: TermCode.resource
    }
  }
}

extension ArtifactContents {
  /// Adds numbers; says where they are.
  mutating func add(numbers new: [Int64]) -> UInt32 {
    numbers += new
    return UInt32(numbers.count - new.count)
  }

  /// Adds classes, or slots; says where they are.
  mutating func add(classes new: [UInt32]) -> UInt32 {
    classes += new
    return UInt32(classes.count - new.count)
  }
}
