/// The header of a file and where its sections are, proved.
struct Header {
  let sourceDigest: ArtifactDigest
  let catalogueDigest: ArtifactDigest
  /// The bytes of each section, by number.
  let sections: [Range<Int>]

  /// Reads the header, and compares every checksum.
  ///
  /// Sections stand in the order of their numbers, without gaps but for zeros up to the next
  /// multiple of 64, so that every bit of a file is covered by a checksum or must be zero.
  /// - Complexity: O(bytes).
  init(_ bytes: UnsafeRawBufferPointer) throws(ArtifactError) {
    func half(_ offset: Int) -> UInt32 {
      unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
    }
    func word(_ offset: Int) -> UInt64 {
      unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }
    let known = ArtifactSection.allCases
    let tableEnd = ArtifactFormat.headerSize + known.count * ArtifactFormat.entrySize
    guard bytes.count >= ArtifactFormat.headerSize,
      unsafe bytes.prefix(8).elementsEqual(ArtifactFormat.magic)
    else { throw .notAnArtifact }
    guard half(8) == ArtifactFormat.version, half(12) == ArtifactFormat.languageVersion else {
      throw .unsupportedVersion(format: half(8), language: half(12))
    }
    guard word(16) == UInt64(bytes.count) else {
      throw .wrongLength(expected: word(16), actual: UInt64(bytes.count))
    }
    guard bytes.count >= tableEnd, half(24) == UInt32(known.count), half(28) == 0, word(72) == 0
    else { throw .misplaced(section: "the header") }
    let start = unsafe ArtifactHash.checksum(UnsafeRawBufferPointer(rebasing: bytes[0..<64]))
    let table = unsafe ArtifactHash.checksum(
      UnsafeRawBufferPointer(rebasing: bytes[ArtifactFormat.headerSize..<tableEnd]),
      seed: start
    )
    guard word(64) == table else { throw .damaged(section: "the header") }
    var found: [Range<Int>] = []
    var end = tableEnd
    for section in known {
      let entry = ArtifactFormat.headerSize + Int(section.rawValue) * ArtifactFormat.entrySize
      let aligned = Header.aligned(end)
      guard half(entry) == section.rawValue, half(entry + 4) == UInt32(section.elementSize),
        word(entry + 8) == UInt64(aligned), aligned <= bytes.count,
        word(entry + 16) <= UInt64((bytes.count - aligned) / section.elementSize),
        unsafe bytes[end..<aligned].allSatisfy({ $0 == 0 })
      else { throw .misplaced(section: section.name) }
      end = aligned + Int(word(entry + 16)) * section.elementSize
      let body = unsafe UnsafeRawBufferPointer(rebasing: bytes[aligned..<end])
      guard unsafe ArtifactHash.checksum(body) == word(entry + 24) else {
        throw .damaged(section: section.name)
      }
      found.append(aligned..<end)
    }
    guard end == bytes.count else { throw .misplaced(section: "the end") }
    sections = found
    sourceDigest = ArtifactDigest(first: word(32), second: word(40))
    catalogueDigest = ArtifactDigest(first: word(48), second: word(56))
  }

  /// The next multiple of the alignment of sections.
  static func aligned(_ offset: Int) -> Int {
    (offset + ArtifactFormat.alignment - 1) / ArtifactFormat.alignment * ArtifactFormat.alignment
  }
}

extension Tables {
  /// Reads compiled policies and proves every number in them that is ever used as a position.
  ///
  /// The bytes must stay where they are as long as the tables are used, on a multiple of 8. Whoever
  /// has the tables calls `deallocate` when they are used no more.
  /// - Complexity: O(bytes).
  init(validating bytes: UnsafeRawBufferPointer) throws(ArtifactError) {
    #if _endian(big)
      throw .unsupportedHost
    #else
      let header = try unsafe Header(bytes)
      guard let start = bytes.baseAddress, UInt(bitPattern: start) % 8 == 0 else {
        throw .misplaced(section: "the memory")
      }
      let place = UnsafeMutablePointer<TableSections>.allocate(capacity: 1)
      unsafe place.initialize(to: TableSections(start, header))
      unsafe sections = UnsafePointer(place)
      do throws(ArtifactError) {
        try Validation(tables: self).run()
      } catch {
        deallocate()
        throw error
      }
    #endif
  }

