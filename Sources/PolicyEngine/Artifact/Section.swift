/// The elements of a section, where they are in memory.
///
/// Positions are not checked in release builds: the loader has proved every number in a file that
/// can become one. The memory is kept by the engine that holds the tables.
@safe
package struct Section<Element: BitwiseCopyable>: @unchecked Sendable {
  let base: UnsafePointer<Element>
  package let count: Int

  init(base: UnsafePointer<Element>, count: Int) {
    unsafe self.base = unsafe base
    self.count = count
  }

  package subscript(position: Int) -> Element {
    assert(position >= 0 && position < count, "the loader proves positions")
    return unsafe base[position]
  }

  package subscript(position: UInt32) -> Element { self[Int(position)] }

  package var indices: Range<Int> { 0..<count }

  /// Calls a function with some elements as a buffer.
  func withElements<Result>(
    _ range: Range<Int>,
    _ body: (UnsafeBufferPointer<Element>) -> Result
  ) -> Result {
    assert(range.lowerBound >= 0 && range.upperBound <= count, "the loader proves positions")
    return unsafe body(UnsafeBufferPointer(start: base + range.lowerBound, count: range.count))
  }
}
