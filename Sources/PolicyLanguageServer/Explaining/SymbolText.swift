import PolicyChecker
import PolicyEngine
import PolicyModel
import PolicySource

/// What a name stands for, in Markdown: its documentation, and what belongs to it.
struct SymbolText {
  let analysis: SetAnalysis
  let symbol: Symbol

  private var set: PolicySet { analysis.set }

  /// The kind and name of the symbol, its title and documentation.
  var summary: String {
    let heading = analysis.heading(symbol)
    var parts = ["\(analysis.kindWord(symbol)) `\(analysis.path(symbol))`"]
    if case .attribute(let index) = symbol {
      parts[0] += ": `\(set.catalogue.attributes[index].type.word)`"
    }
    if let title = heading.title { parts[0] += " — \(title)" }
    if let documentation = heading.documentation { parts.append(documentation) }
    if let mark = heading.annotation("deprecated") {
      parts.append("**Deprecated**" + (mark.arguments.first.map { ": \($0)" } ?? ""))
    }
    return parts.joined(separator: "\n\n")
  }

  /// The summary, with everything else that is known.
  var markdown: String { ([summary] + details).joined(separator: "\n\n") }

  private var details: [String] {
    switch symbol {
    case .service(let index):
      let range = set.catalogue.services[index].actions
      return ["\(ActionList.count(range.count))", ActionList.markdown(ActionSet([range]), in: set)]
    case .action(let index): return marks(of: set.catalogue.actions[index])
    case .actionGroup(let position):
      let group = set.catalogue.groups[position]
      let actions = ActionSet([group.actions])
      return [
        ActionList.count(actions) + (group.isExplicit ? ", reached by name only" : ""),
        ActionList.markdown(actions, in: set),
      ]
    case .attribute(let index): return services(of: set.catalogue.attributes[index])
    case .policy(let index): return policy(index)
    case .letName(let position):
      return analysis.letText(position).map { ["```pol\n\($0)\n```"] } ?? []
    case .group(let index): return group(set.groups[index])
    case .unit(let index):
      let below = set.units[index].subtree.count - 1
      return below == 0 ? [] : ["\(below) \(below == 1 ? "unit" : "units") below it"]
    }
  }

  private func marks(of action: Action) -> [String] {
    var words = action.groups.map { "in `\($0)`" }
    if action.isExplicit { words.append("explicit: an allow has to name it") }
    if action.isSensitive { words.append("sensitive") }
    return words.isEmpty ? [] : [words.joined(separator: " · ")]
  }

  private func services(of attribute: Attribute) -> [String] {
    guard let services = attribute.services else { return [] }
    let names = services.map { "`\(describe(name: set.catalogue.services[$0].heading.name))`" }
    return ["Resources of " + names.joined(separator: ", ")]
  }

  private func policy(_ index: PolicyIndex) -> [String] {
    let policy = set.policies[index]
    var parts: [String] = []
    if !policy.includes.isEmpty {
      let names = policy.includes.map { "`\(describe($0, in: set))`" }
      parts.append("Includes " + names.joined(separator: ", "))
    }
    parts.append(PermissionSet(analysis: analysis, policy: index).markdown)
    parts.append("**To** " + RuleText.holders(of: index, in: analysis))
    return parts
  }

  private func group(_ group: Group) -> [String] {
    guard !group.isOpen else { return ["Open: requests say who is in it."] }
    let members =
      group.members.map { "`\(describe($0))`" }
      + group.groups.map { "`group \(describe(name: set.groups[$0].heading.name))`" }
    return [members.isEmpty ? "Nobody is in it." : "Members: " + members.joined(separator: ", ")]
  }
}

extension SetAnalysis {
  /// The declaration of a `let`, as it is written.
  func letText(_ position: Int) -> String? {
    let text = snapshot.sources.text(checked.lets[position].span)
    return text.utf8.count <= 2000 ? text : nil
  }
}
