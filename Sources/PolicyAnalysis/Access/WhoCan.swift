package import PolicyEngine
package import PolicyModel

/// What one subject can do about one action.
package struct AccessRow: Sendable {
  package let subject: AccessSubject
  /// Empty for one who never can.
  package let grants: [AccessGrant]
  /// The policies whose rules allow it to the subject, in order.
  package let policies: [PolicyIndex]
  /// Whether the places and conditions are those of everyone.
  package let isAsEveryone: Bool
}

/// Who can do an action: every policy, group, user and service account that the set names, everyone
/// and the anonymous, in that order, those who cannot included.
///
/// It is exact for requests that say who the principal is and in which open groups: such a request
/// of a subject, with no more policies and groups than are told of it, is allowed exactly where the
/// places have its resource and the condition is true.
/// - Complexity: That of the diagrams of the conditions of the rules for the action; O(n log n) in
///   subjects and assignments where conditions are few.
package func whoCan(
  _ action: ActionIndex,
  given givens: AccessGivens = AccessGivens(),
  in whole: PolicySet
) -> [AccessRow] {
  let set = whole.narrowed(to: action)
  let rules = Dictionary(grouping: set.rules.indices) { set.rules[$0].policy }
    .sorted { $0.key < $1.key }
  let speaking = Set(rules.map(\.key))
  let giving = Set(
    set.policies.indices.filter { set.policies[$0].closure.contains { speaking.contains($0) } }
  )
  let directory = AccessDirectory(set)
  let reads = ReadOfPrincipal(set)
  var positions: [PartyKey: Int] = [:]
  var questions: [AccessQuestion] = []
  let asked = AccessDirectory.subjects(of: whole).map { subject -> (AccessSubject, Int) in
    let party = directory.party(subject)
    let key = PartyKey(party, reads, giving: giving)
    if let known = positions[key] { return (subject, known) }
    positions[key] = questions.count
    var formulas = AccessFormulas(party, givens, in: set)
    questions.append(formulas.question(rules.map { ($0.key, $0.value) }))
    return (subject, questions.count - 1)
  }
  var answers = AccessAnswers(questions, givens, in: set)
  let found = questions.map { question -> (parts: [AccessPart], grants: [AccessGrant]) in
    let parts = answers.parts(of: question)
    return (
      parts,
      parts.map { part in
        AccessGrant(part, answers.example(of: part, question.party, action, in: set))
      }
    )
  }
  return asked.map { subject, position in
    AccessRow(
      subject: subject,
      grants: found[position].grants.map { $0.told(of: subject, in: set) },
      policies: found[position].parts.isEmpty ? [] : questions[position].policies,
      isAsEveryone: found[position].parts == found[asked[0].1].parts
    )
  }
}

extension AccessGrant {
  init(_ part: AccessPart, _ example: RequestData?) {
    places = part.places
    condition = part.condition == .constant(true) ? nil : part.condition
    self.example = example
  }

  /// The same of somebody whom nothing tells apart from whom it was found out of.
  fileprivate func told(of subject: AccessSubject, in set: PolicySet) -> AccessGrant {
    guard var example else { return self }
    switch subject {
    case .principal(let id):
      example.kind = id.kind
      example.identity = .named(id.id)
    case .policy(let policy): example.held = [Holding(policy)]
    case .group(let group): example.groups?.insert(group)
    case .everyone, .anonymous: break
    }
    let isShown = interpret(example, in: set).effect == .allow
    return AccessGrant(places: places, condition: condition, example: isShown ? example : nil)
  }
}
