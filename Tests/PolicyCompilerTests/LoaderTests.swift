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

  @Test("other versions are refused as such")
  func versions() {
    var later = bytes
    later[8] = 2
    #expect(refusal(later) == .unsupportedVersion(format: 2, language: 1))
    #expect(refusal([]) == .notAnArtifact)
    #expect(refusal(Array("catalogue portal {}".utf8)) == .notAnArtifact)
  }
}
