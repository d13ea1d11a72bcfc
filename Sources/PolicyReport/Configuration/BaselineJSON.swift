extension Baseline {
  /// The baseline as a file: one finding a line, in a stable order, for small differences.
  package var bytes: [UInt8] {
    var bytes = Array("{\n  \"schema\": \(Self.schema),\n  \"findings\": [".utf8)
    for (index, entry) in entries.enumerated() {
      bytes += (index == 0 ? "\n    " : ",\n    ").utf8
      bytes += JSONWriter.line([
        "file": .string(entry.file),
        "code": .string(entry.code),
        "count": .int(entry.count),
        "message": .string(entry.message),
        "fingerprint": .string(entry.fingerprint.text),
      ])
    }
    return bytes + (entries.isEmpty ? "]\n}\n" : "\n  ]\n}\n").utf8
  }

  /// Reads a baseline; nothing in it is passed over.
  package init(reading bytes: [UInt8]) throws(JSONError) {
    let value = try JSONParser.parse(bytes)
    guard case .object(let members) = value, members.map(\.key) == ["schema", "findings"],
      case .integer(Int64(Self.schema)) = members[0].value,
      case .array(let findings) = members[1].value
    else { throw JSONError("it is no baseline of schema \(Self.schema)", at: 0) }
    var entries: [Entry] = []
    for (index, finding) in findings.enumerated() {
      guard let entry = Entry(finding) else {
        throw JSONError("its finding \(index + 1) is none", at: 0)
      }
      entries.append(entry)
    }
    self.entries = entries
  }
}

extension Baseline.Entry {
  fileprivate init?(_ value: JSONValue) {
    guard case .object(let members) = value,
      members.map(\.key) == ["file", "code", "count", "message", "fingerprint"],
      case .string(let file) = members[0].value, case .string(let code) = members[1].value,
      case .integer(let count) = members[2].value, count > 0, count < 1 << 32,
      case .string(let message) = members[3].value, case .string(let text) = members[4].value,
      let fingerprint = Fingerprint(text)
    else { return nil }
    self.init(
      code: code,
      file: file,
      message: message,
      fingerprint: fingerprint,
      count: Int(count)
    )
  }
}
