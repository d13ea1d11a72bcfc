import PolicyAnalysis
import PolicyChecker
import PolicyLint
import PolicyModel
import PolicySource
import PolicySyntax
import PolicyTestSupport
import Testing

/// What changes how a set is written, and not what it decides, is no difference.
@Suite struct TransformationTests {
  @Test func `files, order, lets and names are no difference`() throws {
    let failure = RandomCases(60).firstFailure { random in
      let declarations = RandomPolicies.declarations(&random)
      let old = RandomPolicies.catalogue + declarations.joined(separator: "\n")
      let files = Self.transformed(declarations, &random)
      do {
        let difference = compare(try policySet(old), try policySet(files))
        if difference.isEmpty { return nil }
        return "\(DifferenceTests.summary(difference)) \(difference.undecided)\n--- old\n\(old)\n"
          + Self.text(files)
      } catch {
        return "does not check: \(error)\n\(Self.text(files))"
      }
    }
    #expect(failure == nil)
  }

  private static func text(_ files: [SourceFile]) -> String {
    files.map { "--- \($0.path)\n\(String(decoding: $0.bytes, as: UTF8.self))" }
      .joined(separator: "\n")
  }

  /// Checks that a `let` may stand for: none is followed by what would change how it is read.
  private static let lets = [
    ("small", "context.level < 2"), ("own", "resource.owner == principal"),
    ("near", "context.ip in \"10.0.0.0/8\""), ("open-group", "principal in group open"),
    ("hers", "principal == user \"ada\""), ("of-team", "principal.team == \"a\""),
  ]

  private static func transformed(
    _ declarations: [String],
    _ random: inout RandomSource
  ) -> [SourceFile] {
    var parts = declarations.map { declaration in
      guard declaration.hasPrefix("role"), let open = declaration.firstIndex(of: "{") else {
        return declaration
      }
      let body = declaration[declaration.index(after: open)...].dropLast()
      let rules = body.split(separator: "\n").shuffled(using: &random)
      return declaration[...open] + rules.joined(separator: "\n  ") + "}"
    }
    for name in RandomPolicies.names where random.oneIn(2) {
      let other = "`\(name) of old`"
      parts = parts.map { part in
        part.replacing("role \(name) ", with: "role \(other) \"Renamed\" ")
          .replacing("includes \(name) ", with: "includes \(other) ")
          .replacing("assign \(name) ", with: "assign \(other) ")
      }
    }
    for (name, condition) in lets where random.oneIn(2) {
      parts = parts.map { $0.replacing(condition, with: name) } + ["let \(name) = \(condition)"]
    }
    var files = Array(repeating: "", count: 1 + random.below(4))
    for part in (parts + [RandomPolicies.catalogue]).shuffled(using: &random) {
      files[random.below(files.count)] += part + "\n"
    }
    let names = ["z/a.pol", "b.pol", "set.pol", "y.pol", "é.pol"].shuffled(using: &random)
    return zip(names, files).map { SourceFile(path: $0, text: $1) }
  }

  @Test func `a safe fix of a lint changes no decision`() throws {
    var applied: Set<DiagnosticCode> = []
    let failure = RandomCases(25).firstFailure { random in
      let text = Self.careless(&random)
      let file = SourceFile(path: "set.pol", text: text)
      let sources = SourceMap([file])
      let parsed = sources.ids.map { parse(sources[$0], as: $0) }
      let set = check(parsed.map(\.value), sources: sources)
      guard !(parsed.flatMap(\.diagnostics) + set.diagnostics).hasErrors else {
        return "does not check:\n\(text)"
      }
      let context = LintContext(trees: parsed.map(\.value), set: set.value, isChecked: true)
      let all = Dictionary(uniqueKeysWithValues: lintPages.map { ($0.code, LintLevel.warning) })
      for finding in lint(context, configuration: LintConfiguration(levels: all)) {
        for fix in finding.fixes where fix.isSafe {
          let fixed = Self.applying(fix, to: file)
          let fixedText = String(decoding: fixed.bytes, as: UTF8.self)
          guard let after = try? policySet([fixed]) else {
            return "\(finding.code) \(fix.title): does not check:\n\(text)\n---\n\(fixedText)"
          }
          let difference = compare(set.value, after)
          guard difference.isEmpty else {
            return "\(finding.code) \(fix.title): \(DifferenceTests.summary(difference))\n"
              + "\(text)\n---\n\(fixedText)"
          }
          applied.insert(finding.code)
        }
      }
      return nil
    }
    #expect(failure == nil)
    if RandomCases(25).seeds.count > 1 {
      let hoped: Set<DiagnosticCode> = [.unusedLet, .doubleNegation, .duplicatePattern]
      #expect(hoped.isSubset(of: applied), "\(applied)")
    }
  }

  /// A random set in which much is said twice, or for nothing.
  private static func careless(_ random: inout RandomSource) -> String {
    var declarations = RandomPolicies.declarations(&random)
    for index in declarations.indices where declarations[index].hasPrefix("role") {
      let rules = [
        RandomPolicies.rule(&random), "allow device.list, device.list when not not context.mfa",
        "deny device.get, device.read unless not (context.level < 2)",
        "allow device.list when context.mfa and context.level < 2 or context.level > 2",
        "allow device.get when context.mfa and not context.mfa",
      ].shuffled(using: &random).prefix(1 + random.below(4))
      declarations[index].removeLast()
      declarations[index] += "\n" + rules.joined(separator: "\n") + "}"
    }
    let more = [
      "let unused = context.mfa", "group nobody { user \"eve\" }", "role Empty {}",
      "role D includes A, B, A {}",
    ].filter { _ in random.oneIn(2) }
    return RandomPolicies.catalogue + (declarations + more).joined(separator: "\n")
  }

  private static func applying(_ fix: Fix, to file: SourceFile) -> SourceFile {
    var bytes = file.bytes
    for edit in fix.edits.sorted(by: { $0.span > $1.span }) {
      bytes.replaceSubrange(
        Int(edit.span.lower)..<Int(edit.span.upper),
        with: Array(edit.replacement.utf8)
      )
    }
    return SourceFile(path: file.path, bytes: bytes)
  }
}
