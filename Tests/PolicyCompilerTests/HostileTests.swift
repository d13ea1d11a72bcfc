import PolicyEngine
import PolicyTestSupport
import Testing

@testable import PolicyCompiler

/// Files that were made to be read wrongly.
///
/// Their checksums are right, as anyone can make them, so that only looking at what they say can refuse them.
@Suite struct HostileTests {
  private let artifact = Artifact.all[0]

  /// The refusal of a file after a change; its checksums are made right.
  private func refusal(_ change: (inout CraftedFile) -> Void) -> ArtifactError? {
    var file = CraftedFile(artifact.bytes)
    change(&file)
    file.renewChecksums()
    var random = RandomSource(seed: 1)
    return artifact.exercise(file.bytes, &random)
  }

  @Test("checksums that are made right are right")
  func control() {
    #expect(refusal { _ in } == nil)
  }

  @Test("lengths and offsets that overflow", arguments: ArtifactSection.allCases)
  func overflows(section: ArtifactSection) {
    let entry = CraftedFile.entry(section)
    let size = UInt64(section.elementSize)
    let lengths: [UInt64] = [
      .max, UInt64(Int64.max), UInt64(Int64.max) / size, UInt64(Int64.max) / size + 1,
      UInt64.max / size, UInt64.max / size &+ 1, 1 << 32, 1 << 62,
    ]
    for length in lengths where length > 0 {
      #expect(refusal { $0.store(length, at: entry + 16) } == .misplaced(section: section.name))
    }
    let place = UInt64(CraftedFile(artifact.bytes).place(section).offset)
    for offset in lengths + [0, 64, UInt64(artifact.bytes.count)] where offset != place {
      #expect(refusal { $0.store(offset, at: entry + 8) } == .misplaced(section: section.name))
    }
    for size in [0, size + 1, UInt64(UInt32.max)] {
      #expect(refusal { $0.store(size, at: entry + 4, 4) } == .misplaced(section: section.name))
    }
  }

  @Test("sections that are misaligned, overlap, stand twice or in another order")
  func places() {
    for section in ArtifactSection.allCases.dropFirst() {
      let entry = CraftedFile.entry(section)
      for distance in [1, 4, 8, 32] as [UInt64] {
        let moved = refusal { $0.store($0.number(entry + 8) + distance, at: entry + 8) }
        #expect(moved == .misplaced(section: section.name))
      }
      let overlapping = refusal { $0.store($0.number(entry + 8) - 64, at: entry + 8) }
      #expect(overlapping == .misplaced(section: section.name))
      let twice = refusal { file in
        for byte in 0..<ArtifactFormat.entrySize {
          file.bytes[entry + byte] = file.bytes[entry - ArtifactFormat.entrySize + byte]
        }
      }
      #expect(twice == .misplaced(section: section.name))
      let swapped = refusal { file in
        for byte in 0..<ArtifactFormat.entrySize {
          file.bytes.swapAt(entry + byte, entry - ArtifactFormat.entrySize + byte)
        }
      }
      #expect(swapped != nil)
    }
  }

  @Test("another number of sections, bytes between them, and bits that must be 0")
  func header() {
    let count = UInt64(ArtifactSection.allCases.count)
    for number in [0, 1, count - 1, count + 1, UInt64(UInt32.max)] {
      #expect(refusal { $0.store(number, at: 24, 4) } == .misplaced(section: "the header"))
    }
    #expect(refusal { $0.store(1, at: 28, 4) } == .misplaced(section: "the header"))
    #expect(refusal { $0.store(1, at: 72) } == .misplaced(section: "the header"))
    for length in [0, 79, UInt64(artifact.bytes.count) + 64, .max] {
      let expected = ArtifactError.wrongLength(
        expected: length,
        actual: UInt64(artifact.bytes.count)
      )
      #expect(refusal { $0.store(length, at: 16) } == expected)
    }
    var padded = 0
    for section in ArtifactSection.allCases.dropFirst() {
      let file = CraftedFile(artifact.bytes)
      let before = ArtifactSection.allCases[Int(section.rawValue) - 1]
      let (start, count) = file.place(before)
      let end = start + count * before.elementSize
      for offset in end..<file.place(section).offset {
        padded += 1
        #expect(refusal { $0.bytes[offset] = 1 } == .misplaced(section: section.name))
      }
    }
    #expect(padded > 100)
  }

  @Test("another format, and another language")
  func versions() {
    for version in [0, 2, 3, UInt32.max] {
      let format = refusal { $0.store(UInt64(version), at: 8, 4) }
      #expect(format == .unsupportedVersion(format: version, language: 1))
      // Of an earlier one too, it says what is known and not which comes first.
      #expect(
        format?.description == """
          the file has format \(version) and language version 1; known here are format 1 and language \
          version 1
          """
      )
      let language = refusal { $0.store(UInt64(version), at: 12, 4) }
      #expect(language == .unsupportedVersion(format: 1, language: version))
    }
  }

  @Test("cut to every length, with a header that says so", arguments: Artifact.all.map(\.name))
  func truncations(name: String) throws {
    let artifact = try #require(Artifact.all.first { $0.name == name })
    for length in 0..<artifact.bytes.count {
      var file = CraftedFile(Array(artifact.bytes[..<length]))
      if length >= 24 { file.store(UInt64(length), at: 16) }
      file.renewChecksums()
      var random = RandomSource(seed: 1)
      #expect(artifact.exercise(file.bytes, &random) != nil, "cut to \(length) bytes")
    }
  }

  @Test("diagrams that lead back to themselves")
  func cycles() throws {
    let artifact = try #require(Artifact.all.first { $0.name == "diagrams" })
    let file = CraftedFile(artifact.bytes)
    let (nodes, count) = file.place(.nodes)
    let maps = file.place(.maps).offset
    let values = file.place(.mapValues).offset
    #expect(count > 1)
    for node in 0..<count {
      let map = maps + 16 * Int(file.number(nodes + 8 * node + 4, 4))
      let (offset, runs) = (Int(file.number(map, 4)), Int(file.number(map + 4, 4)))
      for reference in [node + 3, count + 2, count + 3] {
        var cyclic = file
        cyclic.store(UInt64(reference), at: values + 4 * (offset + runs), 4)
        // The map says so, so that it is the node that is wrong.
        cyclic.store(UInt64(max(reference, Int(file.number(map + 12, 4)))), at: map + 12, 4)
        cyclic.renewChecksums()
        var random = RandomSource(seed: 1)
        #expect(artifact.exercise(cyclic.bytes, &random) != nil)
      }
    }
  }

  @Test("name spaces that are those of other names")
  func spaces() throws {
    let artifact = try #require(Artifact.all.first { $0.name == "every kind of step" })
    let file = CraftedFile(artifact.bytes)
    let (steps, count) = file.place(.steps)
    var seen: Set<UInt64> = []
    for step in 0..<count {
      let kind = file.number(steps + 32 * step, 4)
      seen.insert(kind)
      guard [5, 6, 7, 8, 10, 11].contains(kind) else { continue }
      for space in [0, 1, 4, 5, 6, 15, UInt64(UInt32.max) - 1] + (kind == 7 ? [0xffff_ffff] : []) {
        var other = file
        other.store(space, at: steps + 32 * step + 8, 4)
        other.renewChecksums()
        var random = RandomSource(seed: 1)
        #expect(artifact.exercise(other.bytes, &random) != nil, "kind \(kind), space \(space)")
      }
    }
    #expect(seen.isSuperset(of: Set(1...11).union([13])))
  }
}
