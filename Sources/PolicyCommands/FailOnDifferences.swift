import PolicyAnalysis

extension Option {
  static let failOnDifferences = Option(
    "fail-on",
    .choice(["any", "widened", "narrowed", "none"]),
    "which differences fail"
  )
}

extension Direction {
  /// Whether differences in the direction fail, under a choice of `--fail-on`.
  func fails(on choice: String?) -> Bool {
    switch choice {
    case "none": false
    case "widened": self == .widening
    case "narrowed": self == .narrowing
    default: true
    }
  }
}
