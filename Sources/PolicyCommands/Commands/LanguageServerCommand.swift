import PolicyLanguageServer
import PolicyWorkspace

extension Command {
  static let languageServerCommand = Command(
    "lsp",
    summary: "answer an editor: a language server on standard input and output",
    synopsis: "",
    details: """
      Speaks the Language Server Protocol 3.17 with the editor that started it, until the editor \
      shuts it down or goes. README.md shows how editors are told to start it.
      """,
    // Some clients name the transport themselves.
    options: [Option("stdio", "talk over standard input and output, as is done anyway")],
    statuses: [
      (.success, "the editor shut it down"),
      (.negative, "the editor went without shutting it down"),
    ],
    examples: [
      Example("pol lsp", "talk to the editor that started this"),
      Example("pol lsp --stdio", "the same"),
    ]
  ) { (arguments, console) throws(Failure) in
    try arguments.none()
    System.ignoreBrokenPipes()
    let input = Descriptor.input
    let status = serve(
      version: HelpText.version,
      read: { (try? input.read(upTo: 1 << 16)) ?? [] },
      write: { Descriptor.write($0, to: 1) }
    )
    return status == 0 ? .success : .negative
  }
}
