/// Measures the stages on policy sets that it makes, at several sizes in one run.
///
/// What is printed is what was measured; nothing is asserted.
@main struct PolBench {
  nonisolated static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    switch arguments.first {
    case nil:
      measureDeciding()
      measureGrowing()
      measureThreading()
      measureClassifying()
      measureCompiling()
      measureFrontEnd(megabytes: 20)
    case "decide":
      measureDeciding(arguments.dropFirst().joined(separator: " "))
    case "growth":
      measureGrowing()
    case "threads":
      measureThreading()
    case "classify":
      measureClassifying()
    case "compile":
      measureCompiling()
    case "check" where arguments.count >= 2:
      let numbers = arguments.dropFirst(2).compactMap { Int($0) }
      measureChecking(
        in: Array(arguments)[1],
        files: numbers.first ?? 1000,
        rules: numbers.dropFirst().first ?? 100_000
      )
    case "front-end":
      measureFrontEnd(megabytes: arguments.dropFirst().first.flatMap { Int($0) } ?? 20)
    default:
      print(
        """
        usage: pol-bench [decide [CASE] | growth | threads | classify | compile |
                          front-end [MEGABYTES] | check DIR [FILES [RULES]]]
        """
      )
    }
  }
}
