import PolicyEngine
import PolicyModel

extension Domain {
  /// The principals that are compared with, and all others.
  static func principal(_ questions: [Question]) -> Domain {
    func constants(_ check: Check) -> PrincipalID? {
      if case .equals(_, .principal(let id)) = check { id } else { nil }
    }
    let ids = Set(questions.joined().compactMap(constants)).sorted { left, right in
      left.kind == right.kind
        ? left.id.utf8.lexicographicallyPrecedes(right.id.utf8)
        : left.kind.rawValue < right.kind.rawValue
    }
    var regionOf: [PrincipalID: Int] = [:]
    for (index, id) in ids.enumerated() { regionOf[id] = index + 1 }
    let asked = questions.map { checks in
      checks.compactMap { constants($0).flatMap { regionOf[$0] } }.map { $0..<$0 + 1 }
    }
    let partition = Partition(regions: ids.count + 1, questions: asked)
    var number = 0
    while regionOf[.user(number == 0 ? "other" : "other-\(number)")] != nil { number += 1 }
    let other = PrincipalID.user(number == 0 ? "other" : "other-\(number)")
    return Domain(
      classifier: .principal(
        constants: ids.indices.map { (ids[$0], partition.classOfRegion[$0 + 1]) },
        other: partition.classOfRegion[0]
      ),
      witnesses: [.missing]
        + partition.firstRegions.map { .value(.principal($0 == 0 ? other : ids[$0 - 1])) },
      runs: partition.runs
    )
  }

  /// The paths that are compared with, each apart from what is below it and below no deeper one.
  ///
  /// In the order of their segments, so that all that is under a path is one run.
  static func path(_ questions: [Question]) -> Domain {
    var all: Set<TextKey> = []
    for check in questions.joined() {
      switch check {
      case .equals(_, .path(let path)), .under(_, let path): all.insert(TextKey(path))
      default: break
      }
    }
    let paths = all.map { (key: $0, segments: $0.bytes.split(separator: UInt8(ascii: "/"))) }
      .sorted { left, right in
        left.segments.lexicographicallyPrecedes(right.segments) {
          $0.lexicographicallyPrecedes($1)
        }
      }
      .map(\.key)
    var indexOf: [TextKey: Int] = [:]
    for (index, path) in paths.enumerated() { indexOf[path] = index }
    // Region 0 is under none of them; 2n + 1 is path n itself, 2n + 2 what is below.
    var ends = [Int](repeating: paths.count, count: paths.count)
    var open: [Int] = []
    for (index, path) in paths.enumerated() {
      while let last = open.last, !PathText.isUnder(path.text, paths[last].text) {
        ends[last] = index
        open.removeLast()
      }
      open.append(index)
    }
    let asked = questions.map { checks in
      checks.compactMap { check -> Range<Int>? in
        switch check {
        case .equals(_, .path(let path)):
          indexOf[TextKey(path)].map { 2 * $0 + 1..<2 * $0 + 2 }
        case .under(_, let path):
          indexOf[TextKey(path)].map { 2 * $0 + 1..<2 * ends[$0] + 1 }
        default: nil
        }
      }
    }
    let partition = Partition(regions: 2 * paths.count + 1, questions: asked)
    let witnesses = partition.firstRegions.map { region -> ClassWitness in
      let path = region == 0 ? nil : paths[(region - 1) / 2].text
      let isExact = region % 2 == 1
      return .value(.path(isExact ? path ?? "" : fresh(below: path, all)))
    }
    let classes = partition.classOfRegion
    return Domain(
      classifier: .path(
        PathClassifier(
          constants: paths.indices.map {
            (paths[$0].text, classes[2 * $0 + 1], classes[2 * $0 + 2])
          },
          elsewhere: classes[0]
        )
      ),
      witnesses: [.missing] + witnesses,
      runs: partition.runs
    )
  }

  /// A path below another, or at the root, that is under no listed one below that.
  private static func fresh(below path: String?, _ listed: Set<TextKey>) -> String {
    var number = 0
    while true {
      let name = number == 0 ? "other" : "other-\(number)"
      let candidate = path.map { "\($0)/\(name)" } ?? name
      if !listed.contains(TextKey(candidate)) { return candidate }
      number += 1
    }
  }
}
