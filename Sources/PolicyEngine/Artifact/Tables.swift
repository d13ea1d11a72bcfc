/// Every section of compiled policies, read where it is.
///
/// A pointer: passing it on copies no section. Its engine keeps what it points to.
@safe package struct Tables: @unchecked Sendable {
  let sections: UnsafePointer<TableSections>

  package var summary: Section<UInt32> { unsafe sections.pointee.summary }
  package var text: Section<UInt8> { unsafe sections.pointee.text }
  package var displacements: Section<UInt32> { unsafe sections.pointee.displacements }
  package var names: Section<NameRecord> { unsafe sections.pointee.names }
  package var services: Section<ServiceRecord> { unsafe sections.pointee.services }
  package var actions: Section<ActionRecord> { unsafe sections.pointee.actions }
  package var attributes: Section<AttributeRecord> { unsafe sections.pointee.attributes }
  package var attributeServices: Section<UInt32> { unsafe sections.pointee.attributeServices }
  package var strings: Section<TextRef> { unsafe sections.pointee.strings }
  package var units: Section<UnitRecord> { unsafe sections.pointee.units }
  package var groups: Section<GroupRecord> { unsafe sections.pointee.groups }
  package var groupLists: Section<UInt32> { unsafe sections.pointee.groupLists }
  package var principals: Section<PrincipalRecord> { unsafe sections.pointee.principals }
  package var policies: Section<PolicyRecord> { unsafe sections.pointee.policies }
  package var policyLists: Section<UInt32> { unsafe sections.pointee.policyLists }
  package var rules: Section<RuleRecord> { unsafe sections.pointee.rules }
  package var ruleRanges: Section<RuleRangeRecord> { unsafe sections.pointee.ruleRanges }
  package var annotations: Section<AnnotationRecord> { unsafe sections.pointee.annotations }
  package var assignments: Section<AssignmentRecord> { unsafe sections.pointee.assignments }
  package var assignmentLists: Section<UInt32> { unsafe sections.pointee.assignmentLists }
  package var grants: Section<GrantRecord> { unsafe sections.pointee.grants }
  package var variables: Section<UInt32> { unsafe sections.pointee.variables }
  package var steps: Section<StepRecord> { unsafe sections.pointee.steps }
  package var numbers: Section<Int64> { unsafe sections.pointee.numbers }
  package var classes: Section<UInt32> { unsafe sections.pointee.classes }
  package var symbols: Section<UInt8> { unsafe sections.pointee.symbols }
  package var transitions: Section<UInt32> { unsafe sections.pointee.transitions }
  package var maps: Section<MapRecord> { unsafe sections.pointee.maps }
  package var mapValues: Section<UInt32> { unsafe sections.pointee.mapValues }
  package var tables: Section<TableRecord> { unsafe sections.pointee.tables }
  package var readers: Section<ReaderRecord> { unsafe sections.pointee.readers }
  package var outcomes: Section<UInt8> { unsafe sections.pointee.outcomes }
  package var nodes: Section<ReaderRecord> { unsafe sections.pointee.nodes }
  package var derivations: Section<UInt32> { unsafe sections.pointee.derivations }
  package var pages: Section<UInt32> { unsafe sections.pointee.pages }
  package var planes: Section<PlaneRecord> { unsafe sections.pointee.planes }
  package var cells: Section<UInt32> { unsafe sections.pointee.cells }
  package var separations: Section<Run> { unsafe sections.pointee.separations }
  package var sourceDigest: ArtifactDigest { unsafe sections.pointee.sourceDigest }
  package var catalogueDigest: ArtifactDigest { unsafe sections.pointee.catalogueDigest }
  var catalogueIdentity: UInt64 { unsafe sections.pointee.catalogueIdentity }
  /// What decisions read.
  var deciding: DecisionTables { unsafe sections.pointee.deciding }

  package func summary(_ field: SummaryField) -> Int { Int(summary[field.rawValue]) }

  package func run(_ start: SummaryField, _ count: SummaryField) -> Range<Int> {
    summary(start)..<summary(start) + summary(count)
  }

  /// A text; nil for none.
  package func text(_ ref: TextRef) -> String? {
    guard ref.offset != ArtifactFormat.none else { return nil }
    return unsafe text.withElements(Int(ref.offset)..<Int(ref.offset) + Int(ref.length)) {
      unsafe String(decoding: $0, as: UTF8.self)
    }
  }

  /// The position that a name space gives to a name; nil for a name that it does not have.
  ///
  /// - Complexity: O(length): one hash, one slot.
  package func position(_ bytes: UnsafeRawBufferPointer, in space: UInt32) -> UInt32? {
    guard let slot = unsafe nameSlot(bytes, in: space) else { return nil }
    return names[slot].index
  }

  /// Where a name is among all; nil for one that the space does not have.
  @inline(__always)
  func nameSlot(_ bytes: UnsafeRawBufferPointer, in space: UInt32) -> Int? {
    guard names.count > 0 else { return nil }
    let hash = unsafe ArtifactHash.name(
      bytes,
      space: space,
      seed: summary[SummaryField.hashSeed.rawValue]
    )
    let displacement = displacements[PerfectHash.bucket(hash, of: displacements.count)]
    let slot = PerfectHash.slot(hash, displacement: displacement, of: names.count)
    let record = names[slot]
    guard record.space == space, Int(record.text.length) == bytes.count else { return nil }
    guard unsafe text.equals(bytes, at: Int(record.text.offset)) else { return nil }
    return slot
  }

  /// The position that a name space gives to a name; nil for a name that it does not have.
  package func position(of name: String, in space: UInt32) -> UInt32? {
    let found = unsafe name.utf8.withContiguousStorageIfAvailable {
      unsafe position(UnsafeRawBufferPointer($0), in: space)
    }
    if let found { return found }
    return unsafe Array(name.utf8).withUnsafeBytes { unsafe position($0, in: space) }
  }
}

