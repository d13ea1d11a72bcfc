import PolicyEngine
import PolicyModel
import PolicySource

/// What of a policy set no table can say.
struct CSVFindings {
  private(set) var findings: [Diagnostic] = []

  /// - Complexity: O(size of the set).
  init(_ set: PolicySet) {
    for action in set.catalogue.actions.elements { look(at: action.heading) }
    for attribute in set.catalogue.attributes.elements {
      look(at: attribute.heading)
      look(at: attribute.type.word, attribute.heading.span)
    }
    for policy in set.policies.elements { look(at: policy.heading) }
    for group in set.groups.elements {
      look(at: group.heading)
      for member in group.members { look(at: member.id, group.heading.span) }
    }
    for unit in set.units.elements { look(at: unit.heading) }
    for rule in set.rules.elements {
      for text in [rule.id, rule.because, rule.documentation] { look(at: text, rule.span) }
      look(at: rule.guardCondition)
    }
    for assignment in set.assignments.elements {
      look(at: assignment.condition)
      for case .principal(let id) in assignment.subjects { look(at: id.id, assignment.span) }
    }
  }

  private mutating func look(at heading: Heading) {
    for text in [heading.title, heading.documentation] { look(at: text, heading.span) }
  }

  private mutating func look(at text: String?, _ span: SourceSpan) {
    guard let text, text.utf8.contains(0) else { return }
    let help = "those who read CSV end a text there, or refuse it"
    findings.append(
      NotExpressible.finding("the character U+0000", in: "CSV", at: span, help: help)
    )
  }

  /// Policy text spells every character, but has no times that RFC 3339 has not.
  private mutating func look(at condition: Condition?) {
    for (check, span) in condition?.checks ?? [] {
      switch check {
      case .equals(_, .time(let time)), .compare(_, _, .time(let time)):
        if !time.hasText { findings.append(NotExpressible.time(time, in: "CSV", at: span)) }
      default: break
      }
    }
  }
}
