import PolicyFormatter
import PolicySource
import Testing

/// Twice the text takes twice the time, whatever the text is like.
@Suite struct ScaleTests {
  private static let texts: [(name: String, make: @Sendable (Int) -> String)] = [
    ("operators", { n in "let x = " + list(20 * n) { "context.a == \($0)" }.joined(" or ") }),
    (
      "parentheses",
      { n in
        "let x = "
          + list(n / 2) { _ in repeated("(", 100) + "context.a" + repeated(")", 100) }
          .joined(" and ")
      }
    ),
    (
      "units",
      { n in
        "ou r {"
          + list(n / 2) { "a\($0) {" + repeated("b {", 100) + "c" + repeated("}", 101) }
          .joined(" ") + "}"
      }
    ),
    ("a set", { n in "role R { allow a.{" + list(20 * n) { "a\($0)" }.joined(", ") + "} }" }),
    ("a list", { n in "let x = [" + list(20 * n) { "\"\($0)\"" }.joined(", // c\n") + "]" }),
    ("titles", { n in "ou r {\n" + list(20 * n) { "a\($0) \"A\"" }.joined(", ") + "}" }),
    ("declarations", { n in list(10 * n) { "policy p\($0) { allow a.b }" }.joined(" ") }),
    ("mistakes", { n in list(10 * n) { "polcy p\($0) { allow a.b }" }.joined(" ") }),
    ("mistakes on lines", { n in list(10 * n) { "role p\($0) { allow a.b when }" }.joined("\n") }),
    ("annotations", { n in repeated("@a ", 20 * n) + "policy p {}" }),
  ]

  @Test(arguments: texts.map(\.name))
  func `time grows with the text`(name: String) throws {
    let make = try #require(Self.texts.first { $0.name == name }).make
    let small = SourceFile(path: "small.pol", text: make(10))
    let large = SourceFile(path: "large.pol", text: make(80))
    let bytes = Double(large.bytes.count) / Double(small.bytes.count)
    // The best of some runs, so that other work on the machine does not count.
    let ratio = (0..<2).map { _ in Self.time(large) / Self.time(small) }.min() ?? 0
    #expect(ratio < 3 * bytes, "\(bytes) times the text took \(ratio) times as long")
  }

  private static func time(_ source: SourceFile) -> Double {
    let clock = ContinuousClock()
    let times = (0..<2).map { _ in clock.measure { _ = format(source) } }
    return (times.min() ?? .zero) / .nanoseconds(1)
  }

  private static func list(_ count: Int, _ item: (Int) -> String) -> [String] {
    (0..<count).map(item)
  }

  private static func repeated(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
  }
}

extension [String] {
  fileprivate func joined(_ separator: String) -> String { joined(separator: separator) }
}
