import Foundation
package import PolicyReport

/// Holds JSON to a JSON Schema, as far as the schemas in `Grammar` go.
///
/// A keyword that it does not know is a problem, so that none is passed over.
package struct SchemaValidator {
  private let root: [String: Any]

  package init(grammar name: String) throws {
    var folder = URL(filePath: #filePath)
    for _ in 0..<3 { folder.deleteLastPathComponent() }
    let data = try Data(contentsOf: folder.appending(path: "Grammar/\(name)"))
    root = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
  }

  package func problems(with value: JSONValue) -> [String] { problems(value, root, at: "$") }

  private static let remarks: Set<String> = [
    "$schema", "$id", "$defs", "title", "description", "default",
  ]

  private func problems(_ value: JSONValue, _ schema: Any, at path: String) -> [String] {
    if let allowed = schema as? Bool { return allowed ? [] : ["\(path): not allowed"] }
    guard let schema = schema as? [String: Any] else { return ["\(path): no schema"] }
    return schema.sorted { $0.key < $1.key }.flatMap { keyword, rule -> [String] in
      switch keyword {
      case "$ref": return problems(value, definition(rule), at: path)
      case "type":
        let types = rule as? [String] ?? [rule as? String ?? ""]
        return types.contains(where: { value.isOf($0) }) ? [] : ["\(path): is \(value.kind)"]
      case "enum", "const":
        let words = rule as? [Any] ?? [rule]
        return words.contains(where: { value.equals($0) }) ? [] : ["\(path): none of \(words)"]
      case "required":
        guard case .object(let members) = value else { return [] }
        let keys = members.map(\.key)
        return (rule as? [String] ?? []).filter { !keys.contains($0) }.map { "\(path): no \($0)" }
      case "properties":
        let properties = rule as? [String: Any] ?? [:]
        let others = schema["additionalProperties"] ?? true
        guard case .object(let members) = value else { return [] }
        return members.flatMap { member in
          problems(member.value, properties[member.key] ?? others, at: "\(path).\(member.key)")
        }
      case "additionalProperties":
        guard schema["properties"] == nil, case .object(let members) = value else { return [] }
        return members.flatMap { problems($0.value, rule, at: "\(path).\($0.key)") }
      case "items":
        guard case .array(let elements) = value else { return [] }
        return elements.enumerated().flatMap { problems($1, rule, at: "\(path)[\($0)]") }
      case "oneOf", "anyOf":
        let choices = rule as? [Any] ?? []
        let fitting = choices.count { problems(value, $0, at: path).isEmpty }
        let isFine = keyword == "oneOf" ? fitting == 1 : fitting > 0
        return isFine ? [] : ["\(path): \(fitting) of \(choices.count) choices"]
      case "minimum":
        guard case .integer(let number) = value, let least = rule as? Int else { return [] }
        return number >= least ? [] : ["\(path): \(number) is too small"]
      default: return Self.remarks.contains(keyword) ? [] : ["\(path): keyword \(keyword)"]
      }
    }
  }

  private func definition(_ reference: Any) -> Any {
    let name = (reference as? String)?.split(separator: "/").last.map(String.init) ?? ""
    return (root["$defs"] as? [String: Any])?[name] ?? false
  }
}

extension JSONValue {
  fileprivate func isOf(_ type: String) -> Bool {
    switch self {
    case .null: type == "null"
    case .bool: type == "boolean"
    case .integer: type == "integer" || type == "number"
    case .number: type == "number"
    case .string: type == "string"
    case .array: type == "array"
    case .object: type == "object"
    }
  }

  fileprivate func equals(_ other: Any) -> Bool {
    switch self {
    case .string(let text): (other as? String) == text
    case .integer(let number): (other as? Int) == Int(number)
    case .bool(let truth): (other as? Bool) == truth
    default: false
    }
  }
}
