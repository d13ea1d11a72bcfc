import PolicyEngine
import PolicyModel

/// Requests as rows of the tables that an exported script makes, written from
/// `Grammar/export-sql.md` alone.
struct SQLInputs {
  private let set: PolicySet

  init(_ set: PolicySet) { self.set = set }

  /// The request that the tables can say: their times are whole microseconds from the year 1 on.
  static func sayable(_ request: RequestData) -> RequestData? {
    var request = request
    for (attribute, value) in request.values {
      guard case .time(let time) = value else { continue }
      guard time.seconds >= -62_135_596_800 else { return nil }
      let whole = time.nanoseconds / 1000 * 1000
      request.values[attribute] = .time(Instant(seconds: time.seconds, nanoseconds: whole))
    }
    return request
  }

  /// Statements that fill the tables; the request at a position is named by it.
  func statements(_ requests: [RequestData]) -> String {
    var tables = [
      Rows("pol_principals", ["principal", "kind", "id", "open_groups"] + columns(.principal)),
      Rows("pol_resources", ["resource", "id", "outside", "unit"] + columns(.resource)),
      Rows("pol_requests", ["request", "principal", "action", "resource"] + columns(.context)),
      Rows("pol_principal_policies", ["principal", "policy", "everywhere", "unit"]),
    ]
    for (number, request) in requests.enumerated() {
      let key = "'\(number)'"
      tables[0].add([key] + principal(request) + values(request, .principal))
      tables[1].add([key] + resource(request) + values(request, .resource))
      let action = quoted(set.catalogue.actions[request.action].path)
      tables[2].add([key, key, action, key] + values(request, .context))
      for held in request.held {
        let policy = quoted(set.policies[held.policy].heading.name)
        let unit = held.unit.map { quoted(set.units[$0].path) }
        tables[3].add([key, policy, "\(unit == nil)", unit ?? "NULL"])
      }
    }
    return tables.map(\.statement).joined()
  }

  private func principal(_ request: RequestData) -> [String] {
    guard request.kind != .anonymous else { return ["'anonymous'", "NULL", "NULL"] }
    var id = "NULL"
    if case .named(let name) = request.identity { id = quoted(name) }
    let groups = request.groups.map { array($0.sorted().map { set.groups[$0].heading.name }) }
    return [quoted(request.kind.word), id, groups ?? "NULL"]
  }

  private func resource(_ request: RequestData) -> [String] {
    let id = request.resourceID.map { quoted($0) } ?? "NULL"
    switch request.unit {
    case .unknown: return [id, "FALSE", "NULL"]
    case .outside: return [id, "TRUE", "NULL"]
    case .unit(let unit): return [id, "FALSE", quoted(set.units[unit].path)]
    }
  }

  private func attributes(_ space: AttributeSpace) -> [AttributeIndex] {
    set.catalogue.attributes.indices.filter { set.catalogue.attributes[$0].space == space }
  }

  private func columns(_ space: AttributeSpace) -> [String] {
    attributes(space).map {
      "\"\(set.catalogue.attributes[$0].path.replacing("\"", with: "\"\""))\""
    }
  }

  private func values(_ request: RequestData, _ space: AttributeSpace) -> [String] {
    attributes(space).map { request.values[$0].map { literal($0) } ?? "NULL" }
  }

  private func literal(_ value: Value) -> String {
    switch value {
    case .bool(let flag): "\(flag)"
    case .int(let number): "'\(number)'"
    case .string(let text), .path(let text): quoted(text)
    case .ip(let address): "'\(digits(address))'"
    case .time(let time): "'\(time)'"
    case .principal(let id): quoted("\(id.kind.word):\(id.id)")
    case .strings(let texts), .paths(let texts): array(texts)
    case .principals(let ids): array(ids.map { "\($0.kind.word):\($0.id)" })
    }
  }

  private func array(_ texts: [String]) -> String {
    "ARRAY[" + texts.map { quoted($0) }.joined(separator: ", ") + "]::TEXT[]"
  }

  private func digits(_ address: IPAddress) -> String {
    func hexadecimal(_ word: UInt64, _ count: Int) -> String {
      let text = String(word, radix: 16)
      return String(repeating: "0", count: count - text.count) + text
    }
    guard address.isVersion4 else {
      return hexadecimal(address.high, 16) + hexadecimal(address.low, 16)
    }
    return "00000000000000000000ffff" + hexadecimal(address.low, 8)
  }

  private func quoted(_ text: String) -> String { "'\(text.replacing("'", with: "''"))'" }
}

/// One statement that fills one table.
private struct Rows {
  private let head: String
  private var rows: [String] = []

  init(_ table: String, _ columns: [String]) {
    head = "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES\n"
  }

  mutating func add(_ literals: [String]) { rows.append("(\(literals.joined(separator: ", ")))") }

  var statement: String { rows.isEmpty ? "" : head + rows.joined(separator: ",\n") + ";\n" }
}
