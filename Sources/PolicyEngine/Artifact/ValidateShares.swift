extension Validation {
  /// The runs of a list together are no longer than it.
  ///
  /// The compiler shares none of them. If runs overlapped, going through the lists of all policies,
  /// say, would be more work than the file is long.
  func shares() throws(ArtifactError) {
    try share(
      .strings,
      tables.strings.count,
      [
        sum(tables.attributes) { $0.words.count }, sum(tables.annotations) { $0.arguments.count },
        tables.summary(.fileCount),
        sum(tables.steps) { $0.kind == StepKind.matches.rawValue ? $0.b : 0 },
      ]
    )
    try share(
      .attributeServices,
      tables.attributeServices.count,
      [sum(tables.attributes) { $0.services.count }]
    )
    try share(
      .groupLists,
      tables.groupLists.count,
      [
        sum(tables.groups) { $0.containers.count }, sum(tables.principals) { $0.groups.count },
        tables.summary(.openGroupCount), tables.summary(.userGroupCount),
        tables.summary(.serviceAccountGroupCount),
      ]
    )
    try share(
      .assignmentLists,
      tables.assignmentLists.count,
      [
        sum(tables.groups) { $0.assignments.count },
        sum(tables.principals) { $0.assignments.count }, tables.summary(.everyoneCount),
        tables.summary(.anonymousCount), tables.summary(.namedUserCount),
        tables.summary(.namedServiceAccountCount),
      ]
    )
    try share(
      .policyLists,
      tables.policyLists.count,
      [sum(tables.policies) { $0.closure.count }, sum(tables.separations) { $0.count }]
    )
    try share(.rules, tables.rules.count, [sum(tables.policies) { $0.rules.count }])
    try share(
      .annotations,
      tables.annotations.count,
      [
        sum(tables.policies) { $0.annotations.count }, sum(tables.rules) { $0.annotations.count },
        sum(tables.assignments) { $0.annotations.count },
      ]
    )
    try share(.grants, tables.grants.count, [sum(tables.assignments) { $0.grants.count }])
  }

  private func share(
    _ section: ArtifactSection,
    _ count: Int,
    _ lengths: [Int]
  ) throws(ArtifactError) {
    try expect(lengths.reduce(0, +) <= count, section, "runs overlap")
  }

  private func sum<Element>(_ section: Section<Element>, _ length: (Element) -> UInt32) -> Int {
    section.indices.reduce(0) { $0 + Int(length(section[$1])) }
  }
}
