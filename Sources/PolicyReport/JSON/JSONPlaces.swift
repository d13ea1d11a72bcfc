/// Where the parts of a JSON text stand.
///
/// Values do not carry their places, since few texts are ever pointed into. The text has been read
/// by `JSONParser`, so that it is known to be well formed.
package struct JSONPlaces {
  /// A member of an object, as ranges of bytes; the key with its quotes.
  package struct Member {
    package let key: Range<Int>
    package let value: Range<Int>
  }

  private let bytes: [UInt8]

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The range of the value of the whole text.
  package var root: Range<Int> {
    let start = afterSpace(0)
    return start..<afterValue(start)
  }

  /// The members of the object in a range, in order; empty for other values.
  ///
  /// - Complexity: O(bytes of the object).
  package func members(of object: Range<Int>) -> [Member] {
    guard byte(object.lowerBound) == UInt8(ascii: "{") else { return [] }
    var members: [Member] = []
    var index = afterSpace(object.lowerBound + 1)
    while byte(index) == UInt8(ascii: "\"") {
      let key = index..<afterString(index)
      let start = afterSpace(afterSpace(key.upperBound) + 1)
      let value = start..<afterValue(start)
      members.append(Member(key: key, value: value))
      index = afterSpace(value.upperBound)
      if byte(index) == UInt8(ascii: ",") { index = afterSpace(index + 1) }
    }
    return members
  }

  /// The elements of the array in a range, in order; empty for other values.
  ///
  /// - Complexity: O(bytes of the array).
  package func elements(of array: Range<Int>) -> [Range<Int>] {
    guard byte(array.lowerBound) == UInt8(ascii: "[") else { return [] }
    var elements: [Range<Int>] = []
    var index = afterSpace(array.lowerBound + 1)
    while let next = byte(index), next != UInt8(ascii: "]") {
      elements.append(index..<afterValue(index))
      index = afterSpace(elements[elements.count - 1].upperBound)
      if byte(index) == UInt8(ascii: ",") { index = afterSpace(index + 1) }
    }
    return elements
  }

  private func byte(_ index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

  private func afterSpace(_ start: Int) -> Int {
    var index = start
    while let byte = byte(index), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      index += 1
    }
    return index
  }

  private func afterString(_ start: Int) -> Int {
    var index = start + 1
    while let byte = byte(index), byte != UInt8(ascii: "\"") {
      index += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(index + 1, bytes.count)
  }

  /// The end of a value: of a string, of what closes a bracket, or of a word or number.
  private func afterValue(_ start: Int) -> Int {
    var index = start
    var depth = 0
    while let byte = byte(index) {
      switch byte {
      case UInt8(ascii: "\""):
        index = afterString(index)
        if depth == 0 { return index }
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return index }
        depth -= 1
        if depth == 0 { return index + 1 }
      case UInt8(ascii: ","), 0x20, 0x0A, 0x0D, 0x09:
        if depth == 0 { return index }
      default: break
      }
      index += 1
    }
    return index
  }
}
