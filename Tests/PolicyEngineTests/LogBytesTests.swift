import PolicyTestSupport
import Testing

@testable import PolicyEngine

/// The texts of a decision log, byte for byte.
@Suite struct LogBytesTests {
  private func bytes(_ body: (inout [UInt8]) -> Void) -> String {
    var bytes: [UInt8] = []
    body(&bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func `quotes, backslashes and control characters are escaped, and nothing else`() {
    let text = "a\"b\\c\n\t\u{0}\u{1F}\u{7F} é \u{2028} 😀"
    let expected = "\"a\\\"b\\\\c\\u000a\\u0009\\u0000\\u001f\u{7F} é \u{2028} 😀\""
    #expect(bytes { $0.append(quoted: text) } == expected)
  }

  @Test func `what is not UTF-8 is repaired as strings do it`() {
    let pieces: [[UInt8]] = [
      [0x61], [0x22], [0xC3, 0xA9], [0xC3], [0xA9], [0xE2, 0x82], [0xF0, 0x9F, 0x98, 0x80],
      [0xF0, 0x9F], [0xED, 0xA0, 0x80], [0xFF], [0xC0, 0xAF], [0xF4, 0x90, 0x80, 0x80],
    ]
    let failure = RandomCases(500).firstFailure { random in
      let source = (0..<random.below(6)).flatMap { _ in random.element(of: pieces) }
      let repaired = bytes { bytes in
        unsafe source.withUnsafeBufferPointer { unsafe bytes.append(repaired: $0) }
      }
      let meant = String(decoding: source, as: UTF8.self).replacing("\"", with: "\\\"")
      return repaired.utf8.elementsEqual(meant.utf8) ? nil : "\(source)"
    }
    #expect(failure == nil)
  }

  @Test func `numbers`() {
    let numbers: [Int64] = [0, 7, 10, -1, 99, 100, .max, .min, 1_000_000_000_000_000_000]
    for number in numbers { #expect(bytes { $0.append(decimal: number) } == "\(number)") }
    #expect(bytes { $0.append(decimal: 7, digits: 4) } == "0007")
    #expect(bytes { $0.append(decimal: 12345, digits: 4) } == "12345")
    for number: UInt64 in [0, 9, 15, 16, 0xffff, .max] {
      #expect(bytes { $0.append(hexadecimal: number) } == String(number, radix: 16))
    }
    #expect(bytes { $0.append(hexadecimal: 0x1f, digits: 16) } == "000000000000001f")
  }
}