  func deallocate() { unsafe sections.deallocate() }
}

extension TableSections {
  init(_ start: UnsafeRawPointer, _ header: Header) {
    func section<Element: BitwiseCopyable>(
      _ section: ArtifactSection,
      of type: Element.Type
    ) -> Section<Element> {
      let range = header.sections[Int(section.rawValue)]
      assert(MemoryLayout<Element>.stride == section.elementSize, "records are as the format says")
      return unsafe Section(
        base: (start + range.lowerBound).assumingMemoryBound(to: type),
        count: range.count / section.elementSize
      )
    }
    summary = section(.summary, of: UInt32.self)
    text = section(.text, of: UInt8.self)
    displacements = section(.displacements, of: UInt32.self)
    names = section(.names, of: NameRecord.self)
    services = section(.services, of: ServiceRecord.self)
    actions = section(.actions, of: ActionRecord.self)
    attributes = section(.attributes, of: AttributeRecord.self)
    attributeServices = section(.attributeServices, of: UInt32.self)
    strings = section(.strings, of: TextRef.self)
    units = section(.units, of: UnitRecord.self)
    groups = section(.groups, of: GroupRecord.self)
    groupLists = section(.groupLists, of: UInt32.self)
    principals = section(.principals, of: PrincipalRecord.self)
    policies = section(.policies, of: PolicyRecord.self)
    policyLists = section(.policyLists, of: UInt32.self)
    rules = section(.rules, of: RuleRecord.self)
    ruleRanges = section(.ruleRanges, of: RuleRangeRecord.self)
    annotations = section(.annotations, of: AnnotationRecord.self)
    assignments = section(.assignments, of: AssignmentRecord.self)
    assignmentLists = section(.assignmentLists, of: UInt32.self)
    grants = section(.grants, of: GrantRecord.self)
    variables = section(.variables, of: UInt32.self)
    steps = section(.steps, of: StepRecord.self)
    numbers = section(.numbers, of: Int64.self)
    classes = section(.classes, of: UInt32.self)
    symbols = section(.symbols, of: UInt8.self)
    transitions = section(.transitions, of: UInt32.self)
    maps = section(.maps, of: MapRecord.self)
    mapValues = section(.mapValues, of: UInt32.self)
    tables = section(.tables, of: TableRecord.self)
    readers = section(.readers, of: ReaderRecord.self)
    outcomes = section(.outcomes, of: UInt8.self)
    nodes = section(.nodes, of: ReaderRecord.self)
    derivations = section(.derivations, of: UInt32.self)
    pages = section(.pages, of: UInt32.self)
    planes = section(.planes, of: PlaneRecord.self)
    cells = section(.cells, of: UInt32.self)
    separations = section(.separations, of: Run.self)
    sourceDigest = header.sourceDigest
    catalogueDigest = header.catalogueDigest
    let field = SummaryField.wordCount.rawValue
    let words = summary.count > field ? summary[field] : 0
    catalogueIdentity =
      ArtifactHash.mix(header.catalogueDigest.first ^ 1, header.catalogueDigest.second) << 26
      | UInt64(words) & (1 << 26 - 1)
    deciding = DecisionTables(
      actions: actions,
      pages: pages,
      planes: planes,
      cells: cells,
      tables: tables,
      readers: readers,
      maps: maps,
      mapValues: mapValues,
      outcomes: outcomes,
      nodes: nodes,
      serviceCount: services.count
    )
  }
}
