import Foundation
import PolicySource
import PolicySyntax
import PolicyTestSupport
import Testing

/// An editor's colours agree with the parser.
@Suite struct TextMateTests {
  static let root = DiagramTests.folder.deletingLastPathComponent()

  static func grammar() throws -> TextMate {
    try TextMate(Data(contentsOf: DiagramTests.folder.appending(path: "pol.tmLanguage.json")))
  }

  /// Every policy file of the samples and of the syntax tests that has no mistake.
  ///
  /// All but the one whose names are all keywords: expressions cannot tell those from keywords
  /// wherever the parser can.
  static func texts() throws -> [(path: String, text: String)] {
    try ["Samples", "Tests/PolicySyntaxTests/Fixtures/Valid"].flatMap { folder in
      let paths = FileManager.default.enumerator(atPath: root.appending(path: folder).path)?
        .compactMap { $0 as? String }.filter {
          $0.hasSuffix(".pol") && !$0.hasSuffix("keywords.pol")
        }
      return try (paths ?? []).sorted().map { path in
        let url = root.appending(path: folder).appending(path: path)
        return ("\(folder)/\(path)", try String(contentsOf: url, encoding: .utf8))
      }
    }
  }

  @Test
  func `comments, strings, keywords and names are coloured as what the parser takes them for`()
    throws
  {
    var grammar = try Self.grammar()
    var problems: [String] = []
    var tokens = 0
    for (path, text) in try Self.texts() where !text.contains("\r") {
      let scopes = try grammar.scopes(text)
      let tree = parse(SourceFile(path: path, text: text), as: FileID(0)).value
      let units = Units(text)
      for (token, role) in Roles(tree).roles {
        tokens += 1
        let span = tree.span(token)
        let scope = scopes[units.utf16[Int(span.lower)]]
        if !role.accepts(scope) {
          problems.append(
            "\(path):\(units.line(Int(span.lower))): `\(tree.text(span))` is a \(role), and coloured `\(scope)`"
          )
        }
      }
    }
    #expect(tokens > 5_000)
    #expect(
      problems.isEmpty,
      "\(problems.count) problems\n\(problems.prefix(20).joined(separator: "\n"))"
    )
  }

  @Test func `the tour is coloured as it was read`() throws {
    var grammar = try Self.grammar()
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let text = try String(contentsOf: folder.appending(path: "Fixtures/tour.pol"), encoding: .utf8)
    let scopes = try grammar.scopes(text)
    var lines: [String] = []
    var position = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      lines.append(">\(line)")
      let units = Array(line.utf16)
      var start = 0
      while start < units.count {
        let scope = scopes[position + start]
        var end = start
        while end < units.count, scopes[position + end] == scope { end += 1 }
        if !scope.isEmpty {
          lines.append(
            "#" + String(repeating: " ", count: start) + String(repeating: "^", count: end - start)
              + " " + scope
          )
        }
        start = end
      }
      position += units.count + 1
    }
    let problem = Golden.mismatch(
      lines.joined(separator: "\n") + "\n",
      with: folder.appending(path: "Fixtures/tour.scopes")
    )
    #expect(problem == nil)
  }
}

/// Where the bytes of a text are in UTF-16.
private struct Units {
  private(set) var utf16: [Int] = []
  private var lines: [Int] = []

  init(_ text: String) {
    var units = 0
    var line = 1
    for scalar in text.unicodeScalars {
      for _ in 0..<UTF8.width(scalar) {
        utf16.append(units)
        lines.append(line)
      }
      units += UTF16.width(scalar)
      if scalar == "\n" { line += 1 }
    }
  }

  func line(_ byte: Int) -> Int { lines[byte] }
}

/// What the parser takes each token for.
private struct Roles {
  enum Role {
    case comment, string, number, keyword, name, glob

    func accepts(_ scope: String) -> Bool {
      let isKeyword = ["keyword.", "storage.", "variable.language", "constant.language"]
        .contains { scope.contains($0) }
      switch self {
      case .comment: return scope.contains("comment.line")
      case .string: return scope.contains("string.quoted")
      case .number: return scope.contains("constant.numeric")
      case .keyword: return isKeyword
      case .name:
        return !isKeyword && !scope.contains("string.") && !scope.contains("comment.")
          && !scope.isEmpty
      case .glob: return scope.contains("constant.other.glob")
      }
    }
  }

  private(set) var roles: [(TokenID, Role)] = []

  init(_ tree: SyntaxTree) {
    visit(tree.root, tree)
    for index in 0..<tree.tokens.count {
      let token = TokenID(index)
      let kind = tree.tokens.kind(token)
      if kind == .comment || kind == .documentation { roles.append((token, .comment)) }
    }
  }

  private mutating func visit(_ node: NodeID, _ tree: SyntaxTree) {
    for child in tree.children(node) {
      switch child {
      case .node(let inner): visit(inner, tree)
      case .token(let token): add(token, in: tree.kind(node), tree)
      }
    }
  }

  private mutating func add(_ token: TokenID, in node: NodeKind, _ tree: SyntaxTree) {
    switch tree.tokens.kind(token) {
    case .string: roles.append((token, .string))
    case .integer: roles.append((token, .number))
    case .glob, .star: roles.append((token, .glob))
    case .word, .quotedName:
      roles.append((token, node == .name || node == .namedType ? .name : .keyword))
    default: break
    }
  }
}
