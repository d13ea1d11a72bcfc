import PolicyModel
import PolicySource

/// Says the conditions of one statement.
///
/// Where something has no exact equal, an allow gets a condition that holds less often, and a deny one
/// that holds more often; both are told. That holds for missing keys too: to AWS a comparison is false
/// without its key, and a negated one true, while here both are unknown, with which an allow does not
/// apply and a deny does.
struct AWSConditions {
  let effect: Effect
  let hasVariables: Bool
  var keys: AWSKeys
  var report: ImportReport

  /// The attributes of the variables that the statement names.
  ///
  /// To AWS a statement with a variable that has no value does not match, whatever else it names.
  private(set) var variables: Set<String> = []

  /// What stands for something that cannot be said: an allow never applies, a deny always.
  private var fallback: DraftCondition { effect == .allow ? .any([]) : .all([]) }

  /// Tells what the result does less, or denies more.
  private mutating func tell(_ span: SourceSpan, _ message: String, help: String? = nil) {
    if effect == .allow {
      report.leftOut(span, message, help: help)
    } else {
      report.deniesMore(span, message, help: help)
    }
  }

  mutating func condition(_ condition: AWSCondition) -> DraftCondition {
    guard let operation = AWSOperator(condition.operatorName.text) else {
      report.unreadable(
        condition.operatorName.span,
        "there is no operator `\(condition.operatorName.text)`"
      )
      return fallback
    }
    let isSayable =
      operation.quantifier == nil
      || operation.quantifier == "ForAnyValue" && operation.kind == .string && !operation.isNegated
    guard operation.kind != .other, isSayable else {
      tell(condition.span, "`\(condition.operatorName.text)` has no equal here")
      return fallback
    }
    guard let path = keys.attribute(condition.key.text, type: operation.type) else {
      tell(
        condition.span,
        "`\(condition.key.text)` is compared with values of another type elsewhere"
      )
      return fallback
    }
    if operation.kind == .null { return null(condition, path) }
    let said = values(condition, operation, path)
    if !said.isAlways, !said.isNever { tellMissing(condition, operation) }
    return said
  }

  /// Whether a key is there: only where its absence restricts can that be asked.
  private mutating func null(_ condition: AWSCondition, _ path: String) -> DraftCondition {
    let words = Set(condition.values.map { $0.text.lowercased() })
    switch (words, effect) {
    case (["false"], .allow): return .check("has \(path)")
    case (["true"], .deny): return .not(.check("has \(path)"))
    case (["true"], .allow):
      tell(condition.span, "nothing can be allowed because `\(condition.key.text)` is missing")
    case (["false"], .deny):
      guard !keys.isEverywhere(condition.key.text) else { return .all([]) }
      tell(
        condition.span,
        "what is denied where the request says `\(condition.key.text)` is denied without it too"
      )
    default: tell(condition.span, "`Null` is `true` or `false`")
    }
    return fallback
  }

  /// Tells where a request without the key is decided otherwise.
  private mutating func tellMissing(_ condition: AWSCondition, _ operation: AWSOperator) {
    let key = condition.key.text
    guard !keys.isEverywhere(key) else { return }
    let holdsWithout = operation.isNegated || operation.ifExists
    switch effect {
    case .allow where holdsWithout:
      report.leftOut(condition.span, "what is allowed without `\(key)` too needs it here")
    case .deny where !holdsWithout:
      report.deniesMore(
        condition.span,
        "what is denied where the request says `\(key)` is denied without it too",
        help: "let requests always say it"
      )
    default: break
    }
  }

