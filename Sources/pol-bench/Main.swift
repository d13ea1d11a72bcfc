/// Measures the stages on policy sets that it makes, each set at two sizes, so that the growth can
/// be seen in one run. What is printed is what was measured; nothing is asserted.
@main struct PolBench {
  nonisolated static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    switch arguments.first {
    case "front-end", nil:
      measureFrontEnd(megabytes: arguments.dropFirst().first.flatMap { Int($0) } ?? 20)
      measureChecking()
    default:
      print("usage: pol-bench [front-end [MEGABYTES]]")
    }
  }
}
