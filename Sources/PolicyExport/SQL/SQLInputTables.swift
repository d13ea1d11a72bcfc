import PolicyEngine
import PolicyModel
import PolicySource

/// The tables that their users fill: principals, what these hold, resources, requests.
///
/// They are left as they are where they exist. Columns have the names and types of attributes, and
/// refuse what is no value of that type, as Pol refuses requests.
struct SQLInputTables {
  /// PostgreSQL cuts longer names off, without an error.
  private static let longestName = 63
  /// PostgreSQL has no tables with more than 1,600 columns; some are taken already.
  private static let mostColumns = 1590

  private let set: PolicySet
  var text = SQLText()

  init(_ set: PolicySet) { self.set = set }

  mutating func statements() -> String {
    checkNames()
    return form() + """
      CREATE TABLE IF NOT EXISTS pol_principals (
        principal TEXT PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('user', 'service-account', 'anonymous')),
        id TEXT,
        open_groups TEXT[] CHECK (array_position(open_groups, NULL) IS NULL),
      \(columns(.principal))\
        CHECK (kind <> 'anonymous' OR (id IS NULL AND open_groups IS NULL))
      );
      CREATE TABLE IF NOT EXISTS pol_principal_policies (
        principal TEXT NOT NULL,
        policy TEXT NOT NULL,
        everywhere BOOLEAN NOT NULL DEFAULT FALSE,
        unit TEXT,
        CHECK (everywhere = (unit IS NULL))
      );
      CREATE TABLE IF NOT EXISTS pol_resources (
        resource TEXT PRIMARY KEY,
        id TEXT,
        outside BOOLEAN NOT NULL DEFAULT FALSE,
        unit TEXT,
      \(columns(.resource))\
        CHECK (NOT (outside AND unit IS NOT NULL))
      );
      CREATE TABLE IF NOT EXISTS pol_requests (
        request TEXT PRIMARY KEY,
        principal TEXT NOT NULL,
        action TEXT NOT NULL,
      \(columns(.context))\
        resource TEXT
      );

      """
  }

  /// Stops the script where the tables were made for other attributes: their checks are not those of
  /// this catalogue.
  private mutating func form() -> String {
    var attributes: [String] = []
    for attribute in set.catalogue.attributes.elements {
      attributes.append("\(describe(string: attribute.path)): \(attribute.type.word)")
    }
    let span = set.catalogue.headings.first?.span ?? SourceSpan(file: FileID(0), lower: 0, upper: 0)
    let form = text.literal(attributes.joined(separator: ", "), at: span)
    return """
      CREATE TABLE IF NOT EXISTS pol_attributes (
        attributes TEXT NOT NULL CONSTRAINT "the tables pol_principals etc. have other attributes"
          CHECK (attributes = \(form))
      );
      DELETE FROM pol_attributes;
      INSERT INTO pol_attributes VALUES (\(form));

      """
  }

  private mutating func columns(_ space: AttributeSpace) -> String {
    var text = ""
    for attribute in set.catalogue.attributes.elements where attribute.space == space {
      let name = SQLText.name(attribute.path)
      text += "  \(name) \(attribute.type.columnType)"
      if let check = check(attribute, name) { text += "\n    CHECK (\(check))" }
      text += ",\n"
    }
    return text
  }

  /// What a value of the type is; NULL, which is missing, passes every check.
  private mutating func check(_ attribute: Attribute, _ name: String) -> String? {
    let isWhole = "array_position(\(name), NULL) IS NULL"
    switch attribute.type {
    case .bool, .int, .string: return nil
    case .ip: return "\(name) ~ '^[0-9a-f]{32}$'"
    case .time: return "isfinite(\(name))"
    case .oneOf(let words):
      let literals = words.map { text.literal($0, at: attribute.heading.span) }
      return "\(name) IN (\(literals.joined(separator: ", ")))"
    case .principal: return "\(name) ~ '^(user|service-account):'"
    case .path: return Self.isPath("'/' || \(name) || '/'")
    case .strings: return isWhole
    case .principals:
      return "\(isWhole) AND (\(name) = ARRAY[]::TEXT[] OR array_to_string(\(name), chr(10))"
        + " ~ '^((user|service-account):[^\\n]*(\\n|$))+$')"
    case .paths:
      let paths = "'/' || array_to_string(\(name), '/' || chr(10) || '/') || '/'"
      return "\(isWhole) AND (\(name) = ARRAY[]::TEXT[] OR (\(Self.isPath(paths))))"
    }
  }

  private static func isPath(_ slashed: String) -> String {
    ["//", "/./", "/../"].map { "strpos(\(slashed), '\($0)') = 0" }.joined(separator: " AND ")
  }

  /// Names that the engines would take for others.
  private mutating func checkNames() {
    var seen: [String: Attribute] = [:]
    var counts: [AttributeSpace: Int] = [:]
    for attribute in set.catalogue.attributes.elements {
      let (path, span) = (attribute.path, attribute.heading.nameSpan)
      if path.utf8.count > Self.longestName {
        let help = "PostgreSQL cuts the names of columns off after \(Self.longestName) bytes"
        let what = "`\(path)`, a name of \(path.utf8.count) bytes"
        text.report(NotExpressible.finding(what, in: "SQL", at: span, help: help))
      }
      if let other = seen.updateValue(attribute, forKey: path.lowercased()) {
        let what = "`\(path)` beside `\(other.path)`"
        text.report(
          NotExpressible.finding(
            what,
            in: "SQL",
            at: span,
            secondary: [Label(other.heading.nameSpan, "the same, but for its case")],
            help: "DuckDB takes names of columns for the same whose letters are"
          )
        )
      }
      counts[attribute.space, default: 0] += 1
      if counts[attribute.space] == Self.mostColumns + 1 {
        let what = "more than \(Self.mostColumns) attributes of `\(attribute.space.rawValue)`"
        let help = "PostgreSQL has no tables of more than 1,600 columns"
        text.report(NotExpressible.finding(what, in: "SQL", at: span, help: help))
      }
    }
  }
}

extension AttributeType {
  /// The type of a column that has its values.
  fileprivate var columnType: String {
    switch self {
    case .bool: "BOOLEAN"
    case .int: "BIGINT"
    case .time: "TIMESTAMPTZ"
    case .string, .ip, .path, .principal, .oneOf: "TEXT"
    case .strings, .paths, .principals: "TEXT[]"
    }
  }
}
