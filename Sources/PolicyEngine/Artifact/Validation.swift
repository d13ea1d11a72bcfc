/// Proves that every number in the tables that is used as a position is one, and that the parts
/// agree with each other, before the first decision.
///
/// Runs into sections that are read element by element may not overlap, so that the whole is linear
/// in the size of the file, whoever made it.
struct Validation {
  let tables: Tables

  func run() throws(ArtifactError) {
    try summary()
    try references()
    try names()
    try catalogue()
    try principals()
    try policies()
    try rules()
    try assignments()
    try maps()
    try decisionTables()
    try derivations()
    try StepValidation(tables: tables).run()
    try planes()
    try shares()
  }

  func expect(
    _ condition: Bool,
    _ section: ArtifactSection,
    _ what: @autoclosure () -> String
  ) throws(ArtifactError) {
    guard condition else { throw .inconsistent(section: section.name, what()) }
  }

  func check(
    _ run: Run,
    in count: Int,
    _ section: ArtifactSection,
    _ what: @autoclosure () -> String
  ) throws(ArtifactError) {
    try expect(Int(run.start) + Int(run.count) <= count, section, what())
  }

  func check(
    _ ref: TextRef,
    _ section: ArtifactSection,
    optional: Bool = false
  ) throws(ArtifactError) {
    if optional, ref == .none { return }
    try expect(
      Int(ref.offset) + Int(ref.length) <= tables.text.count,
      section,
      "a text is not there"
    )
  }

  /// Each run begins where the one before ended, and the last ends with the section.
  func checkConsecutive(
    _ run: Run,
    _ cursor: inout Int,
    _ section: ArtifactSection
  ) throws(ArtifactError) {
    try expect(Int(run.start) == cursor, section, "runs overlap or leave gaps")
    cursor += Int(run.count)
  }

  private func summary() throws(ArtifactError) {
    try expect(
      tables.summary.count == SummaryField.allCases.count,
      .summary,
      "it has another length"
    )
    func list(
      _ start: SummaryField,
      _ count: SummaryField,
      in limit: Int
    ) throws(ArtifactError) {
      try expect(
        tables.summary(start) + tables.summary(count) <= limit,
        .summary,
        "\(start) is out of range"
      )
    }
    try list(.catalogueOffset, .catalogueLength, in: tables.text.count)
    try list(.fileStart, .fileCount, in: tables.strings.count)
    let lists = tables.assignmentLists.count
    try list(.everyoneStart, .everyoneCount, in: lists)
    try list(.anonymousStart, .anonymousCount, in: lists)
    try list(.namedUserStart, .namedUserCount, in: lists)
    try list(.namedServiceAccountStart, .namedServiceAccountCount, in: lists)
    try list(.openGroupStart, .openGroupCount, in: tables.groupLists.count)
    try list(.userGroupStart, .userGroupCount, in: tables.groupLists.count)
    try list(.serviceAccountGroupStart, .serviceAccountGroupCount, in: tables.groupLists.count)
    try list(.principalStepStart, .principalStepCount, in: tables.steps.count)
    try list(.resourceStepStart, .resourceStepCount, in: tables.steps.count)
    let count = tables.summary(.requestVariableCount)
    try expect(
      count + tables.derivations.count == tables.variables.count,
      .variables,
      "their number is not that of the summary"
    )
    for slot in tables.variables.indices {
      let isWrong = slot < count ? tables.variables[slot] == 0 : tables.variables[slot] != 3
      try expect(!isWrong, .variables, "variable \(slot) has the wrong number of classes")
    }
    let kind = tables.summary(.kindSlot)
    try expect(
      kind == 0 || kind <= count && tables.variables[kind - 1] == 3,
      .summary,
      "the kind of principal has no such variable"
    )
  }

  /// Lists of positions, each in one section of its own.
  private func references() throws(ArtifactError) {
    func all(
      _ list: Section<UInt32>,
      below limit: Int,
      _ section: ArtifactSection
    ) throws(ArtifactError) {
      var highest: UInt32 = 0
      for index in list.indices { highest = max(highest, list[index]) }
      try expect(list.count == 0 || Int(highest) < limit, section, "an element is out of range")
    }
    try all(tables.attributeServices, below: tables.services.count, .attributeServices)
    try all(tables.groupLists, below: tables.groups.count, .groupLists)
    try all(tables.policyLists, below: tables.policies.count, .policyLists)
    try all(tables.assignmentLists, below: tables.assignments.count, .assignmentLists)
    try all(tables.derivations, below: tables.tables.count, .derivations)
    try all(tables.cells, below: tables.tables.count, .cells)
    for index in tables.strings.indices { try check(tables.strings[index], .strings) }
    for index in tables.annotations.indices {
      try check(tables.annotations[index].name, .annotations)
      try check(
        tables.annotations[index].arguments,
        in: tables.strings.count,
        .annotations,
        "arguments are not there"
      )
    }
  }
}