extension Section<UInt8> {
  /// Whether bytes are those at a position, as many of which must be there.
  ///
  /// - Complexity: O(length), eight bytes a step.
  @inline(__always)
  func equals(_ bytes: UnsafeRawBufferPointer, at position: Int) -> Bool {
    guard let other = bytes.baseAddress else { return true }
    assert(position >= 0 && position + bytes.count <= count, "the loader proves positions")
    let own = unsafe UnsafeRawPointer(base + position)
    let length = bytes.count
    func difference<Word: FixedWidthInteger & BitwiseCopyable>(
      _ type: Word.Type,
      at offset: Int
    ) -> Word {
      unsafe own.loadUnaligned(fromByteOffset: offset, as: type)
        ^ other.loadUnaligned(fromByteOffset: offset, as: type)
    }
    if length < 8 {
      if length >= 4 {
        return difference(UInt32.self, at: 0) | difference(UInt32.self, at: length &- 4) == 0
      }
      for offset in 0..<length where difference(UInt8.self, at: offset) != 0 { return false }
      return true
    }
    // The last word overlaps the one before it, so that no byte is left.
    var found = difference(UInt64.self, at: length &- 8)
    var offset = 0
    while offset < length &- 8 {
      found |= difference(UInt64.self, at: offset)
      offset &+= 8
    }
    return found == 0
  }
}

/// 128 bits that tell versions of a source apart; no cryptography.
public struct ArtifactDigest: Hashable, Sendable {
  /// The first half.
  public let first: UInt64
  /// The second half.
  public let second: UInt64

  package init(first: UInt64, second: UInt64) {
    self.first = first
    self.second = second
  }

  /// The digest of a run of bytes.
  package init(of bytes: [UInt8]) {
    first = unsafe bytes.withUnsafeBytes { unsafe ArtifactHash.checksum($0, seed: 1 << 32) }
    second = unsafe bytes.withUnsafeBytes { unsafe ArtifactHash.checksum($0, seed: 2 << 32) }
  }
}

extension ArtifactDigest: CustomStringConvertible {
  /// 32 hexadecimal digits.
  public var description: String {
    [first, second].map { half in
      let digits = String(half, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
