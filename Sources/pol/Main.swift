import PolicyCommands

@main struct Pol {
  nonisolated static func main() {
    runAndExit(Array(CommandLine.arguments.dropFirst()))
  }
}
