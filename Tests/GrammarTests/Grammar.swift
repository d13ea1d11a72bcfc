import Foundation

/// An expression on the right side of a production of W3C EBNF.
indirect enum Expression {
  case literal(String)
  case name(String)
  case sequence([Expression])
  case choice([Expression])
  case optional(Expression)
  /// Zero or more.
  case many(Expression)
  /// One or more.
  case some(Expression)
}

/// `Grammar/pol.ebnf`, read by the rules of W3C EBNF as far as it uses them.
struct Grammar {
  private(set) var productions: [String: Expression] = [:]
  private(set) var order: [String] = []

  struct Malformed: Error { let message: String }

  init(_ text: String) throws {
    var tokens = try Self.tokens(text)[...]
    while let head = tokens.popFirst() {
      guard case .name(let name) = head, tokens.popFirst() == .defines else {
        throw Malformed(message: "a production is expected at \(head)")
      }
      order.append(name)
      productions[name] = try Self.choice(&tokens)
    }
  }

  /// The grammar of the repository.
  static func read() throws -> Grammar {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Grammar/pol.ebnf")
    return try Grammar(String(contentsOf: file, encoding: .utf8))
  }

  private enum Token: Equatable {
    case name(String), literal(String), defines, bar, open, close, question, star, plus
  }

  private static func tokens(_ text: String) throws -> [Token] {
    var rest = Substring(text)
    var found: [Token] = []
    while let character = rest.first {
      if rest.hasPrefix("/*") {
        guard let end = rest.range(of: "*/") else { throw Malformed(message: "an open comment") }
        rest = rest[end.upperBound...]
      } else if rest.hasPrefix("::=") {
        found.append(.defines)
        rest = rest.dropFirst(3)
      } else if character == "\"" {
        guard let end = rest.dropFirst().firstIndex(of: "\"") else {
          throw Malformed(message: "an open literal")
        }
        found.append(.literal(String(rest[rest.index(after: rest.startIndex)..<end])))
        rest = rest[rest.index(after: end)...]
      } else if character.isLetter {
        let word = rest.prefix { $0.isLetter || $0 == "-" }
        found.append(.name(String(word)))
        rest = rest.dropFirst(word.count)
      } else {
        let marks: [Character: Token] = [
          "|": .bar, "(": .open, ")": .close, "?": .question, "*": .star, "+": .plus,
        ]
        if let mark = marks[character] {
          found.append(mark)
        } else if !character.isWhitespace {
          throw Malformed(message: "`\(character)` means nothing")
        }
        rest = rest.dropFirst()
      }
    }
    return found
  }

  private static func choice(_ tokens: inout ArraySlice<Token>) throws -> Expression {
    var parts = [try sequence(&tokens)]
    while tokens.first == .bar {
      tokens.removeFirst()
      parts.append(try sequence(&tokens))
    }
    return parts.count == 1 ? parts[0] : .choice(parts)
  }

  private static func sequence(_ tokens: inout ArraySlice<Token>) throws -> Expression {
    var parts: [Expression] = []
    while let next = tokens.first, next != .bar, next != .close {
      // A name before `::=` begins the next production.
      if case .name = next, tokens.dropFirst().first == .defines { break }
      parts.append(try item(&tokens))
    }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private static func item(_ tokens: inout ArraySlice<Token>) throws -> Expression {
    var expression: Expression
    switch tokens.removeFirst() {
    case .name(let name): expression = .name(name)
    case .literal(let text): expression = .literal(text)
    case .open:
      expression = try choice(&tokens)
      guard tokens.popFirst() == .close else { throw Malformed(message: "`)` is expected") }
    case let other: throw Malformed(message: "\(other) is not expected")
    }
    while let suffix = tokens.first {
      switch suffix {
      case .question: expression = .optional(expression)
      case .star: expression = .many(expression)
      case .plus: expression = .some(expression)
      default: return expression
      }
      tokens.removeFirst()
    }
    return expression
  }
}
