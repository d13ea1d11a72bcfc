/// A file that an export writes.
package struct ExportedFile: Sendable {
  /// Its name in the folder that the export is written to.
  package let name: String
  package let bytes: [UInt8]

  package init(_ name: String, _ bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}
