import Foundation
import Testing

/// Holds the imports of every module to the table in ARCHITECTURE.md.
@Suite struct LayeringTests {
  @Test func `every module imports only what its row allows`() throws {
    let table = try ArchitectureTable.read()
    for module in try Repository.modules() {
      let row = try #require(table[module], "ARCHITECTURE.md has no row for \(module)")
      for file in try Repository.swiftFiles(below: "Sources/\(module)") {
        for imported in Repository.imports(of: file.text) where !row.contains(imported) {
          Issue.record("\(file.path) imports \(imported), which the row of \(module) lacks")
        }
      }
    }
  }

  @Test func `the table names only modules that exist`() throws {
    let modules = Set(try Repository.modules())
    for name in try ArchitectureTable.read().keys.sorted() where !modules.contains(name) {
      Issue.record("ARCHITECTURE.md has a row for \(name), which is no folder of Sources")
    }
  }

  @Test func `the engine imports nothing`() throws {
    for file in try Repository.swiftFiles(below: "Sources/PolicyEngine") {
      #expect(Repository.imports(of: file.text) == [], "\(file.path)")
    }
  }

  @Test func `the package has no dependencies`() throws {
    let manifest = try Repository.text("Package.swift")
    #expect(!manifest.contains(".package("))
    #expect(!manifest.contains("unsafeFlags"))
  }
}

/// The table of modules in ARCHITECTURE.md: a row's first cell is the module, its second what it
/// may import.
enum ArchitectureTable {
  static func read() throws -> [String: Set<String>] {
    var rows: [String: Set<String>] = [:]
    for line in try Repository.text("ARCHITECTURE.md").split(separator: "\n") {
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count >= 4, cells[1].hasPrefix("`"), cells[1].hasSuffix("`") else { continue }
      let name = cells[1].trimmingCharacters(in: ["`"])
      guard name.first?.isUppercase == true || name.hasPrefix("pol") else { continue }
      let imports = cells[2].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      rows[name] = Set(imports.filter { $0 != "–" && $0 != "nothing" })
    }
    return rows
  }
}
