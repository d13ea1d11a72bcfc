import PolicyEngine
import PolicyModel
import PolicySource
import Testing

/// Large and deep policy sets: no crash, no step that grows faster than the set.
@Suite struct ScaleTests {
  private static let catalogue = """
    catalogue portal {
      context { mfa: Bool  ip: IP }
      service device { list }
    }
    group staff

    """

  private func chain(_ count: Int, isForward: Bool, _ line: (Int) -> String) -> String {
    let lines = (1..<count).map(line)
    return (isForward ? lines : lines.reversed()).joined(separator: "\n")
  }

  @Test(arguments: [true, false])
  func `includes on 100 levels, and not on one more`(_ isForward: Bool) {
    for count in [101, 102, 10_000] {
      let text = chain(count, isForward: isForward) { "role R\($0) includes R\($0 - 1) { }" }
      let checked = CheckedText(Self.catalogue + "role R0 { allow device.list }\n" + text)
      let last = checked.set.policies.elements.first { $0.heading.name == "R100" }
      #expect(last?.closure.count == 101)
      #expect(last?.closure == last?.closure.sorted())
      // Once for the chain, where it goes beyond.
      #expect(checked.diagnostics.map(\.code) == (count == 101 ? [] : [.includeTooDeep]))
      #expect(checked.diagnostics.allSatisfy { $0.message.hasPrefix("policy `R101` includes") })
      #expect(checked.set.policies.elements.allSatisfy { $0.closure.count <= 101 })
    }
  }

  @Test func `one policy that includes 10,000`() {
    let roles = (0..<10_000).map { "role R\($0) { }" }.joined(separator: "\n")
    let names = (0..<20_000).map { "R\($0 % 10_000)" }.joined(separator: ", ")
    let checked = CheckedText(Self.catalogue + roles + "\nrole All includes \(names) { }")
    #expect(checked.diagnostics.isEmpty)
    #expect(checked.set.policies.elements.last?.closure.count == 10_001)
  }

  @Test func `a cycle of 10,000 includes`() {
    let text = chain(10_000, isForward: true) { "role R\($0) includes R\($0 - 1) { }" }
    let checked = CheckedText(Self.catalogue + text + "\nrole R0 includes R9999 { }")
    #expect(checked.diagnostics.map(\.code) == [.includeCycle])
    #expect(checked.diagnostics.first?.secondary.count == 9999)
  }

  @Test func `2,000 cycles of up to 2,000 includes are told as far as that is bearable`() {
    let text = chain(2_000, isForward: true) { "role R\($0) includes R\(($0 + 1) % 2_000), R1 { }" }
    let checked = CheckedText(Self.catalogue + text + "\nrole R0 { }")
    #expect(checked.diagnostics.allSatisfy { $0.code == .includeCycle })
    #expect(checked.diagnostics.count >= 10)
    #expect(checked.diagnostics.reduce(0) { $0 + $1.secondary.count } <= 20_000)
  }

  @Test(arguments: [true, false])
  func `groups on 100 levels, and not on one more`(_ isForward: Bool) {
    for count in [101, 102, 10_000] {
      let text = chain(count, isForward: isForward) { "group g\($0) { group g\($0 - 1) }" }
      let checked = CheckedText(text + "\ngroup g0")
      #expect(checked.diagnostics.map(\.code) == (count == 101 ? [] : [.groupTooDeep]))
      #expect(checked.diagnostics.allSatisfy { $0.message.hasPrefix("group `g101` contains") })
      #expect(checked.set.groups.count == count)
    }
  }

  @Test(arguments: [true, false])
  func `a chain of 10,000 lets that only rename`(_ isForward: Bool) {
    let text = chain(10_000, isForward: isForward) { "let l\($0) = l\($0 - 1)" }
    let checked = CheckedText(
      Self.catalogue + text + "\nlet l0 = context.mfa role R { allow device.list when l9999 }"
    )
    #expect(checked.diagnostics.isEmpty)
    #expect(checked.set.rules.elements.first?.condition != nil)
  }

