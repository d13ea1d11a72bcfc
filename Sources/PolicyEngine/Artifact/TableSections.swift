/// Where every section of compiled policies is.
struct TableSections: Sendable {
  let summary: Section<UInt32>
  let text: Section<UInt8>
  let displacements: Section<UInt32>
  let names: Section<NameRecord>
  let services: Section<ServiceRecord>
  let actions: Section<ActionRecord>
  let attributes: Section<AttributeRecord>
  let attributeServices: Section<UInt32>
  let strings: Section<TextRef>
  let units: Section<UnitRecord>
  let groups: Section<GroupRecord>
  let groupLists: Section<UInt32>
  let principals: Section<PrincipalRecord>
  let policies: Section<PolicyRecord>
  let policyLists: Section<UInt32>
  let rules: Section<RuleRecord>
  let ruleRanges: Section<RuleRangeRecord>
  let annotations: Section<AnnotationRecord>
  let assignments: Section<AssignmentRecord>
  let assignmentLists: Section<UInt32>
  let grants: Section<GrantRecord>
  /// How many classes each variable has.
  let variables: Section<UInt32>
  let steps: Section<StepRecord>
  let numbers: Section<Int64>
  let classes: Section<UInt32>
  let symbols: Section<UInt8>
  let transitions: Section<UInt32>
  let maps: Section<MapRecord>
  let mapValues: Section<UInt32>
  let tables: Section<TableRecord>
  let readers: Section<ReaderRecord>
  let outcomes: Section<UInt8>
  let nodes: Section<ReaderRecord>
  /// The tables of the derived variables, whose slots come behind the others.
  let derivations: Section<UInt32>
  let pages: Section<UInt32>
  let planes: Section<PlaneRecord>
  let cells: Section<UInt32>
  /// Policies in section `policyLists` of which nobody may hold two.
  let separations: Section<Run>

  let sourceDigest: ArtifactDigest
  let catalogueDigest: ArtifactDigest
  /// What artifacts with the same actions and attributes have in common: their number of words in the
  /// low 26 bits, so that who has the same number has planes of the same length, and a digest above.
  let catalogueIdentity: UInt64
  /// The number of the engine that reads them; none that is gone had it.
  let serial = EngineSerial.next()
  /// What decisions read, side by side.
  let deciding: DecisionTables
}
