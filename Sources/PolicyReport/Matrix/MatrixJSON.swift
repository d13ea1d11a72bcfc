package import PolicyAnalysis
import PolicyModel

/// A matrix as one JSON document; `Grammar/matrix.schema.json` describes it.
package struct MatrixJSON {
  package static let schema = 1

  private let matrix: Matrix

  package init(_ matrix: Matrix) {
    self.matrix = matrix
  }

  /// - Complexity: O(size of the matrix), which is that of its different cells and pages.
  package func document(of argument: String, against other: String?) -> JSONValue {
    [
      "schema": .int(Self.schema),
      "of": .string(argument),
      "against": .optional(other),
      "services": .array(matrix.services.map { service($0) }),
      "rules": .array(matrix.rules.map { rule($0) }),
      "assignments": .array(matrix.grants.map { grant($0) }),
      "cells": .array(matrix.cells.map { cell($0) }),
      "pages": .array(
        matrix.pages.map { .array($0.map { [.int($0.count), .int($0.cell)] }) }
      ),
      "policies": .array(matrix.policies.map { row($0) }),
      "principals": .array(matrix.principals.map { row($0) }),
      "units": .array(matrix.units.map { row($0) }),
    ]
  }

  private func service(_ service: MatrixService) -> JSONValue {
    [
      "name": .string(service.name),
      "title": .optional(service.title),
      "actions": .array(
        matrix.actions[service.actions].map { action in
          [
            "name": .string(action.path),
            "title": .optional(action.title),
            "groups": .strings(action.groups),
            "sensitive": .bool(action.isSensitive),
            "in": .string(action.presence.rawValue),
          ]
        }
      ),
    ]
  }

  private func rule(_ rule: MatrixRule) -> JSONValue {
    .object(
      [
        JSONMember("policy", .string(rule.policy)),
        JSONMember("rule", .string(rule.id)),
        JSONMember("effect", .string(rule.effect.word)),
        JSONMember("text", .string(rule.text)),
        JSONMember("condition", .optional(rule.condition)),
        JSONMember("because", .optional(rule.because)),
      ] + place(rule.place, isOld: rule.isOld)
    )
  }

  private func grant(_ grant: MatrixGrant) -> JSONValue {
    .object([JSONMember("text", .string(grant.text))] + place(grant.place, isOld: grant.isOld))
  }

  private func place(_ place: MatrixPlace, isOld: Bool) -> [JSONMember] {
    [
      JSONMember("file", .string(place.file)),
      JSONMember("line", .int(place.line)),
      JSONMember("column", .int(place.column)),
      JSONMember("in", .string(isOld ? "old" : matrix.isCompared ? "new" : "both")),
    ]
  }

  private func cell(_ cell: MatrixCell) -> JSONValue {
    [
      "effect": .string(cell.outcomes.word),
      "mayAllow": .bool(cell.outcomes.contains(.allow)),
      "mayDeny": .bool(cell.outcomes.contains(.deny)),
      "rules": .array(
        cell.entries.map { entry in
          ["rule": .int(entry.rule), "assignments": .array(entry.grants.map { .int($0) })]
        }
      ),
      "allowed": .array(
        cell.holders.map { ["principal": .int($0.row), "always": .bool($0.isAlways)] }
      ),
      "moreAllowed": .int(cell.moreHolders),
      "before": cell.before.map { .int($0) } ?? .null,
      "change": .optional(cell.change?.rawValue),
    ]
  }

  private func row(_ row: MatrixRow) -> JSONValue {
    var runs: [JSONValue] = []
    var start = 0
    while start < row.pages.count {
      var end = start
      while end < row.pages.count, row.pages[end] == row.pages[start] { end += 1 }
      runs.append([.int(end - start), .int(row.pages[start])])
      start = end
    }
    return [
      "name": .string(row.name),
      "kind": .string(row.kind),
      "title": .optional(row.title),
      "formerName": .optional(row.formerName),
      "in": .string(row.presence.rawValue),
      "depth": .int(row.depth),
      "pages": .array(runs),
    ]
  }
}
