import Foundation
import PolicyTestSupport
import Testing

/// The same sources give the same bytes: whatever the order in which a directory lists them, the
/// locale, the time zone or the number of threads.
@Suite struct ReproducibleTests {
  static let samples = ["emnify", "emnify-next", "enos", "payments"]

  private func compile(_ sample: String, reversed: Bool, _ variables: String) throws -> Data {
    let scratch = try TemporaryFolder()
    let folder = scratch.place("set")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let source = Executable.root.appending(path: "Samples/\(sample)")
    var names = try FileManager.default.contentsOfDirectory(atPath: source.path)
      .filter { $0.hasSuffix(".pol") }.sorted()
    if reversed { names.reverse() }
    for name in names {
      let text = try Data(contentsOf: source.appending(path: name))
      try text.write(to: folder.appending(path: name))
    }
    let outcome = try Executable.shell(
      "\(variables) pol compile set -o a.polc 2>&1",
      in: scratch.url
    )
    #expect(outcome.status == 0, "\(outcome.output)")
    return try Data(contentsOf: scratch.place("a.polc"))
  }

  @Test(arguments: samples)
  func `tables are the same bytes everywhere`(sample: String) throws {
    let first = try compile(sample, reversed: false, "LC_ALL=C LANG=C TZ=UTC")
    let variants = [
      "LC_ALL=tr_TR.UTF-8 LANG=tr_TR.UTF-8 TZ=Asia/Kathmandu", "LC_ALL= LANG= LANGUAGE=de",
      "LC_ALL=de_DE.ISO-8859-1 LIBDISPATCH_COOPERATIVE_POOL_STRICT=1 SWIFT_DETERMINISTIC_HASHING=1",
    ]
    for (index, variables) in variants.enumerated() {
      #expect(try compile(sample, reversed: index != 1, variables) == first, "\(variables)")
    }
  }

  /// Other names for files change their places and the digest, and no decision.
  @Test func `renamed files decide the same`() throws {
    let scratch = try TemporaryFolder()
    for (index, folder) in ["one", "two"].enumerated() {
      let target = scratch.place(folder)
      try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
      let source = Executable.root.appending(path: "Samples/payments")
      let names = try FileManager.default.contentsOfDirectory(atPath: source.path)
        .filter { $0.hasSuffix(".pol") }.sorted()
      for (number, name) in names.enumerated() {
        let text = try Data(contentsOf: source.appending(path: name))
        let new = index == 0 ? name : "\(names.count - number).pol"
        try text.write(to: target.appending(path: new))
      }
    }
    let line = "pol compile one -o one.polc && pol eval one.polc --requests requests.jsonl > 1"
    let other = "pol compile two -o two.polc && pol eval two.polc --requests requests.jsonl > 2"
    let requests = Executable.root.appending(path: "Samples/payments/requests.jsonl")
    try FileManager.default.copyItem(at: requests, to: scratch.place("requests.jsonl"))
    _ = try Executable.shell(line, in: scratch.url)
    _ = try Executable.shell(other, in: scratch.url)
    func decisions(_ name: String) throws -> [String] {
      try String(contentsOf: scratch.place(name), encoding: .utf8).split(separator: "\n").map {
        line in
        String(line.prefix { $0 != "[" })
      }
    }
    let answers = try decisions("1")
    #expect(answers.count == 6)
    #expect(try decisions("2") == answers)
  }
}
