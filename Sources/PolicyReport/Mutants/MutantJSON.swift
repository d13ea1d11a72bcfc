package import PolicyAnalysis
package import PolicyModel
import PolicySource

/// What came of mutants as a member of a JSON document; `Grammar/check.schema.json` describes it.
package enum MutantJSON {
  package static func value(_ run: MutantRun, of set: PolicySet) -> JSONValue {
    [
      "all": .int(run.all),
      "judged": .int(run.judged.count),
      "caught": .int(run.caught),
      "equivalent": .int(run.equivalent),
      "survived": .int(run.survived),
      "undecided": .int(run.undecided),
      "mutants": .array(run.judged.map { value($0, of: set) }),
    ]
  }

  private static func value(_ item: MutantRun.Judged, of set: PolicySet) -> JSONValue {
    let verdict: String
    var more: [JSONMember] = []
    switch item.verdict {
    case .caught(let catcher):
      verdict = "caught"
      more.append(JSONMember("by", value(catcher, of: set)))
    case .equivalent: verdict = "equivalent"
    case .undecided: verdict = "undecided"
    case .survived(let witness):
      verdict = "survived"
      more.append(JSONMember("request", .string(requestText(witness.request, in: set))))
      more.append(JSONMember("effect", .string(witness.decision.effect.word)))
    }
    let place = self.place(item.mutant.span, of: set)
    return .object(
      [JSONMember("mutation", .string(item.mutant.mutation.word))] + place
        + [JSONMember("text", .string(item.text)), JSONMember("verdict", .string(verdict))] + more
    )
  }

  private static func value(_ catcher: MutantCatcher, of set: PolicySet) -> JSONValue {
    switch catcher {
    case .expectation(let position, let number):
      let test = set.tests[position]
      return .object(
        [JSONMember("test", .string(test.title))]
          + place(test.expectations[number].span, of: set)
      )
    case .assertion(let position):
      let span = set.assertions[position].span
      return .object(
        [JSONMember("assertion", .string(Fingerprint.words(set.sources.text(span))))]
          + place(span, of: set)
      )
    }
  }

  private static func place(_ span: SourceSpan, of set: PolicySet) -> [JSONMember] {
    let start = set.sources.place(span)
    return [
      JSONMember("file", .string(set.sources[span.file].path)),
      JSONMember("line", .int(start.line)),
      JSONMember("column", .int(start.column)),
    ]
  }
}
