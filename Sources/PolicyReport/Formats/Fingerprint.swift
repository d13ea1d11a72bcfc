package import PolicySource

/// What makes a finding the same finding after lines have moved.
///
/// That is its code, its file, the heading of the declaration that it is in, and the text that it is
/// about. Two findings may share one.
package struct Fingerprint: Hashable, Comparable, Sendable {
  /// 32 hexadecimal digits.
  package let text: String

  package init?(_ text: String) {
    let isHexadecimal = text.utf8.allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
    guard text.utf8.count == 32, isHexadecimal else { return nil }
    self.text = text
  }

  package init(
    of diagnostic: Diagnostic,
    in sources: SourceMap,
    at path: String,
    _ headings: inout DeclarationHeadings
  ) {
    let span = diagnostic.primary.span
    let parts = [
      diagnostic.code.rawValue,
      path,
      headings.heading(at: span),
      Self.words(sources.text(span)),
    ]
    var hash = FowlerNollVo()
    for part in parts {
      for byte in part.utf8 { hash.add(byte) }
      hash.add(0)
    }
    text = hash.text
  }

  package static func < (left: Fingerprint, right: Fingerprint) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  /// A text without what formatting changes: one space for every run of spaces and line breaks.
  package static func words(_ text: String) -> String {
    text.split { $0 == " " || $0.isNewline || $0 == "\t" }.joined(separator: " ")
  }
}

/// The headings of declarations, found by layout alone: files that do not parse have findings too.
package struct DeclarationHeadings {
  private let sources: SourceMap
  /// For each file asked about, the first line of the declaration that each line is in.
  private var starts: [FileID: [Int]] = [:]

  package init(_ sources: SourceMap) { self.sources = sources }

  /// The nearest line at or above a place that begins with a letter at the margin, up to its brace;
  /// nothing where there is none.
  ///
  /// - Complexity: O(bytes of the file) the first time, then O(log lines).
  package mutating func heading(at span: SourceSpan) -> String {
    let file = sources[span.file]
    let starts = starts[span.file] ?? Self.starts(in: file)
    self.starts[span.file] = starts
    let start = starts[file.lineIndex(of: min(span.lower, UInt32(file.bytes.count)))]
    guard start >= 0 else { return "" }
    let heading = file.lineBytes(start).prefix { $0 != UInt8(ascii: "{") }
    return Fingerprint.words(String(decoding: heading, as: UTF8.self))
  }

  private static func starts(in file: SourceFile) -> [Int] {
    var last = -1
    return file.lineStarts.indices.map { line in
      if let first = file.lineBytes(line).first, isLetter(first) { last = line }
      return last
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}

/// FNV-1a with 128 bits (Fowler, Noll and Vo): far more bits than a repository has findings.
private struct FowlerNollVo {
  private var high: UInt64 = 0x6c62_272e_07bb_0142
  private var low: UInt64 = 0x62b8_2175_6295_c58d

  mutating func add(_ byte: UInt8) {
    low ^= UInt64(byte)
    // The prime is 2^88 + 0x13B.
    let product = low.multipliedFullWidth(by: 0x13B)
    high = high &* 0x13B &+ product.high &+ (low << 24)
    low = product.low
  }

  var text: String { Self.digits(high) + Self.digits(low) }

  private static func digits(_ word: UInt64) -> String {
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
