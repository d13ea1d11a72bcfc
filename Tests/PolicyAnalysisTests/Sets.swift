import Foundation
import PolicyModel
import PolicySource
import PolicyTestSupport
import Testing

/// The policy set of a folder of samples, which has to check.
func sample(_ name: String) throws -> PolicySet {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Samples/\(name)")
  let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    .filter { $0.hasSuffix(".pol") }
  return try policySet(
    names.map {
      SourceFile(path: $0, bytes: Array(try Data(contentsOf: folder.appending(path: $0))))
    }
  )
}

let samples = ["emnify", "emnify-next", "enos", "payments"]

/// A catalogue for small sets.
let catalogue = """
  catalogue portal {
    context { mfa: Bool  level: Int  ip: IP }
    service device {
      resource { owner: Principal  size: Int  limit: Int  tags: Set<String>  trees: Set<Path> }
      read { list  get }
      write { update  delete }
    }
  }

  """
