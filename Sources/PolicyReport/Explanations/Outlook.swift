import PolicyAnalysis
import PolicyEngine
import PolicyModel

/// What would decide a request otherwise: changes that would allow it, or the facts that an allow
/// rests on.
struct Outlook {
  private let remedies: [Remedy]
  private let support: Support?
  private let isAllowed: Bool
  private let request: RequestData
  private let set: PolicySet

  /// - Complexity: Thousands of decisions on the rules for the action, at most.
  init(isAllowed: Bool, _ request: RequestData, in set: PolicySet) {
    self.isAllowed = isAllowed
    self.request = request
    self.set = set
    remedies = isAllowed ? [] : PolicyAnalysis.remedies(for: request, in: set)
    support = isAllowed ? PolicyAnalysis.support(of: request, in: set) : nil
  }

  // MARK: For people

  var text: String {
    let lines = isAllowed ? resting : helping
    return lines.isEmpty ? "" : "\n" + lines.map { VisibleText.of($0) + "\n" }.joined()
  }

  private var helping: [String] {
    guard !remedies.isEmpty else {
      return ["No change was found that would allow it, with up to three things said otherwise."]
    }
    return ["It would be allowed if"]
      + remedies.enumerated().map { index, remedy in
        "  \(index == 0 ? "" : "or ")\(remedyText(remedy, in: set))"
      }
  }

  private var resting: [String] {
    guard let support else { return [] }
    guard !support.facts.isEmpty else {
      return ["It rests on nothing that the request says but the action."]
    }
    let all = support.facts.count + support.rest.count
    let count =
      support.rest.isEmpty
      ? "all that the request says"
      : "\(Self.number(support.facts.count)) of the \(Self.number(all)) things that the request says"
    let rest = support.rest.map { topicText($0, in: set) }.joined(separator: ", ")
    return ["It rests on \(count):"] + support.facts.map { "  \(factText($0, in: set))" }
      + (rest.isEmpty ? [] : ["The rest does not matter: \(rest)."])
  }

  private static func number(_ count: Int) -> String {
    let words = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    return count < words.count ? words[count] : "\(count)"
  }

  // MARK: For programs

  /// `remedies` of a deny, `restsOn` of an allow.
  var members: [JSONMember] {
    if !isAllowed {
      let remedies = remedies.map { remedy -> JSONValue in
        [
          "changes": .strings(remedy.changes.map { changeText($0, in: set) }),
          "request": RequestJSON.value(changed(by: remedy), in: set),
        ]
      }
      return [JSONMember("remedies", .array(remedies))]
    }
    guard let support else { return [] }
    return [
      JSONMember(
        "restsOn",
        [
          "facts": .strings(support.facts.map { factText($0, in: set) }),
          "rest": .strings(support.rest.map { factText($0, in: set) }),
          "smallest": .bool(support.isSmallest),
        ]
      )
    ]
  }

  /// The request that is allowed.
  private func changed(by remedy: Remedy) -> RequestData {
    var changed = request
    for change in remedy.changes { changed.apply(change) }
    return changed
  }
}
