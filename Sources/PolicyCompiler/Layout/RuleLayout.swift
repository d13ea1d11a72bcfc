import PolicyEngine
import PolicyModel
import PolicySource

extension ArtifactContents {
  /// Adds the paths of the sources; at least one, so that every rule has one.
  mutating func addFiles(_ set: PolicySet) {
    let run = strings(set.sources.files.isEmpty ? [""] : set.sources.files.map(\.path))
    (self[.fileStart], self[.fileCount]) = (Int(run.start), Int(run.count))
  }

  /// Adds policies with their rules.
  ///
  /// - Complexity: O(n log n) in rules and ranges of actions.
  mutating func addPolicies(_ set: PolicySet, guards: [UInt32], isConditional: [Bool]) {
    for index in set.policies.indices {
      let policy = set.policies[index]
      let name = text.add(policy.heading.name)
      var flags = policy.isBuiltIn ? PolicyFlag.isBuiltIn : 0
      if policy.isRole { flags |= PolicyFlag.isRole }
      if isConditional[index.position] { flags |= PolicyFlag.isConditional }
      let rules = policy.rules.map(\.position)
      policies.append(
        PolicyRecord(
          name: name,
          title: text.add(policy.heading.title),
          flags: flags,
          closure: list(policy.closure.map(\.position), in: \.policyLists),
          rules: Run(start: UInt32(rules.first ?? 0), count: UInt32(rules.count)),
          ruleRanges: addRanges(policy, set),
          annotations: addAnnotations(policy.heading.annotations),
          documentation: text.add(policy.heading.documentation)
        )
      )
      add(name, index.position, to: NameSpace.policy)
    }
    for (index, rule) in set.rules.elements.enumerated() {
      let place = place(rule.span, in: set)
      rules.append(
        RuleRecord(
          id: text.add(rule.id),
          because: text.add(rule.because),
          documentation: text.add(rule.documentation),
          policy: UInt32(rule.policy.position),
          number: UInt32(rule.number),
          effect: rule.effect == .allow ? 0 : 1,
          guardTable: guards[index],
          file: place.file,
          line: place.line,
          column: place.column,
          annotations: addAnnotations(rule.annotations)
        )
      )
    }
  }

  /// The actions of the rules of one policy, as an implicit interval tree.
  private mutating func addRanges(_ policy: Policy, _ set: PolicySet) -> Run {
    let start = ruleRanges.count
    let ranges = policy.rules.flatMap { rule in
      set.rules[rule].actions.ranges.map { (range: $0, rule: rule.position) }
    }
    .sorted { ($0.range.lowerBound, $0.rule) < ($1.range.lowerBound, $1.rule) }
    for (range, rule) in ranges {
      ruleRanges.append(
        RuleRangeRecord(
          lower: UInt32(range.lowerBound),
          upper: UInt32(range.upperBound),
          highest: 0,
          rule: UInt32(rule)
        )
      )
    }
    _ = setHighest(start..<ruleRanges.count)
    return Run(start: UInt32(start), count: UInt32(ranges.count))
  }

  private mutating func setHighest(_ range: Range<Int>) -> UInt32 {
    guard !range.isEmpty else { return 0 }
    let middle = (range.lowerBound + range.upperBound) / 2
    let below = max(
      setHighest(range.lowerBound..<middle),
      setHighest(middle + 1..<range.upperBound)
    )
    ruleRanges[middle].highest = max(ruleRanges[middle].upper, below)
    return ruleRanges[middle].highest
  }

  /// Adds annotations; says where they are.
  mutating func addAnnotations(_ new: [Annotation]) -> Run {
    let start = annotations.count
    for annotation in new {
      annotations.append(
        AnnotationRecord(name: text.add(annotation.name), arguments: strings(annotation.arguments))
      )
    }
    return Run(start: UInt32(start), count: UInt32(new.count))
  }

  /// Where a span begins, for people.
  func place(_ span: SourceSpan, in set: PolicySet) -> (file: UInt32, line: UInt32, column: UInt32)
  {
    guard Int(span.file.position) < set.sources.files.count else { return (0, 1, 1) }
    let place = set.sources.place(span)
    return (span.file.position, UInt32(place.line), UInt32(place.column))
  }
}
