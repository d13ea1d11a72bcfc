/// A condition operator of AWS, taken apart.
struct AWSOperator: Sendable {
  enum Kind: Sendable {
    case string, like, arn, number, date, bool, address, null
    /// Known, and nothing of the kind is here.
    case other
  }

  /// How a value is compared with that of the request.
  enum Comparison: String, Sendable {
    case equals = "=="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  let kind: Kind
  var comparison = Comparison.equals
  /// Whether it holds where the positive one does not.
  var isNegated = false
  /// Whether it holds where the request does not have the key.
  var ifExists = false
  /// `ForAnyValue` or `ForAllValues`.
  var quantifier: String?

  private static let names: [String: (Kind, Comparison, Bool)] = [
    "StringEquals": (.string, .equals, false), "StringNotEquals": (.string, .equals, true),
    "StringEqualsIgnoreCase": (.other, .equals, false),
    "StringNotEqualsIgnoreCase": (.other, .equals, true),
    "StringLike": (.like, .equals, false), "StringNotLike": (.like, .equals, true),
    "ArnEquals": (.arn, .equals, false), "ArnLike": (.arn, .equals, false),
    "ArnNotEquals": (.arn, .equals, true), "ArnNotLike": (.arn, .equals, true),
    "NumericEquals": (.number, .equals, false), "NumericNotEquals": (.number, .equals, true),
    "NumericLessThan": (.number, .less, false),
    "NumericLessThanEquals": (.number, .lessOrEqual, false),
    "NumericGreaterThan": (.number, .greater, false),
    "NumericGreaterThanEquals": (.number, .greaterOrEqual, false),
    "DateEquals": (.date, .equals, false), "DateNotEquals": (.date, .equals, true),
    "DateLessThan": (.date, .less, false), "DateLessThanEquals": (.date, .lessOrEqual, false),
    "DateGreaterThan": (.date, .greater, false),
    "DateGreaterThanEquals": (.date, .greaterOrEqual, false),
    "Bool": (.bool, .equals, false), "IpAddress": (.address, .equals, false),
    "NotIpAddress": (.address, .equals, true), "BinaryEquals": (.other, .equals, false),
    "Null": (.null, .equals, false),
  ]

  /// The operator of a name; nil where AWS has none of it.
  init?(_ text: String) {
    var name = text
    for prefix in ["ForAnyValue", "ForAllValues"] where name.hasPrefix(prefix + ":") {
      quantifier = prefix
      name.removeFirst(prefix.count + 1)
    }
    if name.hasSuffix("IfExists"), name != "NullIfExists" {
      ifExists = true
      name.removeLast(8)
    }
    guard let (kind, comparison, isNegated) = Self.names[name] else { return nil }
    self.kind = kind
    self.comparison = comparison
    self.isNegated = isNegated
  }

  /// The type of the attribute that it compares; nil where any will do.
  var type: String? {
    switch kind {
    case .string where quantifier != nil: "Set<String>"
    case .string, .like, .arn: "String"
    case .number: "Int"
    case .date: "Time"
    case .bool: "Bool"
    case .address: "IP"
    case .null, .other: nil
    }
  }
}