  private mutating func values(
    _ condition: AWSCondition,
    _ operation: AWSOperator,
    _ path: String
  ) -> DraftCondition {
    var said: [(value: AWSValue, place: AWSText)] = []
    for value in condition.values {
      switch operation.kind {
      case .string, .like, .arn:
        let pattern = AWSPattern(
          value.text,
          hasWildcards: operation.kind != .string,
          hasVariables: hasVariables
        )
        if operation.quantifier != nil {
          let literal = pattern?.literal.map { AWSValue.literal(describe(string: $0)) }
          said.append((literal ?? .unsayable(why: "it is no plain text"), value))
        } else {
          said.append((text(pattern, of: path, isARN: operation.kind == .arn), value))
        }
      default: said.append((.scalar(value.text, operation, of: path), value))
      }
    }
    if operation.quantifier != nil {
      return joined(said, isNegated: false, path: path, list: "contains any")
    }
    return joined(
      said,
      isNegated: operation.isNegated,
      path: path,
      list: operation.kind == .address ? "in" : nil
    )
  }

  /// Notes the variables of a text, which an allow is to have.
  private mutating func need(_ pattern: AWSPattern?) {
    guard effect == .allow else { return }
    for name in pattern?.variables ?? [] {
      if let path = keys.attribute(name, type: nil) { variables.insert(path) }
    }
  }

  private mutating func text(
    _ pattern: AWSPattern?,
    of path: String,
    isARN: Bool
  ) -> AWSValue {
    var keys = keys
    let value = AWSValue.text(pattern, of: path, isARN: isARN) {
      keys.attribute($0, type: "String")
    }
    self.keys = keys
    need(pattern)
    return value
  }

  /// The condition that the resource of a request is one of those of a statement, or none of them.
  mutating func resources(_ selection: AWSStatement.Selection) -> DraftCondition {
    if selection.texts.contains(where: { $0.text == "*" }) {
      return selection.isNegated ? .any([]) : .all([])
    }
    keys.useARN()
    var said: [(value: AWSValue, place: AWSText)] = []
    for text in selection.texts {
      let pattern = AWSPattern(text.text, hasWildcards: true, hasVariables: hasVariables)
      var keys = keys
      said.append((.resource(pattern) { keys.attribute($0, type: "String") }, text))
      self.keys = keys
      need(pattern)
    }
    return joined(said, isNegated: selection.isNegated, path: "resource.arn", list: nil)
  }

  /// One of some values, or none of them; what has no equal makes an allow less and a deny more.
  ///
  /// Literals are compared as a list says, where not by `==` and `in`.
  private mutating func joined(
    _ said: [(value: AWSValue, place: AWSText)],
    isNegated: Bool,
    path: String,
    list: String?
  ) -> DraftCondition {
    // Under an allow that is not negated, and a deny that is, fewer values are on the safe side.
    let mayDrop = (effect == .allow) != isNegated
    var literals: [String] = []
    var others: [DraftCondition] = []
    var isUnsayable = false
    for (value, place) in said {
      switch value {
      case .literal(let literal): if !literals.contains(literal) { literals.append(literal) }
      case .exact(let condition): others.append(condition)
      case .variable(let condition):
        others.append(condition)
        isUnsayable = tellVariable(place, isNegated: isNegated) || isUnsayable
      case .wider(let condition, let why):
        tell(place.span, "`\(place.text)` cannot be said: \(why)")
        if !mayDrop { others.append(condition) }
      case .unsayable(let why):
        tell(place.span, "`\(place.text)` cannot be said: \(why)")
        if !mayDrop { isUnsayable = true }
      }
    }
    if isUnsayable { return fallback }
    var parts = others
    if !literals.isEmpty {
      let all = "[" + literals.joined(separator: ", ") + "]"
      let isOne = list == nil && literals.count == 1
      parts.insert(
        .compare(path, list ?? (isOne ? "==" : "in"), isOne ? literals[0] : all),
        at: 0
      )
    }
    let one = DraftCondition.some(parts)
    guard isNegated else { return one }
    return one.isNever ? .all([]) : .not(one)
  }

  /// Tells what a variable does that may have no value, and returns whether nothing can be said.
  ///
  /// To AWS nothing matches then, also not a negation; here a deny applies.
  private mutating func tellVariable(_ place: AWSText, isNegated: Bool) -> Bool {
    guard effect == .deny || isNegated else { return false }
    tell(place.span, "`\(place.text)` may have no value, which cannot be said here")
    return isNegated
  }
}
