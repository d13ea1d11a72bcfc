import PolicyAnalysis
import PolicyModel

/// What a page of a matrix holds, as JSON in few bytes: lists instead of objects, texts once, runs
/// instead of repetitions.
struct MatrixPageData {
  private let matrix: Matrix
  private let argument: String
  private let other: String?

  init(_ matrix: Matrix, of argument: String, against other: String?) {
    self.matrix = matrix
    self.argument = argument
    self.other = other
  }

  func bytes() -> [UInt8] {
    var texts = Texts()
    let rules = matrix.rules.map { rule -> JSONValue in
      [
        texts[rule.policy], .string(rule.id), .int(rule.effect == .allow ? 0 : 1),
        texts[rule.text], texts[rule.condition], texts[rule.because],
        texts[rule.place.file], .int(rule.place.line), .int(rule.place.column),
        .int(rule.isOld ? 1 : 0),
      ]
    }
    let grants = matrix.grants.map { grant -> JSONValue in
      [
        texts[grant.text], texts[grant.place.file], .int(grant.place.line),
        .int(grant.place.column), .int(grant.isOld ? 1 : 0),
      ]
    }
    let document: JSONValue = [
      "of": .string(argument),
      "against": .optional(other),
      "services": .array(
        matrix.services.map {
          [.string($0.name), .string($0.title ?? ""), .int($0.actions.count)]
        }
      ),
      "actions": .array(matrix.services.flatMap { actions(of: $0, &texts) }),
      "rules": .array(rules),
      "grants": .array(grants),
      "cells": .array(matrix.cells.map { cell($0) }),
      "pages": .array(
        matrix.pages.map { .array($0.flatMap { [.int($0.count), .int($0.cell)] }) }
      ),
      "views": [
        .array(matrix.policies.map { row($0, &texts) }),
        .array(matrix.principals.map { row($0, &texts) }),
        .array(matrix.units.map { row($0, &texts) }),
      ],
      "texts": .strings(texts.all),
    ]
    return Self.compact(JSONWriter.line(document))
  }

  private func actions(of service: MatrixService, _ texts: inout Texts) -> [JSONValue] {
    matrix.actions[service.actions].map { action in
      [
        .string(String(action.path.dropFirst(service.name.count + 1))),
        .string(action.title ?? ""),
        texts[action.groups.joined(separator: ".")],
        .int((action.isSensitive ? 1 : 0) + 2 * Self.number(action.presence)),
      ]
    }
  }

  private static func number(_ presence: MatrixRow.Presence) -> Int {
    switch presence {
    case .both: 0
    case .old: 1
    case .new: 2
    }
  }

  /// `[outcomes, rules, holders, more holders, before, change]`, without zeros at its end.
  private func cell(_ cell: MatrixCell) -> JSONValue {
    let entries = cell.entries.map { entry -> JSONValue in
      entry.grants.isEmpty
        ? .int(entry.rule) : .array([.int(entry.rule)] + entry.grants.map { .int($0) })
    }
    let holders = cell.holders.map { JSONValue.int($0.row * 2 + ($0.isAlways ? 1 : 0)) }
    var parts: [JSONValue] = [.int(Int(cell.outcomes.rawValue)), .array(entries)]
    guard !holders.isEmpty || cell.before != nil else { return .array(parts) }
    parts += [.array(holders), .int(cell.moreHolders)]
    guard let before = cell.before, let change = cell.change else { return .array(parts) }
    let number =
      switch change {
      case .widened: 1
      case .narrowed: 2
      case .reconditioned: 3
      }
    return .array(parts + [.int(before), .int(number)])
  }

  private func row(_ row: MatrixRow, _ texts: inout Texts) -> JSONValue {
    var runs: [JSONValue] = []
    var start = 0
    while start < row.pages.count {
      var end = start
      while end < row.pages.count, row.pages[end] == row.pages[start] { end += 1 }
      runs += [.int(end - start), .int(row.pages[start])]
      start = end
    }
    return [
      .string(row.name), texts[row.kind], .string(row.title ?? ""),
      .string(row.formerName ?? ""), .int(Self.number(row.presence)), .int(row.depth),
      .array(runs),
    ]
  }

  /// The text without spaces between values, and without what HTML could take for its own.
  ///
  /// In JSON, `<`, `>` and `&` stand only in strings, where `\u003c` means the same.
  static func compact(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var isString = false
    var isEscaped = false
    for byte in bytes {
      switch byte {
      case UInt8(ascii: " ") where !isString: continue
      case UInt8(ascii: "<"): result += #"\u003c"#.utf8
      case UInt8(ascii: ">"): result += #"\u003e"#.utf8
      case UInt8(ascii: "&"): result += #"\u0026"#.utf8
      default: result.append(byte)
      }
      if byte == UInt8(ascii: "\""), !isEscaped { isString.toggle() }
      isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
    }
    return result
  }
}

/// Texts by their numbers, each there once; 0 is none.
private struct Texts {
  private(set) var all = [""]
  private var numbers: [String: Int] = ["": 0]

  subscript(text: String?) -> JSONValue {
    mutating get {
      let text = text ?? ""
      if let known = numbers[text] { return .int(known) }
      all.append(text)
      numbers[text] = all.count - 1
      return .int(all.count - 1)
    }
  }
}
