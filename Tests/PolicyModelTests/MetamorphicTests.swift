import Foundation
import PolicyEngine
import PolicyModel
import PolicyTestSupport
import Testing

/// What is written otherwise and means the same is decided alike.
@Suite struct MetamorphicTests {
  private static let cases = RandomCases(60, from: 400_000)

  @Test func `a let means what it stands for`() {
    let failure = Self.cases.firstFailure { random in
      var lets: [String] = []
      let parts = RandomPolicies.declarations(&random).map { part in
        guard part.hasPrefix("role "), !random.oneIn(4) else { return part }
        return Self.withLets(part, &lets)
      }
      let expanded = lets.reduce(parts.joined(separator: "\n")) { text, line in
        let words = line.dropFirst("let ".count).split(separator: " = ", maxSplits: 1)
        return text.replacing(" \(words[0]) ", with: " (\(words[1])) ")
      }
      let written = (parts + lets).joined(separator: "\n")
      return Self.difference(written, expanded, &random) { $0 }
    }
    #expect(failure == nil)
  }

  @Test func `names mean nothing but themselves`() {
    let failure = Self.cases.firstFailure { random in
      let text = RandomPolicies.declarations(&random).joined(separator: "\n")
      // Longer names, in another order of bytes, and one that only backquotes make a name.
      let names = [
        ("A", "zeta"), ("B", "`B b`"), ("C", "alpha"), ("open", "`a group`"),
        ("listed", "z-listed"),
        ("both", "_"), ("acme", "zz"), ("plant", "`p l`"), ("other", "aa"),
      ]
      let renamed = names.reduce(text) { text, name in
        Self.renaming(name.0, to: name.1, in: text)
      }
      return Self.difference(text, renamed, &random) { name in
        let parts = name.split(separator: "/").map { part in
          let new = names.first { $0.0 == part }?.1 ?? String(part)
          return new.replacing("`", with: "")
        }
        return parts.joined(separator: "/")
      }
    }
    #expect(failure == nil)
  }

  /// A role with each condition of a rule of its own in a `let`.
  private static func withLets(_ role: String, _ lets: inout [String]) -> String {
    let lines = role.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard let when = line.range(of: " when "), line.range(of: " unless ") == nil else {
        return String(line)
      }
      let end = line.hasSuffix(" }") ? line.index(line.endIndex, offsetBy: -2) : line.endIndex
      let name = "let-\(lets.count)"
      lets.append("let \(name) = \(line[when.upperBound..<end])")
      return "\(line[..<when.upperBound])\(name) \(line[end...])"
    }
    return lines.joined(separator: "\n")
  }

  /// A text with one name for another where it stands as a word, and not in a string.
  private static func renaming(_ old: String, to new: String, in text: String) -> String {
    var result = ""
    var word = ""
    var isInString = false
    func flush() {
      result += word == old && !isInString ? new : word
      word = ""
    }
    for character in text + "\n" {
      if character.isLetter || character.isNumber || "-_".contains(character) {
        word.append(character)
        continue
      }
      flush()
      // Attributes are named behind a dot, and stay.
      if character == "\"" { isInString.toggle() }
      result.append(character)
    }
    return result
  }

  /// A request that two texts decide otherwise; names of the one are those of the other, mapped.
  private static func difference(
    _ text: String,
    _ other: String,
    _ random: inout RandomSource,
    _ name: (String) -> String
  ) -> String? {
    guard let left = try? policySet(catalogue + text) else { return "does not check:\n\(text)" }
    guard let right = try? policySet(catalogue + other) else { return "does not check:\n\(other)" }
    for _ in 0..<15 {
      let request = RandomPolicies.request(&random, in: left)
      var same = request
      same.held = request.held.map { holding in
        Holding(
          right.policy(name(left.policies[holding.policy].heading.name)),
          in: holding.unit.map { right.unit(name(left.units[$0].path)) }
        )
      }
      same.groups = request.groups.map {
        Set($0.map { right.group(name(left.groups[$0].heading.name)) })
      }
      if case .unit(let unit) = request.unit {
        same.unit = .unit(right.unit(name(left.units[unit].path)))
      }
      let (one, two) = (interpret(request, in: left), interpret(same, in: right))
      if one.effect != two.effect || one.basis != two.basis {
        return "\(request) is decided in two ways:\n\(text)\n\nand:\n\(other)"
      }
    }
    return nil
  }
}
