/// A selector of Kubernetes objects by their labels: all of its requirements hold.
struct LabelSelector: Sendable {
  enum Requirement: Sendable {
    case isOneOf(Name, [Name])
    /// True too where there is no such label.
    case isNoneOf(Name, [Name])
    case exists(Name)
    case existsNot(Name)
  }

  var requirements: [Requirement] = []

  func matches(_ labels: [Name: Name]) -> Bool {
    requirements.allSatisfy { requirement in
      switch requirement {
      case .isOneOf(let key, let values): labels[key].map { values.contains($0) } ?? false
      case .isNoneOf(let key, let values): labels[key].map { !values.contains($0) } ?? true
      case .exists(let key): labels[key] != nil
      case .existsNot(let key): labels[key] == nil
      }
    }
  }
}
