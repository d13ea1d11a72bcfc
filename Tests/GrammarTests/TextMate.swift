import Foundation

/// Colours text as an editor does with a TextMate grammar: line by line, with a stack of the rules
/// that are open, as far as this grammar uses the format.
///
/// Follows "Language Grammars" of the TextMate manual: at each place the earliest match of any
/// pattern wins, the first in the list among equals, and the end of the open rule before them all.
struct TextMate {
  /// A rule of the grammar.
  final class Rule: Decodable {
    let name: String?
    let include: String?
    let match: String?
    let begin: String?
    let end: String?
    let patterns: [Rule]?
    let captures: [String: Rule]?
    let beginCaptures: [String: Rule]?
    let endCaptures: [String: Rule]?
  }

  private struct File: Decodable {
    let scopeName: String
    let patterns: [Rule]
    let repository: [String: Rule]
  }

  private let file: File
  private var expressions: [String: NSRegularExpression] = [:]

  init(_ json: Data) throws {
    file = try JSONDecoder().decode(File.self, from: json)
  }

  private struct Open {
    let rule: Rule?
    let patterns: [Rule]
  }

  private struct Hit {
    let rule: Rule?
    let match: NSTextCheckingResult
  }

  /// The scopes of every UTF-16 unit of a text, joined by spaces.
  mutating func scopes(_ text: String) throws -> [String] {
    var result: [String] = []
    var stack = [Open(rule: nil, patterns: file.patterns)]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      try scopes(String(line) + "\n", &stack, &result)
    }
    return result
  }

  private mutating func scopes(
    _ line: String,
    _ stack: inout [Open],
    _ result: inout [String]
  ) throws {
    let base = result.count
    let length = line.utf16.count
    var position = 0
    var stuck = 0
    func outer() -> String { stack.compactMap { $0.rule?.name }.joined(separator: " ") }
    while position < length {
      guard let hit = try earliest(in: line, from: position, stack[stack.count - 1]) else { break }
      let range = hit.match.range
      result += Array(repeating: outer(), count: range.location - position)
      let isSame = range.length == 0 && range.location == position
      stuck = isSame ? stuck + 1 : 0
      if stuck > 20 { throw CocoaError(.formatting) }
      if let rule = hit.rule {
        let within = [outer(), rule.name ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
        result += Array(repeating: within, count: range.length)
        paint(rule.beginCaptures ?? rule.captures, hit.match, base, &result)
        if rule.begin != nil { stack.append(Open(rule: rule, patterns: rule.patterns ?? [])) }
      } else {
        result += Array(repeating: outer(), count: range.length)
        paint(stack[stack.count - 1].rule?.endCaptures, hit.match, base, &result)
        stack.removeLast()
      }
      position = range.location + range.length
    }
    result += Array(repeating: outer(), count: length - position)
  }

  private func paint(
    _ captures: [String: Rule]?,
    _ match: NSTextCheckingResult,
    _ base: Int,
    _ result: inout [String]
  ) {
    for (key, rule) in (captures ?? [:]).sorted(by: { $0.key < $1.key }) {
      guard let group = Int(key), let name = rule.name, group < match.numberOfRanges else {
        continue
      }
      let range = match.range(at: group)
      guard range.location != NSNotFound else { continue }
      for index in range.location..<range.location + range.length where base + index < result.count
      {
        result[base + index] += " " + name
      }
    }
  }

  private mutating func earliest(in line: String, from position: Int, _ open: Open) throws -> Hit? {
    var best: Hit?
    func consider(_ rule: Rule?, _ match: NSTextCheckingResult?) {
      guard let match else { return }
      if let best, best.match.range.location <= match.range.location { return }
      best = Hit(rule: rule, match: match)
    }
    if let end = open.rule?.end {
      consider(nil, try first(end, in: line, from: position))
    }
    for rule in flattened(open.patterns) {
      guard let expression = rule.match ?? rule.begin else { continue }
      let match = try first(expression, in: line, from: position)
      // A match of nothing would never come to an end.
      if rule.match != nil, match?.range.length == 0 { continue }
      consider(rule, match)
      if best?.match.range.location == position, best?.rule === rule { break }
    }
    return best
  }

  private func flattened(_ rules: [Rule]) -> [Rule] {
    rules.flatMap { rule -> [Rule] in
      if let include = rule.include {
        guard let target = file.repository[String(include.dropFirst())] else { return [] }
        return flattened([target])
      }
      if rule.match == nil, rule.begin == nil { return flattened(rule.patterns ?? []) }
      return [rule]
    }
  }

  private mutating func first(
    _ pattern: String,
    in line: String,
    from position: Int
  ) throws -> NSTextCheckingResult? {
    let expression = try expressions[pattern] ?? NSRegularExpression(pattern: pattern)
    expressions[pattern] = expression
    return expression.firstMatch(
      in: line,
      options: [.withTransparentBounds, .withoutAnchoringBounds],
      range: NSRange(location: position, length: line.utf16.count - position)
    )
  }
}
