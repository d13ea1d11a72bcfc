import PolicyEngine
import PolicyTestSupport
import Testing

@testable import PolicyCompiler

/// Files that were damaged on the way, and files of which anything may be wrong.
@Suite struct DamageTests {
  private func artifact(_ random: inout RandomSource) -> Artifact {
    random.element(of: Artifact.all)
  }

  @Test("bytes changed at random are noticed", arguments: Artifact.all.map(\.name))
  func bytes(name: String) throws {
    let artifact = try #require(Artifact.all.first { $0.name == name })
    let failure = RandomCases(800, from: 70_000).firstFailure { random in
      var bytes = artifact.bytes
      for _ in 0..<1 + random.below(8) {
        let index = random.below(bytes.count)
        bytes[index] = random.element(of: [0, 0xff, UInt8.random(in: 0...255, using: &random)])
      }
      guard bytes != artifact.bytes else { return nil }
      return artifact.exercise(bytes, &random) == nil ? "loaded" : nil
    }
    #expect(failure == nil)
  }

  @Test("one bit flipped behind right checksums: refused, or answered without a crash")
  func bits() {
    let failure = RandomCases(500, from: 100_000).firstFailure { random in
      let artifact = artifact(&random)
      var file = CraftedFile(artifact.bytes)
      file.bytes[random.below(file.bytes.count)] ^= 1 << UInt8(random.below(8))
      file.renewChecksums()
      _ = artifact.exercise(file.bytes, &random)
      return nil
    }
    #expect(failure == nil)
  }

  @Test("numbers changed behind right checksums: refused, or answered without a crash")
  func numbers() {
    let failure = RandomCases(500, from: 200_000).firstFailure { random in
      let artifact = artifact(&random)
      var file = CraftedFile(artifact.bytes)
      for _ in 0..<1 + random.below(3) {
        let section = random.element(of: ArtifactSection.allCases)
        let (offset, count) = file.place(section)
        let words = count * section.elementSize / 4
        guard words > 0 else { continue }
        let place = offset + 4 * random.below(words)
        let old = file.number(place, 4)
        let other = random.element(of: ArtifactSection.allCases)
        let choices: [UInt64] = [
          0, 1, old &+ 1, old &- 1, 0xffff_ffff, 0x7fff_ffff, 0x8000_0000, old << 1,
          UInt64(file.place(other).count), UInt64(max(1, file.place(other).count)) - 1,
          random.next(),
        ]
        file.store(random.element(of: choices), at: place, 4)
      }
      file.renewChecksums()
      _ = artifact.exercise(file.bytes, &random)
      return nil
    }
    #expect(failure == nil)
  }
}
