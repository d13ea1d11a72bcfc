import PolicySource

/// How a Casbin policy is to be read: which of its values is what.
struct CasbinModel: Sendable {
  /// The positions of what a `p` line says.
  var subject = 0
  var domain: Int?
  var object = 1
  var action = 2
  /// The position of `allow` or `deny`, where there is one.
  var effect: Int?
  /// How many values a `p` line has.
  var valueCount = 3
  /// Whether subjects have roles, which `g` lines say.
  var hasRoles = true
  /// Whether a `g` line says in which domain a role is had.
  var rolesAreOfDomains = false
  /// Whether a denial overrules; otherwise it is nothing.
  var denialsCount = false

  /// What is read where no model is given: role-based access control as Casbin's manual has it.
  static let standard = CasbinModel()
}

/// A setting of a model, such as `e = some(where (p.eft == allow))`.
struct CasbinSetting: Sendable {
  let section: String
  let key: String
  let value: String
  let span: SourceSpan

  /// The settings of a file, in order.
  ///
  /// - Complexity: O(bytes).
  static func settings(
    of file: SourceFile,
    as id: FileID,
    _ report: inout ImportReport
  ) -> [CasbinSetting] {
    guard let lines = file.placedLines(as: id) else {
      report.unreadable(SourceSpan(file: id, lower: 0, upper: 0), "the file is not UTF-8")
      return []
    }
    var settings: [CasbinSetting] = []
    var section = ""
    // A backslash at the end of a line goes on in the next.
    var begun: PlacedText?
    for line in lines {
      let text = line.trimmed
      if begun == nil, text.isEmpty || text.hasPrefix("#") || text.hasPrefix(";") { continue }
      if begun == nil, text.hasPrefix("["), text.hasSuffix("]") {
        section = String(text.dropFirst().dropLast())
        continue
      }
      let whole = PlacedText(
        text: (begun?.text ?? "") + (text.hasSuffix("\\") ? String(text.dropLast()) + " " : text),
        span: begun?.span.union(line.span) ?? line.span
      )
      begun = text.hasSuffix("\\") ? whole : nil
      if begun == nil { read(whole, in: section, &settings, &report) }
    }
    if let begun { read(begun, in: section, &settings, &report) }
    return settings
  }

  private static func read(
    _ line: PlacedText,
    in section: String,
    _ settings: inout [CasbinSetting],
    _ report: inout ImportReport
  ) {
    guard let equals = line.text.firstIndex(of: "=") else {
      return report.unreadable(line.span, "a line of the model is neither a section nor `key = …`")
    }
    let key = line.text[..<equals].unicodeScalars
    // What follows a `#` is a comment in the section of matchers.
    let value = line.text[line.text.index(after: equals)...].unicodeScalars
    let end = section == "matchers" ? value.firstIndex(of: "#") ?? value.endIndex : value.endIndex
    settings.append(
      CasbinSetting(
        section: section,
        key: String(PlacedText.trimmed(key)),
        value: String(PlacedText.trimmed(value[..<end])),
        span: line.span
      )
    )
  }

  /// The value without any space.
  var condensed: String {
    String(String.UnicodeScalarView(value.unicodeScalars.filter { !$0.properties.isWhitespace }))
  }

  /// The value as a list of names.
  var list: [String] {
    condensed.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }
}
