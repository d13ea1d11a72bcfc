import PolicyBenchmark
import PolicyWorkspace

/// Measures decisions, and the stages that lead to them, on policy sets that it makes.
///
/// What is printed is what was measured; nothing is asserted but that all ways agree.
@main struct PolBench {
  nonisolated static func main() {
    printByLine()
    let rest = Array(CommandLine.arguments.dropFirst(2))
    switch CommandLine.arguments.dropFirst().first {
    case nil:
      measureAllDeciding()
      measureCompiling()
      measureFrontEnd(megabytes: 20)
    case "decide" where rest.isEmpty: measureAllDeciding()
    case "decide": measureDeciding(rest.joined(separator: " "))
    case "growth": measureGrowing()
    case "threads": measureThreading()
    case "classify": measureClassifying()
    case "reload": measureReloading()
    case "load": measureLoading()
    case "languages": measureLanguages(program: CommandLine.arguments[0])
    case "instructions": measureInstructions(program: CommandLine.arguments[0])
    case "counted":
      if !runCounted(rest) { System.exit(2) }
    case "compile": measureCompiling()
    case "check" where !rest.isEmpty:
      let numbers = rest.dropFirst().compactMap { Int($0) }
      measureChecking(
        in: rest[0],
        files: numbers.first ?? 1000,
        rules: numbers.dropFirst().first ?? 100_000
      )
    case "directory": measureGranting()
    case "ask" where !rest.isEmpty:
      let numbers = rest.dropFirst().compactMap { Int($0) }
      let sizes = numbers.count == 3 ? numbers : [1000, 20_000, 20_000]
      measureAsking(
        in: rest[0],
        roles: sizes[0],
        actions: sizes[1],
        rules: sizes[2],
        program: CommandLine.arguments[0]
      )
    case "lsp" where rest.count == 1:
      measureEditing(in: rest[0], program: CommandLine.arguments[0])
    case "front-end": measureFrontEnd(megabytes: rest.first.flatMap { Int($0) } ?? 20)
    default:
      print(
        """
        usage: pol-bench [decide [CASE] | growth | threads | classify | reload | load | instructions
                          | languages | compile | front-end [MEGABYTES] | check DIR [FILES [RULES]]
                          | lsp DIR | directory
                          | ask DIR [ROLES ACTIONS RULES]]
        """
      )
      System.exit(2)
    }
  }
}

/// Everything about decisions.
private func measureAllDeciding() {
  measureDeciding()
  measureGrowing()
  measureThreading()
  measureReloading()
  measureClassifying()
  measureInstructions(program: CommandLine.arguments[0])
}
