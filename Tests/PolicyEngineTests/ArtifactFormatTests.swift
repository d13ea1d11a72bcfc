import PolicyEngine
import Testing

@Suite struct ArtifactFormatTests {
  @Test("records are as long as the format says")
  func recordSizes() {
    let strides: [(ArtifactSection, Int)] = [
      (.names, MemoryLayout<NameRecord>.stride), (.services, MemoryLayout<ServiceRecord>.stride),
      (.actions, MemoryLayout<ActionRecord>.stride),
      (.attributes, MemoryLayout<AttributeRecord>.stride),
      (.strings, MemoryLayout<TextRef>.stride), (.units, MemoryLayout<UnitRecord>.stride),
      (.groups, MemoryLayout<GroupRecord>.stride),
      (.principals, MemoryLayout<PrincipalRecord>.stride),
      (.policies, MemoryLayout<PolicyRecord>.stride), (.rules, MemoryLayout<RuleRecord>.stride),
      (.ruleRanges, MemoryLayout<RuleRangeRecord>.stride),
      (.annotations, MemoryLayout<AnnotationRecord>.stride),
      (.assignments, MemoryLayout<AssignmentRecord>.stride),
      (.grants, MemoryLayout<GrantRecord>.stride), (.steps, MemoryLayout<StepRecord>.stride),
      (.maps, MemoryLayout<MapRecord>.stride), (.tables, MemoryLayout<TableRecord>.stride),
      (.readers, MemoryLayout<ReaderRecord>.stride), (.planes, MemoryLayout<PlaneRecord>.stride),
    ]
    for (section, stride) in strides { #expect(section.elementSize == stride, "\(section)") }
  }
}
