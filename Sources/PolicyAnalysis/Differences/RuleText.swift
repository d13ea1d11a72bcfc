package import PolicyEngine
package import PolicyModel
import PolicySource

/// A rule as it is written, in one line, without its annotations and comments.
package func ruleText(_ index: RuleIndex, in set: PolicySet) -> String {
  let rule = set.rules[index]
  let actions = SourceSpan(
    file: rule.span.file,
    lower: rule.actionsSpan.lower,
    upper: rule.span.upper
  )
  var words: [Substring] = [Substring(rule.effect.word)]
  for line in set.sources.text(actions).split(whereSeparator: \.isNewline) {
    let code = line.drop { $0 == " " || $0 == "\t" }
    if code.hasPrefix("//") { continue }
    words += code.split(whereSeparator: \.isWhitespace)
  }
  return words.joined(separator: " ")
}
