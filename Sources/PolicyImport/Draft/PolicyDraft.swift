import PolicyModel

/// Policies on their way to policy text; what is in it has names that policy text can say.
struct PolicyDraft: Sendable {
  /// An attribute, written as in a catalogue.
  struct Attribute: Hashable, Comparable, Sendable {
    let space: AttributeSpace
    let name: Name
    let type: String

    static func < (left: Attribute, right: Attribute) -> Bool {
      left.space == right.space
        ? left.name < right.name : left.space.rawValue < right.space.rawValue
    }
  }

  struct Rule: Sendable {
    let effect: Effect
    /// Patterns, as they are written.
    let actions: String
    var condition: DraftCondition = .all([])
    /// What stands above it, a line each.
    var comments: [String] = []
  }

  struct Policy: Sendable {
    let name: Name
    var isRole = true
    var comments: [String] = []
    var includes: [Name] = []
    var rules: [Rule] = []
  }

  /// Whom an assignment means.
  enum Subject: Hashable, Comparable, Sendable {
    case everyone, anonymous, user(Name), serviceAccount(Name), group(Name)

    /// Whether policy text can name it.
    var isSayable: Bool {
      switch self {
      case .everyone, .anonymous: true
      case .group(let name): name.isSayable
      case .user(let id), .serviceAccount(let id): id.isSayableAsID
      }
    }
  }

  struct Assignment: Sendable {
    let policies: [Name]
    let subjects: [Subject]
    var place: Name?
    var comments: [String] = []
  }

  /// The name of its catalogue.
  let catalogueName: String
  var actions: Set<ActionName> = []
  var attributes: Set<Attribute> = []
  /// The attributes of the resources of one service.
  var serviceAttributes: [Name: Set<Attribute>] = [:]
  var units: Set<Name> = []
  /// Open groups: requests say who is in them.
  var groups: Set<Name> = []
  var policies: [Policy] = []
  var assignments: [Assignment] = []

  init(catalogue: String) { catalogueName = catalogue }
}
