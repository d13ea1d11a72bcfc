import PolicyReport
package import PolicyWorkspace

/// What a command knows of its surroundings, and where it writes.
package struct Console {
  package enum Channel: Sendable {
    case output, error
  }

  /// Whether standard output is a terminal.
  let isTerminal: Bool
  /// The environment.
  let variable: (String) -> String?
  /// Standard input, taken only by commands that are told to.
  let input: () throws(FileError) -> LineReader
  private let sink: (Channel, [UInt8]) -> Void

  package init(
    isTerminal: Bool,
    variable: @escaping (String) -> String?,
    input: @escaping () throws(FileError) -> LineReader,
    sink: @escaping (Channel, [UInt8]) -> Void
  ) {
    self.isTerminal = isTerminal
    self.variable = variable
    self.input = input
    self.sink = sink
  }

  /// The console of the process; when it cannot be written to, the process ends.
  package static var process: Console {
    Console(
      isTerminal: System.isTerminal(1),
      variable: System.environment,
      input: { () throws(FileError) in try LineReader(path: "-") },
      sink: { channel, bytes in
        guard Descriptor.write(bytes, to: channel == .output ? 1 : 2) else {
          System.exit(ExitStatus.unable.rawValue)
        }
      }
    )
  }

  func write(_ text: String, to channel: Channel = .output) {
    write(Array(text.utf8), to: channel)
  }

  func write(_ bytes: [UInt8], to channel: Channel = .output) {
    if !bytes.isEmpty { sink(channel, bytes) }
  }

  /// The look of standard output under a `--color` choice.
  func terminal(_ color: ColorChoice) -> Terminal {
    switch color {
    case .always: Terminal(hasColor: true)
    case .never: .plain
    case .auto:
      Terminal(
        hasColor: isTerminal && (variable("NO_COLOR") ?? "").isEmpty && variable("TERM") != "dumb"
      )
    }
  }
}

/// The choices of `--color`.
enum ColorChoice: String, CaseIterable {
  case auto, always, never
}
