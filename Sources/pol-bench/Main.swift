/// Measures the stages on policy sets that it makes, at several sizes in one run.
///
/// What is printed is what was measured; nothing is asserted.
@main struct PolBench {
  nonisolated static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    switch arguments.first {
    case nil:
      measureDeciding()
      measureCompiling()
      measureFrontEnd(megabytes: 20)
    case "decide":
      measureDeciding(arguments.dropFirst().joined(separator: " "))
    case "compile":
      measureCompiling()
    case "front-end":
      measureFrontEnd(megabytes: arguments.dropFirst().first.flatMap { Int($0) } ?? 20)
    default:
      print("usage: pol-bench [decide [CASE] | compile | front-end [MEGABYTES]]")
    }
  }
}
