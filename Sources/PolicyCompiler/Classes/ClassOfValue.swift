package import PolicyEngine
import PolicyModel

extension Variable {
  /// The class of a value that its term has; nil for a variable that does not ask about the value of
  /// one term.
  ///
  /// - Complexity: O(cuts), or O(length + constants) of a text or path.
  package func number(of value: Value) -> Int? {
    switch subject {
    case .value:
      if case .principal(let id) = value {
        principalClass(id).map { Int($0) }
      } else {
        classifier?.number(of: value)
      }
    case .presence: 1
    case .element(_, let element): value.containsElement(element) ? 2 : 1
    case .elementUnder(_, let path): value.isUnder(.path(path)) ? 2 : 1
    case .matches(_, let pattern): value.isLike(pattern) ? 2 : 1
    case .relation, .group, .kind, .unit, .derived: nil
    }
  }
}

extension Classifier {
  fileprivate func number(of value: Value) -> Int? {
    switch (self, value) {
    case (.bool(let no, let yes), .bool(let value)): Int(value ? yes : no)
    case (.int(let cuts, let classes), .int(let value)):
      Int(classes[cuts.count { $0 <= value }])
    case (.time(let cuts, let classes), .time(let value)):
      Int(classes[cuts.count { $0 <= value }])
    case (.ip(let classifier), .ip(let address)): Int(classifier.number(of: address))
    case (.text(let classifier), .string(let text)): Int(classifier.number(of: text))
    case (.path(let classifier), .path(let path)): Int(classifier.number(of: path))
    default: nil
    }
  }
}

extension IPClassifier {
  fileprivate func number(of address: IPAddress) -> UInt32 {
    guard !address.isVersion4 else { return classes4[cuts4.count { $0 <= UInt32(address.low) }] }
    let wide = Wide(high: address.high, low: address.low)
    return classes6[cuts6.count { $0 <= wide }]
  }
}

extension TextClassifier {
  fileprivate func number(of text: String) -> UInt32 {
    if let listed = constants.first(where: { $0.text.utf8.elementsEqual(text.utf8) }) {
      return listed.number
    }
    return automaton.map { stateClasses[Int($0.state(after: text.utf8))] } ?? other
  }
}

extension PathClassifier {
  /// Of the listed paths that a path is below, the deepest decides, which is the longest.
  fileprivate func number(of path: String) -> UInt32 {
    var deepest: (length: Int, number: UInt32)?
    for constant in constants where PathText.isUnder(path, constant.path) {
      let length = constant.path.utf8.count
      if length == path.utf8.count { return constant.exact }
      if length > deepest?.length ?? 0 { deepest = (length, constant.below) }
    }
    return deepest?.number ?? elsewhere
  }
}
