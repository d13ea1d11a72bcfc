import PolicyEngine
import PolicySource

extension ExplainedRule {
  /// A rule that decided, by what compiled tables know of it.
  init(_ reason: PolicyEngine.Reason, for effect: PolicyEngine.Decision.Effect) {
    self.reason = Reason(reason.rule)
    verb = effect == .allow ? "allows it" : "denies it"
    labels = []
    missing = reason.missing.map { "`\($0)` is not given" }
    var notes: [String] = []
    if let because = reason.rule.because { notes.append("because: \(because)") }
    if !reason.policy.utf8.elementsEqual(reason.rule.policy.utf8) {
      notes.append("`\(reason.policy)` includes `\(reason.rule.policy)`")
    }
    switch reason.grant {
    case .assignment(let place):
      notes.append("`\(reason.policy)` is assigned at \(place.file):\(place.line)")
    case .held(let unit):
      let here = unit.map { " in `\($0)`" } ?? ""
      notes.append("the request says that the principal holds `\(reason.policy)`\(here)")
    case .granted(let subject, let unit, let condition):
      let here = unit.map { " in `\($0)`" } ?? ""
      let premise = condition.map { " on condition `\($0)`" } ?? ""
      notes.append("`\(reason.policy)` is granted to \(subject)\(here)\(premise)")
    }
    if !missing.isEmpty {
      notes.append("what is not known counts for a deny: " + missing.joined(separator: "; "))
    }
    self.notes = notes
  }

  /// A rule that would have allowed, by what compiled tables know of it.
  init(_ miss: PolicyEngine.NearMiss) {
    reason = Reason(miss.rule)
    verb = "would allow it"
    labels = []
    var missing = miss.missing.map { "`\($0)` is not given" }
    if miss.isRefused { missing.insert("its conditions do not hold", at: 0) }
    if !miss.isInForce, missing.isEmpty { missing.append("it is not known to be in force") }
    self.missing = missing
    notes = missing
  }
}

extension Reason {
  /// A rule by what compiled tables know of it.
  init(_ rule: PolicyEngine.Rule) {
    self.init(
      policy: rule.policy,
      rule: rule.id,
      file: rule.place.file,
      line: rule.place.line,
      because: rule.because
    )
  }
}
