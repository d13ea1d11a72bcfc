package import PolicyEngine

/// What it costs to classify a value of one kind of attribute.
package struct Classifying: Sendable {
  package let name: String
  /// How many values policies compare it with.
  package let constants: Int
  /// Attributes of such a kind, in a policy set of their own: the type and the condition for the
  /// i-th constant, on `context.x`.
  package let type: String
  let condition: @Sendable (Int) -> String
  /// Values of requests.
  let values: [RawValue]

  /// The policy set, as text.
  package var text: String {
    let other = name.contains("attribute") ? "  y: \(type)" : ""
    let conditions = (0..<constants).map(condition).joined(separator: "\n      or ")
    return """
      catalogue kinds {
        context { x: \(type)\(other) }
        service s { read { a } }
      }
      policy p {
        allow s.a when \(conditions)
      }
      assign p to everyone

      """
  }

  /// Every kind, with few constants and with many.
  package static let all: [Classifying] =
    [
      Classifying(
        name: "Bool",
        constants: 1,
        type: "Bool",
        condition: { _ in "context.x" },
        values: [true, false]
      )
    ] + [10, 1000].flatMap { sized($0) } + [
      Classifying(
        name: "one of 3 words",
        constants: 1,
        type: "\"eu\" | \"us\" | \"apac\"",
        condition: { _ in "context.x == \"eu\"" },
        values: ["eu", "us", "apac"]
      ),
      Classifying(
        name: "attribute == attribute",
        constants: 1,
        type: "String",
        condition: { _ in "context.x == context.y" },
        values: ["w1", "w2"]
      ),
      Classifying(
        name: "attribute < attribute",
        constants: 1,
        type: "Int",
        condition: { _ in "context.x < context.y" },
        values: [1, 5]
      ),
    ]

  private static func sized(_ count: Int) -> [Classifying] {
    func texts(_ make: (Int) -> String) -> [RawValue] {
      (0..<16).map { .string(make($0 * count / 12)) }
    }
    return [
      Classifying(
        name: "Int",
        constants: count,
        type: "Int",
        condition: { "context.x == \(3 * $0)" },
        values: (0..<16).map { .int(Int64($0 * count / 5)) }
      ),
      Classifying(
        name: "Time",
        constants: count,
        type: "Time",
        condition: { "context.x == \"\(time($0))\"" },
        values: texts(time)
      ),
      Classifying(
        name: "String ==",
        constants: count,
        type: "String",
        condition: { "context.x == \"workspace-\($0)\"" },
        values: texts { "workspace-\($0)" }
      ),
      Classifying(
        name: "String like",
        constants: min(count, 100),
        type: "String",
        condition: { "context.x like \"team-\($0)-*\"" },
        values: texts { "team-\($0)-berlin" }
      ),
      Classifying(
        name: "IP",
        constants: count,
        type: "IP",
        condition: { "context.x in \"10.\($0 / 200).\($0 % 200).0/24\"" },
        values: texts { "10.\($0 / 200).\($0 % 200).7" }
      ),
      Classifying(
        name: "Path",
        constants: count,
        type: "Path",
        condition: { "context.x under \"plants/p\($0)\"" },
        values: texts { "plants/p\($0)/line/cell" }
      ),
      Classifying(
        name: "Principal",
        constants: count,
        type: "Principal",
        condition: { "context.x == user \"user-\($0)\"" },
        values: texts { "user:user-\($0)" }
      ),
      Classifying(
        name: "Set<String>, 3 elements",
        constants: min(count, 100),
        type: "Set<String>",
        condition: { "context.x contains \"tag-\($0)\"" },
        values: (0..<16).map { n in
          [.string("tag-\(n)"), .string("tag-\(3 * n)"), .string("other")]
        }
      ),
    ]
  }

  private static func time(_ number: Int) -> String {
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    return
      "20\(two(10 + number / 336))-\(two(1 + number / 28 % 12))-\(two(1 + number % 28))T12:00:00Z"
  }

  /// Nanoseconds to set the attribute in a request: from the value as a caller has it.
  ///
  /// - Throws: `RequestRefusal` when the set is not the one of `text`.
  package func measure(_ engine: PolicyEngine, rounds: Int = 60) throws(RequestRefusal) -> Timing {
    let subject = try engine.subject(.user("somebody"), groups: [])
    var request = engine.request(subject, try engine.action("s.a"))
    let attribute = try engine.attribute("context.x")
    if name.contains("attribute") { try request.set("context.y", values[0]) }
    for value in values { try request.set(attribute, value) }
    let values = values
    let contender = Contender(name, count: values.count * 16, expected: 0) {
      var failures: UInt64 = 0
      for _ in 0..<16 {
        for value in values {
          do { try request.set(attribute, value) } catch { failures += 1 }
        }
      }
      return failures
    }
    return PolicyBenchmark.measure([contender], rounds: rounds)[0]
  }
}
