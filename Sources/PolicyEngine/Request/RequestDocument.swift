/// A policy that the principal of a request holds, by name.
public struct HeldPolicy: Hashable, Sendable {
  /// The name of the policy.
  public var policy: String
  /// The full path of the unit in which it is held, with all below; nil for everywhere.
  public var unit: String?

  /// A policy by name, held everywhere or in a unit.
  public init(_ policy: String, in unit: String? = nil) {
    self.policy = policy
    self.unit = unit
  }
}

extension HeldPolicy: ExpressibleByStringLiteral {
  /// A policy that is held everywhere.
  public init(stringLiteral name: String) { self.init(name) }
}

/// Where the resource of a request belongs, by name.
public enum NamedUnit: Hashable, Sendable {
  /// The request does not say.
  case unsaid
  /// It belongs to no unit.
  case outside
  /// The unit with this full path, such as `acme/plant-2`.
  case unit(String)
}

/// An attribute by name, with a value whose type is not known yet.
public struct NamedValue: Hashable, Sendable {
  /// The name of the attribute, without its space.
  public var name: String
  /// The value as the caller has it.
  public var value: RawValue

  /// An attribute by name, with its value.
  public init(_ name: String, _ value: RawValue) {
    self.name = name
    self.value = value
  }
}

/// A request by names, as JSON and command lines have it: nothing in it has been looked up.
public struct RequestDocument: Hashable, Sendable {
  /// `user`, `service-account` or `anonymous`.
  public var subjectType: String = "user"
  /// The principal's id; nil when the request does not say.
  public var subjectID: String?
  /// The groups it is in; nil when the request does not say, empty for none.
  public var groups: [String]?
  /// The policies it holds besides those of the policy set.
  public var policies: [HeldPolicy] = []
  /// The attributes of the principal.
  public var subjectProperties: [NamedValue] = []
  /// The action, such as `device.delete`.
  public var action: String
  /// The service that the resource belongs to; where given, it must be the action's.
  public var resourceType: String?
  /// The resource's id.
  public var resourceID: String?
  /// Where the resource belongs.
  public var unit: NamedUnit = .unsaid
  /// The attributes of the resource.
  public var resourceProperties: [NamedValue] = []
  /// The attributes of the context.
  public var context: [NamedValue] = []

  /// A request for an action that says nothing else: a user of whom nothing is known.
  public init(action: String) {
    self.action = action
  }
}

/// One thing in a request that is refused.
public enum RequestProblem: Hashable, Sendable {
  /// The subject's type is none of the three kinds of principal.
  case unknownSubjectType(String)
  /// An anonymous principal has no id, groups or policies; the text says which was given.
  case anonymousHas(String)
  /// The catalogue does not have the action.
  case unknownAction(String)
  /// The type of the resource is not the service of the action.
  case wrongResourceType(String, service: String)
  /// No unit has this full path.
  case unknownUnit(String)
  /// No policy has this name.
  case unknownPolicy(String)
  /// The catalogue does not declare the attribute, given as `context.mfa`.
  case undeclaredAttribute(String)
  /// The attribute is one of other services than the action's.
  case attributeOfOtherService(String, service: String)
  /// The attribute is given more than once.
  case repeatedAttribute(String)
  /// The value does not fit the attribute's type.
  case value(attribute: String, type: String, form: String, ValueRefusal)
}

extension RequestProblem: CustomStringConvertible {
  /// One phrase, with the request's own text in backquotes.
  public var description: String {
    switch self {
    case .unknownSubjectType(let word):
      "subject type `\(word)` is none of `user`, `service-account` and `anonymous`"
    case .anonymousHas(let what): "an anonymous principal has no \(what)"
    case .unknownAction(let name): "the catalogue has no action `\(name)`"
    case .wrongResourceType(let name, let service):
      "resource type `\(name)` is not `\(service)`, the service of the action"
    case .unknownUnit(let path): "there is no unit `\(path)`"
    case .unknownPolicy(let name): "there is no policy `\(name)`"
    case .undeclaredAttribute(let path): "the catalogue declares no attribute `\(path)`"
    case .attributeOfOtherService(let path, let service):
      "service `\(service)` has no attribute `\(path)`"
    case .repeatedAttribute(let path): "attribute `\(path)` is given twice"
    case .value(let path, let type, let form, let refusal):
      switch refusal {
      case .null: "attribute `\(path)` is null; leave out what is not known"
      case .wrongType: "attribute `\(path)` has type \(type), and the value is \(form)"
      case .malformed(let text): "attribute `\(path)` has type \(type), and `\(text)` is none"
      case .notListed(let text): "attribute `\(path)` is one of \(type), not `\(text)`"
      }
    }
  }
}

/// Everything that is wrong with a request, in the order of its parts.
public struct RequestRefusal: Error, Hashable, Sendable {
  /// At least one problem.
  public let problems: [RequestProblem]

  /// A refusal for the given problems.
  public init(_ problems: [RequestProblem]) {
    self.problems = problems
  }
}

extension RequestRefusal: CustomStringConvertible {
  /// The problems, one after the other.
  public var description: String {
    problems.map { $0.description }.joined(separator: "; ")
  }
}
