/// Reads rows of comma-separated values, as RFC 4180 has them; lines may end with LF alone.
struct CSVRows {
  private let bytes: [UInt8]
  private var position: Int
  /// The line at `position`, from 1.
  private var line = 1

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    position = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
  }

  private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// The next row that is not empty, with the line where it begins; nil at the end.
  ///
  /// A row that cannot be read is passed over up to the end of its line.
  /// - Complexity: O(length of the row).
  mutating func next() -> (line: Int, fields: Result<[String], RowProblem>)? {
    while passLineEnd() {}
    guard byte != nil else { return nil }
    let start = line
    do throws(RowProblem) {
      var fields = [try field()]
      while byte == UInt8(ascii: ",") {
        position += 1
        fields.append(try field())
      }
      _ = passLineEnd()
      return (start, .success(fields))
    } catch {
      while let byte, byte != UInt8(ascii: "\n") { position += 1 }
      return (start, .failure(error))
    }
  }

  private mutating func passLineEnd() -> Bool {
    if byte == UInt8(ascii: "\r"), position + 1 < bytes.count,
      bytes[position + 1] == UInt8(ascii: "\n")
    {
      position += 1
    }
    guard byte == UInt8(ascii: "\n") else { return false }
    position += 1
    line += 1
    return true
  }

  private var isAtFieldEnd: Bool {
    switch byte {
    case nil, UInt8(ascii: ","), UInt8(ascii: "\n"): true
    case UInt8(ascii: "\r"):
      position + 1 < bytes.count && bytes[position + 1] == UInt8(ascii: "\n")
    default: false
    }
  }

  private mutating func field() throws(RowProblem) -> String {
    if byte == UInt8(ascii: "\"") { return try quoted() }
    let start = position
    while !isAtFieldEnd {
      if byte == UInt8(ascii: "\"") {
        throw RowProblem(
          "a quote stands inside a field",
          "put the whole field in quotes, and write each quote in it twice"
        )
      }
      position += 1
    }
    return try text(Array(bytes[start..<position]))
  }

  private mutating func quoted() throws(RowProblem) -> String {
    position += 1
    var content: [UInt8] = []
    while let next = byte {
      position += 1
      if next == UInt8(ascii: "\"") {
        if byte == UInt8(ascii: "\"") {
          position += 1
        } else if isAtFieldEnd {
          return try text(content)
        } else {
          throw RowProblem(
            "text follows the quote that ends a field",
            "write each quote in a field twice"
          )
        }
      } else if next == UInt8(ascii: "\n") {
        line += 1
      }
      content.append(next)
    }
    throw RowProblem("a quoted field does not end", "end it with a quote")
  }

  private func text(_ bytes: [UInt8]) throws(RowProblem) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw RowProblem("the row is not UTF-8", "write the file in UTF-8")
    }
    return text
  }
}
