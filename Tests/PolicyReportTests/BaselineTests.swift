import PolicyReport
import PolicySource
import Testing

/// Baselines: what they know, and their form.
@Suite struct BaselineTests {
  private func findings(_ page: Page, _ words: [String]) throws -> [Diagnostic] {
    try words.map { Diagnostic(.unusedLet, "no \($0)", at: try page.span("d/a.pol", $0)) }
  }

  @Test func `as many as were there are known, and those that went are told`() throws {
    let page = Page(["d/a.pol": "role R {\n  xx yy zz\n}\n"])
    let two = try findings(page, ["xx", "xx", "yy"])
    let baseline = Baseline(two, in: page.sources, below: "d")
    #expect(baseline.entries.map(\.count).sorted() == [1, 2])
    #expect(baseline.entries.allSatisfy { $0.file == "a.pol" })
    let now = try findings(page, ["xx", "xx", "xx", "zz"])
    let (new, gone) = baseline.split(now, in: page.sources, below: "d/")
    #expect(new.map(\.message) == ["no xx", "no zz"])
    #expect(gone.map(\.message) == ["no yy"])
    let (_, rest) = baseline.split(try findings(page, ["xx"]), in: page.sources, below: "d")
    #expect(rest.map(\.count).sorted() == [1, 1])
  }

  @Test func `it is read as it was written, and nothing else is`() throws {
    let page = Page(["d/a.pol": "xx yy"])
    for words in [[], ["xx"], ["xx", "yy"]] {
      let baseline = Baseline(try findings(page, words), in: page.sources, below: "")
      #expect(try Baseline(reading: baseline.bytes).entries == baseline.entries)
    }
    let good = String(
      decoding: Baseline(try findings(page, ["xx"]), in: page.sources, below: "").bytes,
      as: UTF8.self
    )
    #expect(throws: Never.self) { try Baseline(reading: Array(good.utf8)) }
    for (old, new) in [
      ("\"schema\": 1", "\"schema\": 2"), ("\"count\": 1", "\"count\": 0"), ("file", "fil"),
      ("\"fingerprint\": \"", "\"fingerprint\": \"x"), ("}\n", ""),
    ] {
      #expect(throws: JSONError.self) {
        try Baseline(reading: Array(good.replacing(old, with: new).utf8))
      }
    }
  }
}
