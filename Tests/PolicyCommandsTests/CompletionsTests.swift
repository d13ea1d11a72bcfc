import PolicyCommands
import Testing

/// Completions know every command and option; bash is asked itself where it is (`EndToEndTests`).
@Suite struct CompletionsTests {
  @Test(arguments: Shell.allCases)
  func `every command and option is there`(shell: Shell) throws {
    let outcome = try Session().pol("completions \(shell.rawValue)")
    #expect(outcome.status == .success)
    #expect(outcome.output == shell.completions)
    for command in Command.all {
      let mark =
        switch shell {
        case .bash: "\n    \(command.name))\n"
        case .zsh: "\n    \(command.name)) _arguments "
        case .fish: " -a \(command.name) -d "
        }
      #expect(outcome.output.contains(mark), "\(command.name)")
      for option in command.options {
        let mark = shell == .fish ? " -l \(option.name) " : "--\(option.name)"
        #expect(outcome.output.contains(mark), "\(option.name)")
      }
    }
  }

  @Test func `a shell without completions is told`() throws {
    let outcome = try Session().pol("completions fis")
    #expect(outcome.status == .unable)
    #expect(outcome.error.contains("did you mean `fish`?"))
    #expect(try Session().pol("completions").status == .unable)
  }
}
