extension Validation {
  /// Groups and principals.
  func principals() throws(ArtifactError) {
    for index in tables.groups.indices {
      let group = tables.groups[index]
      try expect(
        group.slot == 0
          || Int(group.slot) <= tables.summary(.requestVariableCount)
            && tables.variables[group.slot - 1] == 3,
        .groups,
        "group \(index) has no such variable"
      )
      try check(
        group.containers,
        in: tables.groupLists.count,
        .groups,
        "containers are not there"
      )
      try check(
        group.assignments,
        in: tables.assignmentLists.count,
        .groups,
        "assignments are not there"
      )
    }
    for index in tables.principals.indices {
      let principal = tables.principals[index]
      try check(
        principal.groups,
        in: tables.groupLists.count,
        .principals,
        "groups are not there"
      )
      try check(
        principal.assignments,
        in: tables.assignmentLists.count,
        .principals,
        "assignments are not there"
      )
    }
  }

  /// Policies and the ranges of their rules.
  func policies() throws(ArtifactError) {
    var cursor = 0
    for index in tables.policies.indices {
      let policy = tables.policies[index]
      try check(policy.title, .policies, optional: true)
      try check(policy.documentation, .policies, optional: true)
      try check(policy.closure, in: tables.policyLists.count, .policies, "includes are not there")
      try check(policy.rules, in: tables.rules.count, .policies, "rules are not there")
      try check(
        policy.annotations,
        in: tables.annotations.count,
        .policies,
        "annotations are not there"
      )
      try checkConsecutive(policy.ruleRanges, &cursor, .policies)
      try expect(cursor <= tables.ruleRanges.count, .policies, "ranges are not there")
      try ranges(policy.ruleRanges.range, of: index)
    }
    try expect(cursor == tables.ruleRanges.count, .ruleRanges, "some belong to no policy")
    for index in tables.separations.indices {
      let policies = tables.separations[index]
      try check(policies, in: tables.policyLists.count, .separations, "policies are not there")
      try expect(policies.count > 1, .separations, "separation \(index) is of one policy")
    }
  }

  /// The ranges of one policy are sorted, and each knows the highest bound of its subtree.
  private func ranges(_ range: Range<Int>, of policy: Int) throws(ArtifactError) {
    for index in range {
      let record = tables.ruleRanges[index]
      try expect(
        record.lower < record.upper && Int(record.upper) <= tables.actions.count
          && Int(record.rule) < tables.rules.count
          && (index == range.lowerBound || tables.ruleRanges[index - 1].lower <= record.lower),
        .ruleRanges,
        "range \(index) is out of order"
      )
      try expect(
        Int(tables.rules[record.rule].policy) == policy,
        .ruleRanges,
        "range \(index) is another policy's"
      )
    }
    _ = try highest(range)
  }

  private func highest(_ range: Range<Int>) throws(ArtifactError) -> UInt32 {
    guard !range.isEmpty else { return 0 }
    let middle = (range.lowerBound + range.upperBound) / 2
    let record = tables.ruleRanges[middle]
    let below = max(
      try highest(range.lowerBound..<middle),
      try highest(middle + 1..<range.upperBound)
    )
    try expect(
      record.highest == max(record.upper, below),
      .ruleRanges,
      "a highest bound is another"
    )
    return record.highest
  }

  func rules() throws(ArtifactError) {
    for index in tables.rules.indices {
      let rule = tables.rules[index]
      try check(rule.id, .rules)
      try check(rule.because, .rules, optional: true)
      try check(rule.documentation, .rules, optional: true)
      try check(rule.annotations, in: tables.annotations.count, .rules, "annotations are not there")
      try expect(
        Int(rule.policy) < tables.policies.count && rule.effect <= 1
          && Int(rule.file) < tables.summary(.fileCount) && isTable(rule.guardTable),
        .rules,
        "rule \(index) refers to what is not there"
      )
    }
  }

  func assignments() throws(ArtifactError) {
    for index in tables.assignments.indices {
      let assignment = tables.assignments[index]
      try check(assignment.grants, in: tables.grants.count, .assignments, "grants are not there")
      try check(
        assignment.annotations,
        in: tables.annotations.count,
        .assignments,
        "annotations are not there"
      )
      try expect(
        Int(assignment.file) < tables.summary(.fileCount) && isTable(assignment.condition),
        .assignments,
        "assignment \(index) refers to what is not there"
      )
    }
    for index in tables.grants.indices {
      let grant = tables.grants[index]
      let isEverywhere = grant.low == 0 && grant.high == ArtifactFormat.none
      try expect(
        Int(grant.policy) < tables.policies.count
          && Int(grant.assignment) < tables.assignments.count
          && (isEverywhere || grant.low < grant.high && Int(grant.high) <= tables.units.count),
        .grants,
        "grant \(index) refers to what is not there"
      )
    }
  }

  private func isTable(_ number: UInt32) -> Bool {
    number == ArtifactFormat.none || Int(number) < tables.tables.count
  }

  /// Pages and planes.
  func planes() throws(ArtifactError) {
    let services = tables.services.count
    try expect(
      tables.pages.count == tables.policies.count * services,
      .pages,
      "their number is another"
    )
    for index in tables.pages.indices {
      let service = tables.services[index % services]
      let end = Int(tables.pages[index]) + Int(service.words.count)
      try expect(end <= tables.planes.count, .pages, "page \(index) is not there")
      // Whoever walks the bits of a page takes each for an action.
      let last = UInt64(service.actions.count) & 63
      guard last != 0 else { continue }
      let plane = tables.planes[end - 1]
      try expect(
        (plane.low | plane.high) >> last == 0,
        .pages,
        "page \(index) says something of actions that are not there"
      )
    }
    for index in tables.planes.indices {
      let plane = tables.planes[index]
      let conditional = plane.low & plane.high
      let first = conditional & (0 &- conditional)
      try expect(
        plane.change & ~conditional == 0
          && plane.base <= UInt64(tables.cells.count)
          && Int(plane.base) + plane.change.nonzeroBitCount <= tables.cells.count
          && (plane.base > 0 || first == 0 || plane.change & first != 0),
        .planes,
        "plane \(index) refers to what is not there"
      )
    }
  }
}
