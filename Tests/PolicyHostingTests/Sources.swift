import Foundation
import PolicyCompiler
import PolicyEngine
import PolicyTestSupport

/// The compiled form of a policy set of one file, which has to check.
func artifact(_ text: String) throws -> [UInt8] {
  try compile(policySet(text)).bytes
}

func engine(_ text: String) throws -> PolicyEngine { try PolicyEngine(bytes: artifact(text)) }

/// A file of its own, gone after the body.
@discardableResult
func withFile<Result>(_ bytes: [UInt8], _ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(path: "pol-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let file = folder.appending(path: "set.polc")
  try Data(bytes).write(to: file)
  return try body(file.path)
}

let portal = """
  catalogue portal {
    context { mfa: Bool  level: Int }
    service device {
      read  { list  get }
      write { create  update  delete }
    }
  }

  """
