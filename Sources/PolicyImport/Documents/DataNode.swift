import PolicyReport
import PolicySource

/// A value of a JSON or YAML text, with its place.
struct DataNode: Sendable {
  indirect enum Value: Sendable {
    case null
    case bool(Bool)
    /// A number as it was written, or whatever else of YAML is no text.
    case number(String)
    case string(String)
    case list([DataNode])
    case object([DataMember])
  }

  let value: Value
  let span: SourceSpan

  /// How messages name its kind, with an article.
  var kind: String {
    switch value {
    case .null: "nothing"
    case .bool: "a boolean"
    case .number: "a number"
    case .string: "a text"
    case .list: "a list"
    case .object: "an object"
    }
  }

  var string: String? { if case .string(let text) = value { text } else { nil } }

  /// The members of an object; none of any other value.
  var members: [DataMember] { if case .object(let members) = value { members } else { [] } }

  subscript(key: String) -> DataNode? {
    members.first { $0.key.text.utf8.elementsEqual(key.utf8) }?.value
  }
}

extension DataNode {
  /// Whether it is an object without other keys than these; what it is instead is reported.
  ///
  /// - Complexity: O(members × keys).
  func isObject(of keys: [String], _ report: inout ImportReport) -> Bool {
    guard case .object(let members) = value else {
      report.unreadable(span, "\(kind) stands where an object is expected")
      return false
    }
    for member in members where !keys.contains(where: { Name($0) == member.key }) {
      let near = Suggestion.nearest(to: member.key.text, among: keys)
      report.unreadable(
        member.keySpan,
        "there is no key `\(member.key.text)` here",
        help: Suggestion.question(near) ?? "the keys are " + keys.joined(separator: ", ")
      )
      return false
    }
    return true
  }
}

/// A member of an object, with the place of its key.
struct DataMember: Sendable {
  let key: Name
  let keySpan: SourceSpan
  let value: DataNode
}

extension DataNode {
  /// The value of a JSON text.
  ///
  /// - Complexity: O(bytes × depth), of which there are at most 64 levels.
  static func json(_ file: SourceFile, as id: FileID, _ report: inout ImportReport) -> DataNode? {
    do throws(JSONError) {
      let value = try JSONParser.parse(file.bytes)
      let places = JSONPlaces(file.bytes)
      return DataNode(value, at: places.root, places, id)
    } catch {
      let end = min(error.offset + 1, file.bytes.count)
      let place = SourceSpan(
        file: id,
        lower: UInt32(min(error.offset, end)),
        upper: UInt32(end)
      )
      report.unreadable(place, "this is no JSON: \(error.message)")
      return nil
    }
  }

  private init(_ json: JSONValue, at range: Range<Int>, _ places: JSONPlaces, _ file: FileID) {
    func span(_ range: Range<Int>) -> SourceSpan {
      SourceSpan(file: file, lower: UInt32(range.lowerBound), upper: UInt32(range.upperBound))
    }
    self.span = span(range)
    switch json {
    case .null: value = .null
    case .bool(let flag): value = .bool(flag)
    case .integer(let number): value = .number(String(number))
    case .number(let text): value = .number(text)
    case .string(let text): value = .string(text)
    case .array(let elements):
      value = .list(
        zip(elements, places.elements(of: range)).map { DataNode($0, at: $1, places, file) }
      )
    case .object(let members):
      value = .object(
        zip(members, places.members(of: range)).map { member, place in
          DataMember(
            key: Name(member.key),
            keySpan: span(place.key),
            value: DataNode(member.value, at: place.value, places, file)
          )
        }
      )
    }
  }
}
