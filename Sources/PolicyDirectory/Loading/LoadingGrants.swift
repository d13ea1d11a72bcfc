import PolicyHosting
public import PolicyEngine

extension DirectorySnapshot {
  /// Reads grants from comma-separated values (RFC 4180, UTF-8).
  ///
  /// The first row names the columns: `subject` (`user`, `service-account`, `group`, `everyone` or
  /// `anonymous`), `id` and `policy`, and, where grants have them, `unit` and `condition`, in any
  /// order. In the last two `*` is everywhere and whatever the request; an empty one is refused, so
  /// that a fault of an export widens nothing. Empty lines are passed over.
  /// - Parameters:
  ///   - engine: The compiled policies whose names the grants use.
  ///   - bytes: What the file has in it.
  ///   - file: The name of the file, for messages.
  /// - Complexity: O(bytes), and what granting each costs.
  /// - Throws: `GrantFileError` with what is wrong in each row; nothing is granted then.
  public init(
    _ engine: PolicyEngine,
    csv bytes: [UInt8],
    named file: String
  ) throws(GrantFileError) {
    var loader = GrantLoader(engine, file)
    var rows = CSVRows(bytes)
    var columns: [GrantField]?
    while let (line, fields) = rows.next() {
      loader.add(line) { () throws(RowProblem) in
        let texts = try fields.get()
        guard let known = columns else {
          columns = []
          columns = try GrantLoader.columns(texts)
          return nil
        }
        // Nothing can be said of rows without knowing the columns.
        if known.isEmpty { return nil }
        guard texts.count == known.count else {
          throw RowProblem(
            "the row has \(texts.count) fields, and the first row names \(known.count) columns",
            "give each column a field, and put fields with commas in quotes"
          )
        }
        var row = GrantRow()
        for (field, text) in zip(known, texts) { row[field] = text }
        return row
      }
    }
    if columns == nil {
      loader.add(1) { () throws(RowProblem) in throw GrantLoader.noColumns }
    }
    self = try loader.loaded()
  }

  /// Reads grants from lines of JSON, one object a line.
  ///
  /// Its members are `subject`, `id` and `policy`, and, where a grant has them, `unit` and
  /// `condition`, all of them texts, as in the columns of CSV. Empty lines are passed over.
  /// - Parameters:
  ///   - engine: The compiled policies whose names the grants use.
  ///   - bytes: What the file has in it.
  ///   - file: The name of the file, for messages.
  /// - Complexity: O(bytes), and what granting each costs.
  /// - Throws: `GrantFileError` with what is wrong in each line; nothing is granted then.
  public init(
    _ engine: PolicyEngine,
    jsonLines bytes: [UInt8],
    named file: String
  ) throws(GrantFileError) {
    var loader = GrantLoader(engine, file)
    var line = 0
    for bytes in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      line += 1
      guard bytes.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0d }) else { continue }
      loader.add(line) { () throws(RowProblem) in try JSONLine.row(bytes) }
    }
    self = try loader.loaded()
  }

  /// Reads grants from a file whose name ends in `.csv` or `.jsonl`.
  ///
  /// - Parameters:
  ///   - engine: The compiled policies whose names the grants use.
  ///   - path: Where the file is.
  /// - Complexity: O(bytes), and what granting each costs.
  /// - Throws: `GrantFileError`: the file cannot be read, or what is wrong in each row; nothing is
  ///   granted then.
  public init(_ engine: PolicyEngine, contentsOf path: String) throws(GrantFileError) {
    let isCSV = path.utf8.suffix(4).elementsEqual(".csv".utf8)
    guard isCSV || path.utf8.suffix(6).elementsEqual(".jsonl".utf8) else {
      throw .unknownForm(path: path)
    }
    let bytes: [UInt8]
    do throws(PolicyFileError) {
      bytes = try fileBytes(path)
    } catch {
      switch error {
      case .unreadable(_, _, let reason): throw .unreadable(path: path, reason: reason)
      default: throw .unreadable(path: path, reason: "it is not a file")
      }
    }
    self =
      isCSV
      ? try DirectorySnapshot(engine, csv: bytes, named: path)
      : try DirectorySnapshot(engine, jsonLines: bytes, named: path)
  }
}

/// Grants row by row, and keeps what is wrong.
private struct GrantLoader {
  private var snapshot: DirectorySnapshot
  private let file: String
  private var problems: [GrantFileProblem] = []
  private var count = 0

  init(_ engine: PolicyEngine, _ file: String) {
    snapshot = DirectorySnapshot(engine)
    self.file = file
  }

  static let noColumns = RowProblem(
    "there is no row that names the columns",
    "begin with `subject,id,policy`, and `unit` and `condition` where grants have them"
  )

  /// Adds the row that a function reads, if it does not turn out to be none.
  mutating func add(_ line: Int, _ read: () throws(RowProblem) -> GrantRow?) {
    do throws(RowProblem) {
      guard let row = try read() else { return }
      let grant = try row.grant()
      do throws(GrantRefusal) {
        try snapshot.grant(grant)
      } catch {
        throw RowProblem(error.description, error.help)
      }
    } catch {
      count += 1
      guard problems.count < 100 else { return }
      problems.append(
        GrantFileProblem(file: file, line: line, message: error.message, help: error.help)
      )
    }
  }

  func loaded() throws(GrantFileError) -> DirectorySnapshot {
    if count > 0 { throw .refused(problems, count: count) }
    return snapshot
  }

  /// The fields that the first row of a file names.
  static func columns(_ texts: [String]) throws(RowProblem) -> [GrantField] {
    var columns: [GrantField] = []
    for text in texts {
      guard let field = GrantField(named: text) else {
        throw RowProblem("there is no column `\(text)`", "the columns are \(GrantField.list)")
      }
      guard !columns.contains(field) else {
        throw RowProblem("column `\(text)` stands twice", "leave one of them")
      }
      columns.append(field)
    }
    for field in [GrantField.subject, .id, .policy] where !columns.contains(field) {
      throw RowProblem("there is no column `\(field.rawValue)`", noColumns.help)
    }
    return columns
  }
}
