import PolicyAnalysis
import PolicyCompiler
import PolicyEngine
import PolicyModel
import PolicyReport
import PolicySource

/// What a comparison came to, for people and machines.
struct VerificationText {
  private let found: Verification
  private let options: VerificationOptions
  private let set: PolicySet
  /// Whether the tables were compiled from this very text.
  private let isSameText: Bool

  init(
    _ found: Verification,
    _ options: VerificationOptions,
    _ engine: PolicyEngine,
    in set: PolicySet
  ) {
    self.found = found
    self.options = options
    self.set = set
    isSameText = engine.sourceDigest == sourceDigest(set)
  }

  var isSame: Bool {
    if case .compared(_, nil) = found { true } else { false }
  }

  var text: String {
    switch found {
    case .otherDeclarations(let what): return "other sources: \(VisibleText.of(what))\n"
    case .compared(let coverage, let difference):
      let other = isSameText ? "" : "the tables were compiled from other text\n"
      guard let difference else {
        return "no difference found in \(Tally.count(coverage.requests, "request"))\n" + other
          + text(of: coverage)
      }
      return text(of: difference) + other
    }
  }

  private func text(of coverage: VerificationCoverage) -> String {
    func grouped(_ number: Int) -> String { Tally.grouped(number) }
    let all = coverage.policies * coverage.actions
    let sampled = coverage.cells - coverage.exhaustiveCells
    var cells = "\(grouped(coverage.cells)) of \(grouped(all)) (policies × actions): "
    cells +=
      sampled == 0
      ? "all with every class vector"
      : "\(grouped(coverage.exhaustiveCells)) with every class vector, "
        + "\(grouped(sampled)) with random ones"
    let unmet =
      coverage.unmetVectors == 0
      ? "" : "; for \(grouped(coverage.unmetVectors)) more no request was found"
    let how = coverage.hasEveryPrincipal ? "each for each action" : "drawn at random"
    let decisions =
      "\(grouped(coverage.decisions)), of \(grouped(coverage.principals)) principals with their "
      + "groups in \(Tally.count(coverage.units, "place")), \(how)"
    return """
        cells      \(cells)
        vectors    \(Tally.count(coverage.vectors, "request"))\(unmet)
        constants  \(Tally.count(coverage.boundaries, "request")) at and around them
        decisions  \(decisions)
        seed       \(options.seed)

      """
  }

  private func text(of difference: VerificationDifference) -> String {
    let alone = difference.policy.map { "of `\(set.policies[$0].heading.name)` alone, " } ?? ""
    let rules = difference.policy != nil
    return """
      decided otherwise: \(VisibleText.of(alone + requestText(difference.request, in: set)))
        tables   \(VisibleText.of(text(of: difference.decided, hasRules: !rules)))
        sources  \(VisibleText.of(text(of: difference.meant, hasRules: true)))
        seed     \(options.seed)

      """
  }

  private func text(of decision: Decision, hasRules: Bool) -> String {
    guard decision.basis == .rule else { return "deny by default" }
    guard hasRules else { return decision.effect.word }
    let rules = decision.deciding.map { deciding in
      let rule = set.rules[deciding.rule]
      let place = set.sources.place(rule.span)
      let file = set.sources.files[Int(rule.span.file.position)].path
      return "`\(rule.id)` (\(file):\(place.line))"
    }
    return decision.effect.word + " by " + rules.joined(separator: ", ")
  }

  var json: JSONValue {
    switch found {
    case .otherDeclarations(let what):
      return ["schema": .int(1), "same": .bool(false), "other": .string(what)]
    case .compared(let coverage, let difference):
      return [
        "schema": .int(1),
        "same": .bool(difference == nil),
        "sameText": .bool(isSameText),
        "requests": .int(coverage.requests),
        "policies": .int(coverage.policies),
        "actions": .int(coverage.actions),
        "cells": .int(coverage.cells),
        "exhaustiveCells": .int(coverage.exhaustiveCells),
        "vectors": .int(coverage.vectors),
        "unmetVectors": .int(coverage.unmetVectors),
        "constants": .int(coverage.boundaries),
        "principals": .int(coverage.principals),
        "places": .int(coverage.units),
        "decisions": .int(coverage.decisions),
        "everyPrincipal": .bool(coverage.hasEveryPrincipal),
        "seed": .int(Int(clamping: options.seed)),
        "difference": difference.map { json(of: $0) } ?? .null,
      ]
    }
  }

  private func json(of difference: VerificationDifference) -> JSONValue {
    [
      "request": .string(requestText(difference.request, in: set)),
      "policy": difference.policy.map { .string(set.policies[$0].heading.name) } ?? .null,
      "tables": .string(text(of: difference.decided, hasRules: difference.policy == nil)),
      "sources": .string(text(of: difference.meant, hasRules: true)),
    ]
  }
}
