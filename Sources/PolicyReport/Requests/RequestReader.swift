package import PolicyEngine
import PolicySource

/// A request as one line of JSON says it, with the id by which its answer is told.
package struct ReadRequest: Sendable {
  /// The `id` of the line, where it has one, also when the rest is refused.
  package let id: String?
  /// The request, unless its form is wrong.
  package let document: RequestDocument?
  /// What is wrong with its form, one phrase each.
  package let problems: [String]
  /// Why the line is not even JSON.
  package let syntaxError: JSONError?
  /// What was answered when the line was written, where it says so.
  package let recorded: RecordedAnswer?
  /// The paths of what the request had and the line leaves out, such as `context.ip`.
  package let omitted: [String]

  init(
    id: String?,
    document: RequestDocument?,
    problems: [String],
    syntaxError: JSONError? = nil,
    recorded: RecordedAnswer? = nil,
    omitted: [String] = []
  ) {
    self.id = id
    self.document = document
    self.problems = problems
    self.syntaxError = syntaxError
    self.recorded = recorded
    self.omitted = omitted
  }
}

/// Reads requests in the information model of the OpenID AuthZEN Authorization API 1.0.
///
/// One object a line. Unknown keys are refused, by their path, and so is null where it says nothing.
/// A line of a decision log has the answer beside the request, in the form in which it was given.
package struct RequestReader {
  var problems: [String] = []

  /// The request of a line, or everything that is wrong with its form.
  ///
  /// - Complexity: O(bytes).
  package static func read(_ line: ArraySlice<UInt8>) -> ReadRequest {
    do throws(JSONError) {
      var reader = RequestReader()
      return reader.request(try JSONParser.parse(line))
    } catch {
      let problem = "the line is not JSON: \(error.message), at byte \(error.offset + 1)"
      return ReadRequest(id: nil, document: nil, problems: [problem], syntaxError: error)
    }
  }

  private mutating func request(_ value: JSONValue) -> ReadRequest {
    guard case .object(let members) = value else {
      let problem = "the request is \(value.kind), not an object"
      return ReadRequest(id: nil, document: nil, problems: [problem])
    }
    var id: String?
    var document = RequestDocument(action: "")
    var (hasSubject, hasAction) = (false, false)
    var answer = AnswerParts()
    for member in members {
      let key = member.key
      switch key {
      case "id": id = string(member.value, at: key)
      case "subject":
        hasSubject = true
        subject(member.value, &document)
      case "action":
        hasAction = true
        action(member.value, &document)
      case "resource": resource(member.value, &document)
      case "context": document.context = properties(member.value, at: key)
      default:
        if !answerPart(member, &answer) {
          unknown(key, in: "", ["id", "subject", "action", "resource", "context"])
        }
      }
    }
    if !hasSubject { missing("subject") }
    if !hasAction { missing("action") }
    let recorded = recorded(answer)
    return ReadRequest(
      id: id,
      document: problems.isEmpty ? document : nil,
      problems: problems,
      recorded: recorded,
      omitted: answer.omitted
    )
  }

  private mutating func subject(_ value: JSONValue, _ document: inout RequestDocument) {
    let known = ["type", "id", "groups", "policies", "properties"]
    var hasType = false
    for member in members(value, at: "subject") {
      let path = "subject.\(member.key)"
      switch member.key {
      case "type":
        hasType = true
        document.subjectType = string(member.value, at: path) ?? document.subjectType
      case "id": document.subjectID = string(member.value, at: path)
      case "groups":
        document.groups = elements(member.value, at: path).compactMap { string($0, at: $1) }
      case "policies":
        document.policies = elements(member.value, at: path).compactMap { holding($0, at: $1) }
      case "properties": document.subjectProperties = properties(member.value, at: path)
      default: unknown(member.key, in: "subject.", known)
      }
    }
    if !hasType, isObject(value) { missing("subject.type") }
  }

  private mutating func action(_ value: JSONValue, _ document: inout RequestDocument) {
    var hasName = false
    for member in members(value, at: "action") {
      switch member.key {
      case "name":
        hasName = true
        document.action = string(member.value, at: "action.name") ?? ""
      default: unknown(member.key, in: "action.", ["name"])
      }
    }
    if !hasName, isObject(value) { missing("action.name") }
  }

  private mutating func resource(_ value: JSONValue, _ document: inout RequestDocument) {
    for member in members(value, at: "resource") {
      let path = "resource.\(member.key)"
      switch member.key {
      case "type": document.resourceType = string(member.value, at: path)
      case "id": document.resourceID = string(member.value, at: path)
      case "unit":
        // Here null says something: outside every unit.
        if case .null = member.value {
          document.unit = .outside
        } else if let unit = string(member.value, at: path) {
          document.unit = .unit(unit)
        }
      case "properties": document.resourceProperties = properties(member.value, at: path)
      default: unknown(member.key, in: "resource.", ["type", "id", "unit", "properties"])
      }
    }
  }

  /// `"Observer"`, or `{"policy": "User", "in": "acme/plant-2"}`.
  private mutating func holding(_ value: JSONValue, at path: String) -> HeldPolicy? {
    if case .string(let name) = value { return HeldPolicy(name) }
    guard isObject(value) else {
      problems.append("`\(path)` is \(value.kind), neither a string nor an object")
      return nil
    }
    var name: String?
    var unit: String?
    for member in members(value, at: path) {
      switch member.key {
      case "policy": name = string(member.value, at: path + ".policy")
      case "in": unit = string(member.value, at: path + ".in")
      default: unknown(member.key, in: path + ".", ["policy", "in"])
      }
    }
    if name == nil { missing(path + ".policy") }
    return name.map { HeldPolicy($0, in: unit) }
  }

  private mutating func properties(_ value: JSONValue, at path: String) -> [NamedValue] {
    members(value, at: path).map { NamedValue($0.key, RawValue($0.value)) }
  }
}

