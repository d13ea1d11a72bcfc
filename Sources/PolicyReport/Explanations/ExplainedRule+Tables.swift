import PolicyEngine
import PolicySource

extension ExplainedRule {
  /// A rule that decided, by what compiled tables know of it.
  init(_ reason: PolicyEngine.Reason, for effect: PolicyEngine.Decision.Effect) {
    self.reason = Reason(reason.rule)
    verb = effect == .allow ? "allows it" : "denies it"
    labels = []
    missing = reason.missing.map(Self.lack)
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
    var missing = miss.missing.map(Self.lack)
    if miss.isRefused { missing.insert("its conditions do not hold", at: 0) }
    if !miss.isInForce, missing.isEmpty { missing.append("it is not known to be in force") }
    self.missing = missing
    notes = missing
  }

  /// That something is not given: an attribute by its name, or what tables call by a phrase.
  private static func lack(_ name: String) -> String {
    let isName = RequestSpace.allCases.contains { space in
      name == space.rawValue || name.utf8.starts(with: "\(space.rawValue).".utf8)
    }
    return isName ? "`\(name)` is not given" : "\(name) is not given"
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
