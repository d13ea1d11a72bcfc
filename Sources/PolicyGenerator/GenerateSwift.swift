import PolicyEngine
package import PolicyModel

/// Swift source with compiled policies in it, and a constant or type for everything they name: a
/// misspelt or removed action does not compile, and a request offers the attributes of its service.
///
/// The same policies give the same text.
///
/// - Parameters:
///   - set: A policy set that checks.
///   - tables: What it compiles to.
/// - Returns: The text of one file.
/// - Complexity: O(bytes of the tables + names × log names).
package func generateSwift(_ set: PolicySet, tables: [UInt8]) -> String {
  let heading = set.catalogue.headings.first
  let outer = SwiftNames.unique(
    [heading?.name ?? "policies"],
    taken: SwiftNames.types,
    SwiftNames.type
  )[0]
  let services = set.catalogue.services.indices.map { ServiceText($0, in: set.catalogue) }
  let names = SwiftNames.unique(
    services.map(\.name),
    taken: reserved,
    SwiftNames.type
  )
  var text = SwiftText()
  text.line("// Made by `polc` of the policy files of this target; changes are lost.")
  text.line("import PolicyEngine")
  text.line()
  text.documentation(heading?.documentation, heading?.title, "The policies of this target.")
  text.block("enum \(outer)") { text in
    text.lines(engineText)
    text.line()
    text.lines(requestText)
    for space in [AttributeSpace.context, .principal] {
      text.line()
      AttributeText(space, of: nil, in: set.catalogue).append(to: &text)
    }
    for (service, name) in zip(services, names) {
      text.line()
      service.append(named: name, to: &text)
    }
    for names in NameText.all(in: set) {
      text.line()
      names.append(to: &text)
    }
  }
  text.line()
  text.lines(supportText)
  text.line()
  text.line("private let polTables: StaticString = \"\(Base64.text(tables))\"")
  return text.text
}

/// What a service cannot be called.
private let reserved = SwiftNames.types.union([
  "Service", "Attributes", "Request", "Place", "Path", "Context", "Principal", "Policy", "Group",
  "Unit",
])

private let engineText = """
  /// The policies, compiled in; verified when they are first used.
  static let engine: PolicyEngine = polKnown { () throws(ArtifactError) in
    try PolicyEngine(base64: polTables)
  }

  /// A principal, prepared for requests.
  ///
  /// - Parameter groups: The open groups that it is in; nil when that is not known.
  static func subject(
    _ principal: PolicyEngine.Principal,
    holding policies: [Policy] = [],
    groups: [Group]? = nil
  ) -> PolicyEngine.Subject {
    polKnown { () throws(RequestRefusal) in
      try subject(principal, holding: policies, groups: groups, of: engine)
    }
  }

  /// A principal, prepared for requests to policies that were loaded later.
  ///
  /// - Parameter engine: One with the same catalogue (`sameCatalogue` is a condition of
  ///   `PolicyEngineReference`), since the constants here are those of this catalogue.
  /// - Throws: `RequestRefusal` when it has not the policies.
  static func subject(
    _ principal: PolicyEngine.Principal,
    holding policies: [Policy] = [],
    groups: [Group]? = nil,
    of engine: PolicyEngine
  ) throws(RequestRefusal) -> PolicyEngine.Subject {
    try engine.subject(
      principal,
      holding: policies.map { HeldPolicy($0.rawValue) },
      groups: groups?.map(\\.rawValue)
    )
  }
  """

private let requestText = """
  /// A service: what its actions and their resources are.
  protocol Service: Hashable, Sendable {
    /// The attributes that its resources have.
    associatedtype Resource: Attributes
    /// The action, good for every engine with the same catalogue.
    var action: PolicyEngine.Action { get }
  }

  /// Attributes of one kind of thing; what is nil is not known.
  protocol Attributes: Sendable {
    init()
    /// Says in a request what is known.
    func set(in request: inout PolicyEngine.Request)
  }

  /// Where a resource belongs.
  enum Place: Hashable, Sendable {
    /// The request does not say: in every unit perhaps.
    case unknown
    /// In no unit.
    case outside
    case unit(Unit)
  }

  /// A path such as `eu/berlin`: names between slashes.
  struct Path: Hashable, Sendable {
    let text: String

    /// Nil where a part is empty, or is `.` or `..`.
    init?(_ text: String) {
      guard PathText.isValid(text) else { return nil }
      self.text = text
    }
  }

  /// A request for an action of one service, with the attributes that this service has.
  struct Request<Of: Service>: Sendable {
    let subject: PolicyEngine.Subject
    var action: Of
    var place: Place
    var resourceID: String?
    var resource: Of.Resource
    var context: Context
    var principal: Principal

    init(
      _ subject: PolicyEngine.Subject,
      _ action: Of,
      in place: Place = .unknown,
      id resourceID: String? = nil,
      resource: Of.Resource = Of.Resource(),
      context: Context = Context(),
      principal: Principal = Principal()
    ) {
      self.subject = subject
      self.action = action
      self.place = place
      self.resourceID = resourceID
      self.resource = resource
      self.context = context
      self.principal = principal
    }

    /// The request as the subject's engine takes it.
    var prepared: PolicyEngine.Request { prepared(keepingValues: false) }

    /// The same with its values kept, as a `PolicyEngine.DecisionLog` needs it.
    var recorded: PolicyEngine.Request { prepared(keepingValues: true) }

    private func prepared(keepingValues: Bool) -> PolicyEngine.Request {
      var request = subject.engine.request(
        subject,
        action.action,
        keepingValues: keepingValues
      )
      switch place {
      case .unknown: break
      case .outside: request.unit = .outside
      case .unit(let unit):
        // An engine that was loaded later may not have the unit: nothing is known of the place then.
        if let known = try? subject.engine.unit(unit.rawValue) { request.unit = known }
      }
      if let resourceID { request.setResourceID(resourceID) }
      resource.set(in: &request)
      context.set(in: &request)
      principal.set(in: &request)
      return request
    }

    /// What the policies say.
    func decide() -> PolicyEngine.Decision { subject.engine.decide(prepared) }

    /// What the policies say, and why.
    func explain() -> PolicyEngine.Explanation { subject.engine.explain(prepared) }
  }
  """

private let supportText = """
  /// What cannot fail, since it was made together with the tables.
  private func polKnown<Value, Problem: Error>(_ make: () throws(Problem) -> Value) -> Value {
    do { return try make() } catch { preconditionFailure("this build's policies are damaged: \\(error)") }
  }

  private func polSet(
    _ request: inout PolicyEngine.Request,
    _ attribute: PolicyEngine.Attribute,
    _ value: Value
  ) {
    do {
      try request.set(attribute, to: value)
    } catch {
      preconditionFailure("this build's policies are damaged: \\(error)")
    }
  }
  """
