package import Foundation
package import PolicySource

/// A file that a test reads, named by its path below the folder of fixtures.
package struct Fixture: Sendable, CustomStringConvertible {
  package let name: String
  package let url: URL
  package let source: SourceFile

  package var text: String { String(decoding: source.bytes, as: UTF8.self) }
  package var description: String { name }

  /// The folder `Fixtures` beside the test that asks.
  package static func folder(beside test: StaticString = #filePath) -> URL {
    URL(filePath: "\(test)").deletingLastPathComponent().appending(path: "Fixtures")
  }

  /// All files below a folder whose names end so, in the byte order of their names.
  package static func all(in folder: URL, suffix: String = ".pol") -> [Fixture] {
    let found = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    let names = (found ?? []).filter { $0.hasSuffix(suffix) }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.compactMap { name in
      let url = folder.appending(path: name)
      guard let data = try? Data(contentsOf: url) else { return nil }
      return Fixture(name: name, url: url, source: SourceFile(path: name, bytes: Array(data)))
    }
  }
}