  @Test(arguments: [true, false])
  func `a chain of 10,000 lets that nest is refused once`(_ isForward: Bool) {
    let text = chain(10_000, isForward: isForward) { "let l\($0) = not l\($0 - 1)" }
    let checked = CheckedText(
      Self.catalogue + text + "\nlet l0 = context.mfa role R { allow device.list when l9999 }"
    )
    #expect(checked.diagnostics.map(\.code) == [.conditionTooLarge])
    #expect(checked.diagnostics.first?.message.contains("1,000 levels") == true)
  }

  @Test func `a condition of 1,000 levels can be walked`() {
    let text = chain(1_000, isForward: true) { "let l\($0) = not l\($0 - 1)" }
    let checked = CheckedText(
      Self.catalogue + text + "\nlet l0 = context.mfa role R { allow device.list when not l999 }"
    )
    #expect(checked.diagnostics.isEmpty)
    let condition = checked.set.rules.elements.first?.condition
    #expect(condition?.checks.count == 1)
    #expect(condition?.withoutPlaces == condition?.withoutPlaces)
  }

  /// Each of the lets uses the one before twice: 2^64 checks.
  @Test(arguments: [
    "context.mfa", "principal in group staff", "principal is user", "context.ip in [\"::1\"]",
    "has context.mfa", "true", "context.mfaa",
  ])
  func `lets that double are refused at once`(_ start: String) {
    let text = (1...64).map { "let l\($0) = l\($0 - 1) and not not l\($0 - 1)" }
    let checked = CheckedText(
      Self.catalogue + "let l0 = \(start)\n" + text.joined(separator: "\n")
        + "\nrole R { allow device.list when l64 }"
    )
    let expected = start == "context.mfaa" ? "unknown-attribute" : "condition-too-large"
    #expect(checked.diagnostics.map(\.code.rawValue) == [expected])
  }

  @Test func `one condition of 10,000 checks, and not one more`() {
    for (count, isFine) in [(10_000, true), (10_001, false)] {
      let condition = Array(repeating: "context.mfa", count: count).joined(separator: " or ")
      let checked = CheckedText(
        Self.catalogue + "role R { allow device.list when \(condition) }"
      )
      #expect(checked.diagnostics.isEmpty == isFine)
      #expect(checked.diagnostics.allSatisfy { $0.code == .conditionTooLarge })
    }
  }

  @Test func `a rule of 20,000 patterns, and a list of 20,000 elements`() {
    let patterns = Array(repeating: "device.list", count: 20_000).joined(separator: ", ")
    let blocks = (0..<20_000).map { "\"10.\($0 / 250).\($0 % 250).0/24\"" }
    let checked = CheckedText(
      Self.catalogue
        + "role R { allow \(patterns) when context.ip in [\(blocks.joined(separator: ","))] }"
    )
    #expect(checked.diagnostics.isEmpty)
    #expect(checked.set.rules.elements.map(\.actions.count) == [1])
  }

  @Test func `many units, services, attributes and catalogues`() {
    let units = (0..<5_000).map { "u\($0) { v }" }.joined(separator: "\n")
    let services = (0..<2_000).map { "service s\($0) { resource { r: Int } list }" }
    let catalogues = (0..<2_000).map { "catalogue c\($0) { context { a\($0): Bool } }" }
    let checked = CheckedText(
      "ou acme { \(units) }\ncatalogue portal { \(services.joined(separator: "\n")) }\n"
        + catalogues.joined(separator: "\n")
        + "\nrole R { allow *.list when resource.r > 2 and context.a1999 }"
    )
    #expect(checked.diagnostics.isEmpty)
    #expect(checked.set.units.count == 10_001)
    #expect(checked.set.rules.elements.map(\.actions.count) == [2_000])
  }
}
