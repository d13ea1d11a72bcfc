import Foundation
import PolicyTestSupport
import Testing

/// Completions, asked of the shell itself.
@Suite struct CompletionTests {
  /// What bash completes after some words, the last of them unfinished; nil where there is no bash.
  private func completed(_ words: [String], in scratch: TemporaryFolder) throws -> [String]? {
    let quoted = words.map { "'\($0)'" }.joined(separator: " ")
    let script = """
      command -v bash > /dev/null || exit 127
      pol completions bash > completions
      bash -c 'source ./completions; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _pol
        printf "%s\\n" "${COMPREPLY[@]}"' bash \(quoted)
      """
    let outcome = try Executable.shell(script, in: scratch.url)
    guard outcome.status != 127 else { return nil }
    #expect(outcome.error == "")
    return outcome.output.split(separator: "\n").map(String.init)
  }

  @Test func `bash completes commands, options, values, codes and files`() throws {
    let scratch = try TemporaryFolder()
    try Data().write(to: scratch.place("some-policies.pol"))
    guard let commands = try completed(["pol", "ch"], in: scratch) else {
      return print("skipped: there is no bash")
    }
    #expect(commands == ["check"])
    func complete(_ words: String...) throws -> [String] {
      try #require(try completed(["pol"] + words, in: scratch))
    }
    #expect(try complete("check", "--form") == ["--format"])
    #expect(try complete("check", "--format", "sa") == ["sarif"])
    #expect(try complete("check", "--format", "=", "git") == ["github", "gitlab"])
    #expect(try complete("check", "--only", "unknown-act") == ["unknown-action"])
    #expect(try complete("check", "some") == ["some-policies.pol"])
    #expect(try complete("check", "--baseline", "some") == ["some-policies.pol"])
    #expect(try complete("rule", "unknown-ac") == ["unknown-action"])
    #expect(try complete("completions", "z") == ["zsh"])
    #expect(try complete("help", "fm") == ["fmt"])
    #expect(try complete("check", "--changed-since", "") == [])
  }
}
