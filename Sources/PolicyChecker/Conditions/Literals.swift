import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax

extension Checker {
  /// Reads a literal as a value of a type; what is malformed is reported at the literal.
  ///
  /// `what` says of what it is the value, for messages.
  mutating func value(_ literal: Literal, as type: AttributeType, of what: String) -> Value? {
    switch literal {
    case .string(let site):
      return textValue(string(site), as: type, of: what, at: span(site))
    case .integer(let value, let place):
      guard type == .int else {
        report(TypeMismatch.literal("the integer `\(value)`", type: type, of: what, at: place))
        return nil
      }
      return .int(value)
    case .bool(let value, let place):
      guard type == .bool else {
        report(TypeMismatch.literal("`\(value)`", type: type, of: what, at: place))
        return nil
      }
      return .bool(value)
    case .principal(let value, let place):
      guard type == .principal else {
        report(TypeMismatch.literal("a principal", type: type, of: what, at: place))
        return nil
      }
      return .principal(value)
    }
  }

  private mutating func textValue(
    _ text: String,
    as type: AttributeType,
    of what: String,
    at place: SourceSpan
  ) -> Value? {
    switch type {
    case .string:
      return .string(text)
    case .ip:
      if let address = IPAddress(text) { return .ip(address) }
      report(MalformedLiteral.address(text, at: place))
    case .time:
      if let instant = Instant(text) { return .time(instant) }
      report(MalformedLiteral.time(text, at: place))
    case .path:
      if PathText.isValid(text) { return .path(text) }
      report(MalformedLiteral.path(text, at: place))
    case .oneOf(let words):
      if words.contains(where: { $0.utf8.elementsEqual(text.utf8) }) { return .string(text) }
      report(MalformedLiteral.word(text, of: what, words: words, at: place))
    case .bool, .int, .principal, .strings, .paths, .principals:
      report(TypeMismatch.literal("a string", type: type, of: what, at: place))
    }
    return nil
  }

  /// Reads a string literal as a block of addresses.
  mutating func block(_ literal: Literal, of what: String) -> IPBlock? {
    guard case .string(let site) = literal else {
      _ = value(literal, as: .ip, of: what)
      return nil
    }
    do {
      return try IPBlock(string(site))
    } catch {
      report(MalformedLiteral.block(string(site), error, at: span(site)))
      return nil
    }
  }

  /// A term between the backquotes that messages put around it.
  func quoted(_ term: Term) -> String { "`\(describe(term))`" }

  /// How messages name a term: `context.ip`, `principal`.
  func describe(_ term: Term) -> String {
    switch term {
    case .attribute(let index): set.catalogue.attributes[index].path
    case .principal: "principal"
    case .resource: "resource"
    }
  }
}
