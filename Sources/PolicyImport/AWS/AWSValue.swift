import PolicyEngine
import PolicyModel

/// What becomes of one value that a statement compares something with.
enum AWSValue: Sendable {
  /// It is equal to a literal, which lists can hold.
  case literal(String)
  /// A condition says it exactly.
  case exact(DraftCondition)
  /// It is equal to another attribute, and matches nothing where that is missing.
  case variable(DraftCondition)
  /// The condition holds where it does, and elsewhere too.
  case wider(DraftCondition, why: String)
  case unsayable(why: String)

  /// A text or pattern, compared with an attribute; a function gives the attributes of variables.
  static func text(
    _ pattern: AWSPattern?,
    of path: String,
    isARN: Bool,
    attribute: (String) -> String?
  ) -> AWSValue {
    guard let pattern else { return .unsayable(why: "a variable does not end") }
    if let literal = pattern.literal { return .literal(describe(string: literal)) }
    if let variable = pattern.wholeVariable {
      guard let other = attribute(variable) else {
        return .unsayable(why: "the variable `\(variable)` is of another type")
      }
      return .variable(.compare(path, "==", other))
    }
    let like = DraftCondition.compare(path, "like", pattern.like())
    guard pattern.isLike else { return .wider(like, why: pattern.obstacle) }
    guard isARN else { return .exact(like) }
    // The first five parts of an ARN are compared each for itself, so that no star spans a colon.
    let bound = pattern.components.indices.filter {
      pattern.components[$0].piece == .star && pattern.components[$0].colons < 5
    }
    if bound.isEmpty { return .exact(like) }
    let stars = pattern.pieces.count { $0 == .star }
    let colons = pattern.components.last.map { last in
      if case .text(let text) = last.piece {
        last.colons + text.utf8.count { $0 == UInt8(ascii: ":") }
      } else {
        last.colons
      }
    }
    guard bound.count == 1, stars == 1, colons == 5 else {
      return .wider(like, why: pattern.obstacle)
    }
    let spanning = pattern.like(spanningColonAt: bound[0])
    return .exact(.all([like, .not(.compare(path, "like", spanning))]))
  }

  /// The resource of a request, compared with the `Resource` of a statement.
  static func resource(
    _ pattern: AWSPattern?,
    attribute: (String) -> String?
  ) -> AWSValue {
    let path = "resource.arn"
    let value = text(pattern, of: path, isARN: false, attribute: attribute)
    guard case .exact(let condition) = value, let pattern else {
      return value
    }
    // A star at the end of a part may span colons; one inside a part may not.
    let isBound = pattern.components.contains {
      $0.piece == .star && $0.colons < 5 && !$0.endsComponent
    }
    return isBound ? .wider(condition, why: pattern.obstacle) : value
  }

  /// A number, time, boolean or address, compared with an attribute.
  static func scalar(_ text: String, _ operation: AWSOperator, of path: String) -> AWSValue {
    switch operation.kind {
    case .number:
      guard let number = Int64(text), String(number) == text else {
        return .unsayable(why: "`\(text)` is no whole number")
      }
      return compared(text, operation, path)
    case .date:
      let seconds = Int64(text).flatMap { (0...253_402_300_799).contains($0) ? $0 : nil }
      guard let instant = seconds.map({ Instant(seconds: $0) }) ?? Instant(text) else {
        return .unsayable(why: "`\(text)` is no date with a time and an offset")
      }
      return compared(describe(string: "\(instant)"), operation, path)
    case .bool:
      switch text {
      case "true": return .exact(.check(path))
      case "false": return .exact(.not(.check(path)))
      default: return .unsayable(why: "`\(text)` is no boolean")
      }
    case .address:
      guard let block = try? IPBlock(text) else {
        return .unsayable(why: "`\(text)` is no block of addresses")
      }
      return .literal(describe(block))
    default: return .unsayable(why: "there is no such comparison here")
    }
  }

  private static func compared(
    _ literal: String,
    _ operation: AWSOperator,
    _ path: String
  ) -> AWSValue {
    guard operation.comparison != .equals else { return .literal(literal) }
    return .exact(.check("\(path) \(operation.comparison.rawValue) \(literal)"))
  }
}
