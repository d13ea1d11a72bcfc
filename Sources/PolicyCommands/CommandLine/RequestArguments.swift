import PolicyEngine
import PolicyReport
import PolicyWorkspace

extension Option {
  static let principal = Option(
    "as",
    .text("KIND[:ID]"),
    "the principal: user:ID, service-account:ID, anonymous; or a kind alone"
  )
  static let holding = Option(
    "holding",
    .text("POLICY[@UNIT]"),
    mayRepeat: true,
    "a policy that it holds besides those of the set"
  )
  static let group = Option(
    "group",
    .text("GROUP"),
    mayRepeat: true,
    "an open group that it is in"
  )
  static let noGroups = Option("no-groups", "say that it is in no open group")
  static let unit = Option(
    "in",
    .text("UNIT|outside"),
    "where the resource belongs"
  )
  static let requests = Option(
    "requests",
    .text("FILE|-"),
    "decide every request of a file, one JSON object a line"
  )

  /// The options that say what is asked.
  static let ofRequest = [principal, holding, group, noGroups, unit]
}

/// What `eval` and `explain` are asked: a policy set, and the parts of a request.
struct RequestArguments {
  static let synopsis = "[DIR|FILE.polc] ACTION [ATTRIBUTE=VALUE…]"

  static let explanation = """
    The policy set is a directory or a compiled file; without one it is the current directory. \
    An attribute is `principal.NAME`, `context.NAME` or `resource.NAME`, and `resource=ID` is the \
    resource itself. A set is a list with commas (`resource.trees=a,b`) or a JSON array.

    What is not said is unknown, and never widens access: without `--as`, who asks; without \
    `--group` and `--no-groups`, the open groups; without `--in`, the unit. `--in outside` says \
    that the resource belongs to none. A request without `--as` is decided as a user's, and \
    refused where a user is allowed and not everyone else.
    """

  /// The path of the policy set.
  let path: String
  let action: String?
  /// The words before the action.
  let others: [String]
  private let attributes: [(space: RequestSpace?, name: String, text: String)]
  private let arguments: Arguments

  /// Reads so many words, the last of which is an action, and the attributes.
  init(_ arguments: Arguments, words most: Int = 1) throws(Failure) {
    self.arguments = arguments
    var words: [String] = []
    var attributes: [(space: RequestSpace?, name: String, text: String)] = []
    for positional in arguments.positionals {
      if let equals = positional.firstIndex(of: "=") {
        let key = String(positional[..<equals])
        let text = String(positional[positional.index(after: equals)...])
        let (space, name) = try Self.attribute(key)
        attributes.append((space, name, text))
      } else {
        words.append(positional)
      }
    }
    self.attributes = attributes
    let hasPath = words.first.map { $0.hasSuffix(".polc") || System.exists($0) } ?? false
    path = hasPath ? words[0] : "."
    if hasPath { words.removeFirst() }
    if words.count > most {
      guard hasPath else { throw Failure(.notFound(words[0])) }
      throw Failure("`\(words[most])` is one argument too many: one action is decided at a time")
    }
    others = Array(words.prefix(most - 1))
    action = words.count == most ? words.last : nil
  }

  /// The space and name of `context.mfa`; no space for `resource` alone.
  private static func attribute(
    _ key: String
  ) throws(Failure) -> (space: RequestSpace?, name: String) {
    if key == "resource" { return (nil, key) }
    for space in RequestSpace.allCases where key.utf8.starts(with: "\(space.rawValue).".utf8) {
      return (space, String(key.dropFirst(space.rawValue.count + 1)))
    }
    throw Failure(
      "`\(key)` is no attribute",
      help: "attributes begin with `principal.`, `context.` or `resource.`"
    )
  }

  /// Whether it is said of what kind the principal is.
  var saysKind: Bool { arguments.has(.principal) }

  /// The request by names; the declared types say how values are read.
  func document(in vocabulary: some RequestVocabulary) throws(Failure) -> RequestDocument {
    guard let action else {
      throw Failure("an action is needed, such as `device.delete`")
    }
    var document = RequestDocument(action: action)
    try addPrincipal(to: &document)
    switch arguments.value(.unit) {
    case nil: document.unit = .unsaid
    case "outside": document.unit = .outside
    case let path?: document.unit = .unit(path)
    }
    for (space, name, text) in attributes {
      guard let space else {
        document.resourceID = text
        continue
      }
      let type = vocabulary.knownAttribute(space, name)?.type
      let value = NamedValue(name, try RawValue(commandLine: text, as: type))
      switch space {
      case .principal: document.subjectProperties.append(value)
      case .context: document.context.append(value)
      case .resource: document.resourceProperties.append(value)
      }
    }
    return document
  }

  private func addPrincipal(to document: inout RequestDocument) throws(Failure) {
    if let principal = arguments.value(.principal) {
      let colon = principal.firstIndex(of: ":")
      document.subjectType = String(principal[..<(colon ?? principal.endIndex)])
      document.subjectID = colon.map { String(principal[principal.index(after: $0)...]) }
      guard PrincipalKind(word: document.subjectType) != nil else {
        throw Failure(
          "`\(principal)` is no principal",
          help: "it is user:ID, service-account:ID or anonymous; a kind alone is someone of it"
        )
      }
      if document.subjectID == "" { throw Failure("`\(principal)` has no id") }
    }
    if arguments.has(.noGroups) {
      guard !arguments.has(.group) else {
        throw Failure("`--group` and `--no-groups` contradict each other")
      }
      document.groups = []
    } else if arguments.has(.group) {
      document.groups = arguments.all(.group)
    }
    document.policies = arguments.all(.holding).map { holding in
      guard let at = holding.lastIndex(of: "@") else { return HeldPolicy(holding) }
      return HeldPolicy(String(holding[..<at]), in: String(holding[holding.index(after: at)...]))
    }
  }
}

extension RawValue {
  /// A value as a command line has it, read in the form of its type; what does not fit stays a
  /// text, and is refused as such.
  fileprivate init(commandLine text: String, as type: AttributeType?) throws(Failure) {
    switch type {
    case .bool?:
      self = text == "true" ? .bool(true) : text == "false" ? .bool(false) : .string(text)
    case .int?:
      self = Int64(text).map { .int($0) } ?? Self.otherNumber(text) ?? .string(text)
    case let type? where type.element != nil:
      guard text.hasPrefix("[") else {
        self = .array(text.split(separator: ",").map { .string(String($0)) })
        return
      }
      do throws(JSONError) {
        self = RawValue(try JSONParser.parse(Array(text.utf8)))
      } catch {
        throw Failure("`\(text)` is no JSON array: \(error.message)")
      }
    default:
      self = .string(text)
    }
  }

  /// A number that is no `Int`, such as a fraction; nil for a text that is no number.
  private static func otherNumber(_ text: String) -> RawValue? {
    guard let value = try? JSONParser.parse(Array(text.utf8)), case .number = value else {
      return nil
    }
    return RawValue(value)
  }
}
