/// Every section of compiled policies, read where it is.
package struct Tables: Sendable {
  package let summary: Section<UInt32>
  package let text: Section<UInt8>
  package let displacements: Section<UInt32>
  package let names: Section<NameRecord>
  package let services: Section<ServiceRecord>
  package let actions: Section<ActionRecord>
  package let attributes: Section<AttributeRecord>
  package let attributeServices: Section<UInt32>
  package let strings: Section<TextRef>
  package let units: Section<UnitRecord>
  package let groups: Section<GroupRecord>
  package let groupLists: Section<UInt32>
  package let principals: Section<PrincipalRecord>
  package let policies: Section<PolicyRecord>
  package let policyLists: Section<UInt32>
  package let rules: Section<RuleRecord>
  package let ruleRanges: Section<RuleRangeRecord>
  package let annotations: Section<AnnotationRecord>
  package let assignments: Section<AssignmentRecord>
  package let assignmentLists: Section<UInt32>
  package let grants: Section<GrantRecord>
  /// How many classes each variable has.
  package let variables: Section<UInt32>
  package let steps: Section<StepRecord>
  package let numbers: Section<Int64>
  package let classes: Section<UInt32>
  package let symbols: Section<UInt8>
  package let transitions: Section<UInt32>
  package let maps: Section<MapRecord>
  package let mapValues: Section<UInt32>
  package let tables: Section<TableRecord>
  package let readers: Section<ReaderRecord>
  package let outcomes: Section<UInt8>
  package let nodes: Section<ReaderRecord>
  /// The tables of the derived variables, whose slots come behind the others.
  package let derivations: Section<UInt32>
  package let pages: Section<UInt32>
  package let planes: Section<PlaneRecord>
  package let cells: Section<UInt32>

  package let sourceDigest: ArtifactDigest
  package let catalogueDigest: ArtifactDigest
  /// What artifacts with the same actions and attributes have in common: their number of words in the
  /// low 26 bits, so that who has the same number has planes of the same length, and a digest above.
  let catalogueIdentity: UInt64

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
    guard names.count > 0 else { return nil }
    let hash = unsafe ArtifactHash.name(
      bytes,
      space: space,
      seed: summary[SummaryField.hashSeed.rawValue]
    )
    let displacement = displacements[PerfectHash.bucket(hash, of: displacements.count)]
    let record = names[PerfectHash.slot(hash, displacement: displacement, of: names.count)]
    guard record.space == space, Int(record.text.length) == bytes.count else { return nil }
    guard unsafe text.equals(bytes, at: Int(record.text.offset)) else { return nil }
    return record.index
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
    var difference: UInt64 = 0
    var offset = 0
    while offset &+ 8 <= length {
      unsafe difference |=
        own.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        ^ other.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      offset &+= 8
    }
    while offset < length {
      unsafe difference |= UInt64(
        own.load(fromByteOffset: offset, as: UInt8.self)
          ^ other.load(fromByteOffset: offset, as: UInt8.self)
      )
      offset &+= 1
    }
    return difference == 0
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
