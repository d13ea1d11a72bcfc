import PolicySource

/// Places and edits as SARIF has them.
enum SARIFPlace {
  /// A location (section 3.28); related ones have an id and a message.
  static func location(
    _ span: SourceSpan,
    in sources: SourceMap,
    id: Int? = nil,
    _ text: String = ""
  ) -> JSONValue {
    var members: [JSONMember] = []
    if let id { members.append(JSONMember("id", .int(id))) }
    members.append(
      JSONMember(
        "physicalLocation",
        [
          "artifactLocation": artifact(sources[span.file].path),
          "region": region(span, in: sources),
        ]
      )
    )
    if !text.isEmpty { members.append(JSONMember("message", ["text": .string(text)])) }
    return .object(members)
  }

  /// A fix (section 3.55): its edits by file.
  static func fix(_ fix: Fix, in sources: SourceMap) -> JSONValue {
    let files = Set(fix.edits.map(\.span.file)).sorted()
    let changes = files.map { file -> JSONValue in
      let edits = fix.edits.filter { $0.span.file == file }.sorted { $0.span < $1.span }
      return [
        "artifactLocation": artifact(sources[file].path),
        "replacements": .array(
          edits.map { edit in
            [
              "deletedRegion": region(edit.span, in: sources),
              "insertedContent": ["text": .string(edit.replacement)],
            ]
          }
        ),
      ]
    }
    return ["description": ["text": .string(fix.title)], "artifactChanges": .array(changes)]
  }

  /// A region (section 3.30) of lines and columns; an empty one is a place to insert at.
  private static func region(_ span: SourceSpan, in sources: SourceMap) -> JSONValue {
    let file = sources[span.file]
    let start = place(of: span.lower, in: file)
    let end = place(of: span.upper, in: file)
    return [
      "startLine": .int(start.line),
      "startColumn": .int(start.column),
      "endLine": .int(end.line),
      "endColumn": .int(end.column),
    ]
  }

  /// Line and column from 1, columns in UTF-16 code units; a byte order mark has none
  /// (section 3.30.2).
  private static func place(of offset: UInt32, in file: SourceFile) -> (line: Int, column: Int) {
    let offset = min(offset, UInt32(file.bytes.count))
    let line = file.lineIndex(of: offset)
    var before = file.text(file.lineStarts[line], offset)
    if line == 0, before.unicodeScalars.first == "\u{FEFF}" { before.unicodeScalars.removeFirst() }
    return (line + 1, before.utf16.count + 1)
  }

  /// An artifact location (section 3.4): relative paths are relative to the root of the sources.
  private static func artifact(_ path: String) -> JSONValue {
    let uri = uri(FindingsReport.withoutDot(path))
    return path.hasPrefix("/")
      ? ["uri": .string("file://" + uri)] : ["uri": .string(uri), "uriBaseId": "%SRCROOT%"]
  }

  /// A path as part of a URI (RFC 3986, section 2): everything but unreserved characters and
  /// slashes is percent-encoded.
  static func uri(_ path: String) -> String {
    var bytes: [UInt8] = []
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
        bytes.append(byte)
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        bytes += ("%" + (digits.count == 1 ? "0" : "") + digits).utf8
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