// MARK: - The forms of JSON

extension RequestReader {
  func isObject(_ value: JSONValue) -> Bool {
    if case .object = value { true } else { false }
  }

  mutating func members(_ value: JSONValue, at path: String) -> [JSONMember] {
    if case .object(let members) = value { return members }
    problems.append("`\(path)` is \(value.kind), not an object")
    return []
  }

  mutating func elements(
    _ value: JSONValue,
    at path: String
  ) -> [(value: JSONValue, path: String)] {
    guard case .array(let elements) = value else {
      problems.append("`\(path)` is \(value.kind), not an array")
      return []
    }
    return elements.enumerated().map { ($1, "\(path)[\($0)]") }
  }

  mutating func string(_ value: JSONValue, at path: String) -> String? {
    if case .string(let text) = value { return text }
    problems.append("`\(path)` is \(value.kind), not a string")
    return nil
  }

  mutating func missing(_ path: String) {
    problems.append("`\(path)` is missing")
  }

  mutating func unknown(_ key: String, in prefix: String, _ known: [String]) {
    let near = Suggestion.question(Suggestion.nearest(to: key, among: known))
    problems.append("there is no key `\(prefix)\(key)`" + (near.map { " (\($0))" } ?? ""))
  }
}

extension RawValue {
  /// The value of a JSON text.
  package init(_ value: JSONValue) {
    switch value {
    case .null: self = .null
    case .bool(let flag): self = .bool(flag)
    case .integer(let number): self = .int(number)
    case .number: self = .other(value.kind)
    case .string(let text): self = .string(text)
    case .array(let elements): self = .array(elements.map { RawValue($0) })
    case .object(let members): self = Self.principal(members) ?? .other(value.kind)
    }
  }

  /// An object with exactly the keys `type` and `id`, both strings.
  private static func principal(_ members: [JSONMember]) -> RawValue? {
    guard members.count == 2, case .string(let first) = members[0].value,
      case .string(let second) = members[1].value
    else { return nil }
    switch (members[0].key, members[1].key) {
    case ("type", "id"): return .object(type: first, id: second)
    case ("id", "type"): return .object(type: second, id: first)
    default: return nil
    }
  }
}
