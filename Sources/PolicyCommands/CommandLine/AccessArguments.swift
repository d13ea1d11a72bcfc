import PolicyAnalysis
import PolicyEngine
import PolicyModel
import PolicyReport
import PolicySource
import PolicyWorkspace

extension Option {
  static let accessFormat = Option(
    "format",
    .choice(["text", "csv", "json"]),
    "how the answer is written"
  )
}

/// What `who-can` and `what-can` are asked: a policy set, and what is given.
struct AccessArguments {
  static let explanation = """
    The policy set is a directory; without one it is the current directory. `--in` and attributes, \
    written as for `pol eval`, say what is given. Everything else may be anything, and what it has \
    to be stands in the conditions, which are written back in policy text: without what the givens \
    decide, without what makes no difference, and with a given value in the place of its name. The \
    principal is known, and in the groups that are told of it; so is the unit of the resource, or that \
    it is in none. Where an answer names places, it does not speak of requests that leave the unit open.
    """

  let set: PolicySet
  private let asked: RequestArguments
  private let vocabulary: PolicySetVocabulary

  init(_ arguments: Arguments, _ console: Console) throws(Failure) {
    let asked = try RequestArguments(arguments)
    try asked.refuseCompiled()
    self.init(asked, try checkedSet(at: [asked.path], arguments, console))
  }

  /// The same question of a set that is at hand.
  init(_ asked: RequestArguments, _ set: PolicySet) {
    self.asked = asked
    self.set = set
    vocabulary = set.vocabulary
  }

  /// The word after the policy set.
  func word(_ what: String) throws(Failure) -> String {
    guard let word = asked.action else { throw Failure("\(what) is needed") }
    return word
  }

  /// The action, and what is given of requests for it.
  func action() throws(Failure) -> (action: ActionIndex, givens: AccessGivens) {
    _ = try word("an action, such as `device.delete`,")
    let request = try resolved(try asked.document(in: vocabulary))
    return (request.action, givens(request))
  }

  /// The same without the attributes that the set does not have, on which nothing in it can hang.
  func actionWithoutUnknowns() throws(Failure) -> (action: ActionIndex, givens: AccessGivens) {
    var document = try asked.document(in: vocabulary)
    document.context.removeAll { vocabulary.knownAttribute(.context, $0.name) == nil }
    document.subjectProperties.removeAll { vocabulary.knownAttribute(.principal, $0.name) == nil }
    document.resourceProperties.removeAll { vocabulary.knownAttribute(.resource, $0.name) == nil }
    let request = try resolved(document)
    return (request.action, givens(request))
  }

  /// What is given whatever the action; an attribute counts where a service has it.
  func givens() throws(Failure) -> AccessGivens {
    var document = try asked.document(in: vocabulary)
    guard let first = set.catalogue.actions.elements.first else { return AccessGivens() }
    let resource = document.resourceProperties
    document.resourceProperties = []
    document.action = first.path
    var all = givens(try resolved(document))
    for property in resource {
      var document = RequestDocument(action: first.path)
      let known = vocabulary.knownAttribute(.resource, property.name)
      if let service = known?.services?.first {
        let actions = set.catalogue.services[service].actions
        document.action = set.catalogue.actions[ActionIndex(actions.lowerBound)].path
      }
      document.resourceProperties = [property]
      all.values.merge(givens(try resolved(document)).values) { _, new in new }
    }
    return all
  }

  private func givens(_ request: RequestData) -> AccessGivens {
    var values: [Term: Value] = [:]
    for (index, value) in request.values { values[.attribute(index)] = value }
    if let id = request.resourceID { values[.resource] = .string(id) }
    return AccessGivens(values: values, unit: request.unit)
  }

  private func resolved(_ document: RequestDocument) throws(Failure) -> RequestData {
    do throws(RequestRefusal) {
      return try document.resolved(in: vocabulary)
    } catch {
      guard case .refused(let problems) = Decider(set).refusal(error) else {
        throw Failure("the question is refused", status: .unchecked)
      }
      throw Failure(problems.joined(separator: "; "), status: .unchecked)
    }
  }

  /// A subject by `everyone`, `anonymous`, `KIND:NAME`, or the name of a policy.
  func subject(_ text: String) throws(Failure) -> AccessSubject {
    if text == "everyone" { return .everyone }
    if text == "anonymous" { return .anonymous }
    guard let colon = text.firstIndex(of: ":") else { return .policy(try policy(text)) }
    let kind = String(text[..<colon])
    let name = String(text[text.index(after: colon)...])
    guard !name.isEmpty else { throw Failure("`\(text)` has no name") }
    switch AccessKind(rawValue: kind) {
    case .user?: return .principal(.user(name))
    case .serviceAccount?: return .principal(PrincipalID(kind: .serviceAccount, id: name))
    case .policy?: return .policy(try policy(name))
    case .group?: return .group(try group(name))
    case .everyone?, .anonymous?: throw Failure("`\(kind)` takes no name")
    case nil:
      // A policy may have a colon in its name.
      if let policy = vocabulary.knownPolicy(text) { return .policy(policy) }
      throw .unknown("kind of subject", kind, among: AccessKind.allCases.map(\.rawValue))
    }
  }

  func policy(_ name: String) throws(Failure) -> PolicyIndex {
    if let policy = vocabulary.knownPolicy(name) { return policy }
    throw unknown("policy", name, among: set.policies.elements.map(\.heading.name))
  }

  func group(_ name: String) throws(Failure) -> GroupIndex {
    let found = set.groups.indices.first {
      set.groups[$0].heading.name.utf8.elementsEqual(name.utf8)
    }
    if let found { return found }
    throw unknown("group", name, among: set.groups.elements.map(\.heading.name))
  }

  /// The actions of some services; of all where none is named.
  func actions(of services: [String]) throws(Failure) -> ActionSet {
    guard !services.isEmpty else { return ActionSet([0..<set.catalogue.actions.count]) }
    var ranges: [Range<Int>] = []
    for name in services {
      let service = set.catalogue.services.elements.first {
        $0.heading.name.utf8.elementsEqual(name.utf8)
      }
      guard let service else {
        let known = set.catalogue.services.elements.map(\.heading.name)
        throw unknown("service", name, among: known)
      }
      ranges.append(service.actions)
    }
    return ActionSet(ranges)
  }

  /// Such as `Observer@acme/plant-2`.
  func holding(_ text: String) throws(Failure) -> Holding {
    guard let at = text.lastIndex(of: "@") else { return Holding(try policy(text)) }
    let path = String(text[text.index(after: at)...])
    guard let unit = vocabulary.knownUnit(path) else {
      throw unknown("unit", path, among: set.units.elements.map(\.path))
    }
    return Holding(try policy(String(text[..<at])), in: unit)
  }

  private func unknown(_ what: String, _ name: String, among known: [String]) -> Failure {
    let near = Suggestion.question(Suggestion.nearest(to: name, among: known))
    return Failure("there is no \(what) `\(name)`", help: near, status: .unchecked)
  }
}

extension RequestArguments {
  /// Ends a command that tells conditions, which tables do not have.
  func refuseCompiled() throws(Failure) {
    if path.hasSuffix(PolicyFiles.compiledSuffix) { throw Failure(.compiled(path)) }
  }
}
