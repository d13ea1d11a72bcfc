package import PolicyAnalysis
package import PolicyModel
import PolicySource

/// Coverage as a member of a JSON document; `Grammar/check.schema.json` describes it.
package enum CoverageJSON {
  /// An object with a member for each measure: how much is covered of how much, and what is not.
  package static func value(_ coverage: Coverage, of set: PolicySet) -> JSONValue {
    .object(
      CoverageMeasure.allCases.map { measure in
        let share = coverage.share(of: measure)
        let gaps = coverage.gaps(in: measure, of: set).map { gap -> JSONValue in
          let place = set.sources.place(gap.span)
          return [
            "file": .string(set.sources[gap.span.file].path),
            "line": .int(place.line),
            "column": .int(place.column),
            "subject": .string(gap.subject),
            "message": .string(gap.text),
          ]
        }
        return JSONMember(
          measure.rawValue,
          [
            "covered": .int(share.covered), "all": .int(share.all), "lacking": .array(gaps),
          ]
        )
      }
    )
  }
}
