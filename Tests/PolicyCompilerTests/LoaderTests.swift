import PolicyCompiler
import PolicyEngine
import PolicyModel
import PolicyTestSupport
import Testing

/// The loader refuses what the compiler did not write, with a reason and without a crash.
@Suite struct LoaderTests {
  private let bytes = compile(SmallSet.portal()).bytes

  private func refusal(_ bytes: [UInt8]) -> ArtifactError? {
    do throws(ArtifactError) {
      _ = try PolicyEngine(bytes: bytes)
      return nil
    } catch {
      return error
    }
  }

  @Test("what the compiler wrote is loaded")
  func loads() {
    #expect(refusal(bytes) == nil)
  }

  @Test("truncated at every length")
  func truncations() {
    for length in 0..<bytes.count {
      #expect(refusal(Array(bytes[..<length])) != nil, "cut to \(length) bytes")
    }
    #expect(
      refusal(bytes + [0])
        == .wrongLength(expected: UInt64(bytes.count), actual: UInt64(bytes.count) + 1)
    )
  }

  @Test("every bit flipped")
  func bits() {
    var bytes = compile(SmallSet.portal(lamps: 4)).bytes
    for index in bytes.indices {
      for bit in 0..<8 {
        bytes[index] ^= 1 << UInt8(bit)
        #expect(refusal(bytes) != nil, "bit \(bit) of byte \(index)")
        bytes[index] ^= 1 << UInt8(bit)
      }
    }
  }

  @Test("later versions are refused as such")
  func versions() {
    var later = bytes
    later[8] = 2
    #expect(refusal(later) == .unsupportedVersion(format: 2, language: 1))
    #expect(refusal([]) == .notAnArtifact)
    #expect(refusal(Array("catalogue portal {}".utf8)) == .notAnArtifact)
  }

  /// Numbers changed at random behind fresh checksums: what is still loaded must decide anything
  /// without leaving its memory (in debug builds every read is checked).
  @Test("hostile numbers behind right checksums")
  func hostile() throws {
    let failure = RandomCases(4000).firstFailure { random in
      var bytes = bytes
      for _ in 0..<1 + random.below(4) {
        let index = 1280 + random.below(bytes.count - 1280)
        bytes[index] = random.element(of: [0, 1, 0x7f, 0xff, UInt8.random(in: 0...255)])
      }
      Checksums.renew(&bytes)
      guard let engine = try? PolicyEngine(bytes: bytes) else { return nil }
      exercise(engine)
      return nil
    }
    #expect(failure == nil)
  }

  private func exercise(_ engine: PolicyEngine) {
    var sets = RandomSets(seed: 7)
    let set = SmallSet.portal()
    for _ in 0..<3 {
      let request = sets.request(set)
      _ = engine.decide(request)
      _ = engine.explain(request)
    }
    _ = engine.actionNames + engine.policyNames + engine.unitPaths
    if let subject = try? engine.subject(.user("ada"), holding: ["lamps"], groups: ["night"]),
      let action = try? engine.action("lamp.a63")
    {
      var request = engine.request(subject, action)
      try? request.set("context.mfa", true)
      _ = engine.explain(request)
      _ = engine.allowedActions(request)
    }
  }
}

/// Makes the checksums of altered bytes right again.
enum Checksums {
  static func renew(_ bytes: inout [UInt8]) {
    func number(_ offset: Int) -> Int {
      (0..<8).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
    }
    func store(_ value: UInt64, at offset: Int) {
      for byte in 0..<8 {
        bytes[offset + byte] = UInt8(truncatingIfNeeded: value >> (8 * UInt64(byte)))
      }
    }
    func checksum(_ range: Range<Int>, seed: UInt64 = 0) -> UInt64 {
      let part = Array(bytes[range])
      return unsafe part.withUnsafeBytes { unsafe ArtifactHash.checksum($0, seed: seed) }
    }
    let end =
      ArtifactFormat.headerSize + ArtifactSection.allCases.count * ArtifactFormat.entrySize
    for section in ArtifactSection.allCases {
      let entry = ArtifactFormat.headerSize + Int(section.rawValue) * ArtifactFormat.entrySize
      let start = number(entry + 8)
      let length = number(entry + 16) * section.elementSize
      guard start + length <= bytes.count else { continue }
      store(checksum(start..<start + length), at: entry + 24)
    }
    let start = checksum(0..<64)
    store(checksum(ArtifactFormat.headerSize..<end, seed: start), at: 64)
  }
}
