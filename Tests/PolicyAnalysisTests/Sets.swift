import Foundation
import PolicyChecker
import PolicyModel
import PolicySource
import PolicySyntax
import Testing

/// A policy set from text that has to check.
func policySet(_ text: String) throws -> PolicySet {
  try checked([SourceFile(path: "set.pol", text: text)])
}

/// The policy set of a folder of samples, which has to check.
func sample(_ name: String) throws -> PolicySet {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Samples/\(name)")
  let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    .filter { $0.hasSuffix(".pol") }
  return try checked(
    names.map {
      SourceFile(path: $0, bytes: Array(try Data(contentsOf: folder.appending(path: $0))))
    }
  )
}

/// A policy set of several files, which has to check.
func checked(_ files: [SourceFile]) throws -> PolicySet {
  let sources = SourceMap(files)
  let parsed = sources.ids.map { parse(sources[$0], as: $0) }
  let checked = check(parsed.map(\.value), sources: sources)
  let problems = (parsed.flatMap(\.diagnostics) + checked.diagnostics)
    .map { "\(sources.description($0.primary.span)): \($0.message)" }
  try #require(problems == [])
  return checked.value
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
