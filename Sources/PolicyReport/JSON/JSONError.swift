/// Why a text is not JSON, and where.
package struct JSONError: Error, Hashable, Sendable {
  /// One phrase in lower case.
  package let message: String
  /// The offset of the byte at which it was noticed.
  package let offset: Int

  package init(_ message: String, at offset: Int) {
    self.message = message
    self.offset = offset
  }
}
