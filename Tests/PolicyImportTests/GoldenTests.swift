import Foundation
import PolicyImport
import PolicyReport
import PolicySource
import PolicyTestSupport
import Testing

/// What becomes of kept files of other systems, and what is said about them.
///
/// A folder `Fixtures/SYSTEM/CASE` holds files as that system has them, `imported.pol.txt` if they
/// can be imported, and `report.txt` with all that is said.
@Suite struct GoldenTests {
  static let cases: [String] = {
    ImportSystem.allCases.flatMap { system in
      let folder = Fixture.folder().appending(path: system.rawValue).path
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      return names.sorted().map { "\(system.rawValue)/\($0)" }
    }
  }()

  /// The files of a case in the order of their names, and what is beside them.
  static func files(of name: String) throws -> [(path: String, text: String)] {
    let folder = Fixture.folder().appending(path: name)
    let results = ["imported.pol.txt", "report.txt", "catalogue.txt"]
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { !results.contains($0) }.sorted()
    return try names.map { file in
      (file, String(decoding: try Data(contentsOf: folder.appending(path: file)), as: UTF8.self))
    }
  }

  static func system(of name: String) throws -> ImportSystem {
    try #require(ImportSystem(rawValue: String(name.prefix { $0 != "/" })))
  }

  @Test(arguments: cases)
  func `files are imported as it is kept`(name: String) throws {
    let files = try Self.files(of: name)
    let system = try Self.system(of: name)
    for file in files {
      let guess = ImportSystem.guessed(SourceFile(path: file.path, text: file.text))
      #expect(guess == system || guess == nil, "\(file.path)")
    }
    let sources = SourceMap(files.map { SourceFile(path: $0.path, text: $0.text) })
    let imported = importPolicies(sources, from: system, options: try Self.options(of: name))
    let folder = Fixture.folder().appending(path: name)
    let said = DiagnosticText(sources).text(imported.diagnostics)
    let report = Golden.mismatch(said, with: folder.appending(path: "report.txt"))
    #expect(report == nil)
    #expect((imported.value == nil) == imported.diagnostics.hasErrors)
    let kept = folder.appending(path: "imported.pol.txt")
    guard let bytes = imported.value else {
      #expect(!FileManager.default.fileExists(atPath: kept.path))
      return
    }
    let policies = Golden.mismatch(String(decoding: bytes, as: UTF8.self), with: kept)
    #expect(policies == nil)
    // It checks, and is laid out as it should be.
    _ = try ImportedSet(files, from: system, options: try Self.options(of: name))
  }

  /// The catalogue beside the files, one action a line.
  static func options(of name: String) throws -> ImportOptions {
    var options = ImportOptions()
    let list = Fixture.folder().appending(path: "\(name)/catalogue.txt")
    if let data = try? Data(contentsOf: list) {
      let paths = String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
      options.known = KnownActions(paths: paths, areDeclared: false)
    }
    return options
  }

  @Test func `every code is reported of some file`() throws {
    let reports = Fixture.all(in: Fixture.folder(), suffix: "report.txt").map(\.text).joined()
    for page in importPages { #expect(reports.contains("[\(page.code.rawValue)]")) }
  }

  @Test(arguments: importPages.map(\.code))
  func `the examples of a page do what it says`(code: DiagnosticCode) throws {
    let page = try #require(importPages.first { $0.code == code })
    func count(_ text: String) throws -> Int {
      let file = SourceFile(path: "example", text: text)
      let system = try #require(ImportSystem.guessed(file))
      let said = importPolicies(SourceMap([file]), from: system).diagnostics
      #expect(said.allSatisfy { $0.code == code || $0.severity == .note }, "\(said)")
      return said.filter { $0.code == code }.count
    }
    #expect(try count(page.bad) == count(page.good) + 1)
  }
}
